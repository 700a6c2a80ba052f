import { describe, expect, it } from 'vitest'
import type { ObjectRef } from '#protocol/api-client.ts'
import type { LineOrigin } from '#protocol/live.ts'
import { Session } from '../session.ts'
import { yamlOf } from '../yaml-of.ts'

const manifest = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: a
  labels:
    team: x
spec:
  selector:
    matchLabels:
      app: a
  template:
    metadata:
      labels:
        app: a
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - key: kubernetes.io/os
                    operator: Exists
      tolerations:
        - key: team
          operator: Exists
      containers:
        - name: a
          image: busybox:1
`

const { open } = new Session(
  () => undefined,
  () => 0,
)
open.commands.start(
  1,
  open.terminal.run('kubectl apply -f f', { out: () => undefined, err: () => undefined, readFile: () => manifest }),
  0,
  () => undefined,
)
open.cluster.settle(20_000, 120_000)
const { client } = open.cluster
await client.loadFieldOwners()

/** The origin of the first line that contains a text. */
function originIn(ref: ObjectRef): (text: string) => LineOrigin | undefined {
  const live = yamlOf(client, ref)
  const lines = live?.text.split('\n') ?? []
  expect(live?.origins).toHaveLength(lines.length - 1)
  const isManaged = (at: number) => live?.origins[at] === 'managed'
  return (text) => live?.origins[lines.findIndex((line, at) => line.includes(text) && isManaged(at) === text.startsWith('manage'))]
}

describe('lineOrigins', () => {
  it.each([
    ['kind: DaemonSet', 'user'],
    ['name: a', 'user'],
    ['team: x', 'user'],
    // kubectl remembers `annotations: {}`, and nobody wrote any
    ['annotations:', 'server'],
    ['uid: ', 'server'],
    ['resourceVersion: ', 'server'],
    ['generation: ', 'server'],
    ['deprecated.daemonset.template.generation', 'server'],
    ['revisionHistoryLimit: 10', 'default'],
    ['image: busybox:1', 'user'],
    ['imagePullPolicy: ', 'default'],
    ['restartPolicy: Always', 'default'],
    ['maxUnavailable: 1', 'default'],
    ['key: team', 'user'],
    ['- matchExpressions:', 'user'],
    ['managedFields:', 'managed'],
    ['manager: kube-controller-manager', 'managed'],
    ['desiredNumberScheduled', 'status'],
  ] satisfies [string, LineOrigin][])('of an applied DaemonSet: %s is from %s', (text, origin) => {
    expect(originIn({ kind: 'DaemonSet', namespace: 'default', name: 'a' })(text)).toBe(origin)
  })

  it.each([
    ['app: a', 'user'],
    ['controller-revision-hash', 'controller'],
    ['generateName: a-', 'controller'],
    ['ownerReferences:', 'controller'],
    ['uid: ', 'controller'],
    ['matchFields', 'controller'],
    ['nodeName: worker-0', 'scheduler'],
    ['image: busybox:1', 'user'],
    ['key: team', 'user'],
    ['key: node.kubernetes.io/not-ready', 'controller'],
    ['phase: Running', 'status'],
  ] satisfies [string, LineOrigin][])('of a daemon pod: %s is from %s', (text, origin) => {
    const pod = client.list('Pod', { namespace: 'default', fieldSelector: 'spec.nodeName=worker-0' }).items[0]
    expect(originIn({ kind: 'Pod', namespace: 'default', name: pod?.metadata.name ?? '' })(text)).toBe(origin)
  })

  it('counts what nobody kept as written, but not bookkeeping and status', () => {
    const origin = originIn({ kind: 'Node', name: 'worker-0' })
    expect(origin('kubernetes.io/os: linux')).toBe('user')
    expect(origin('creationTimestamp')).toBe('server')
    expect(origin('managedFields:')).toBe('managed')
    expect(origin('allocatable')).toBe('status')
  })
})
