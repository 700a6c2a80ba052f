/** DS-11: what kubectl's verbs say of a DaemonSet. */
import { describe, expect, it } from 'vitest'
import { Bench } from './version-changes/bench.ts'

const agent = (image = 'agent:v1', spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'c', image }] } },
    ...spec,
  },
})

const nodes = ['a', 'b', 'c'].map((name) => ({ name }))

function bench(spec: object = {}): Bench {
  const made = new Bench('1.36', nodes)
  made.run('kubectl create -f -', JSON.stringify(agent('agent:v1', spec)))
  return made
}

const namesByNode = (b: Bench) => Object.fromEntries(b.pods().map((p) => [p.spec.nodeName, p.metadata.name]))

describe('kubectl rollout undo', () => {
  it('DS-11.2: goes back to the last revision but one, and says when there is none, it is not there, or it is the present one', () => {
    const b = bench()
    const undo = (flags = '') => b.run(`kubectl rollout undo ds/agent${flags}`)
    expect(undo()).toBe('error: no last revision to roll back to\n')
    b.run('kubectl set image ds/agent c=agent:v2')
    expect(undo(' --to-revision=7')).toBe('error: unable to find specified revision 7 in history\n')
    expect(undo(' --to-revision=2')).toBe('daemonset.apps/agent skipped rollback (current template already matches revision 2)\n')
    expect(undo()).toBe('daemonset.apps/agent rolled back\n')
    expect(new Set(b.pods().map((p) => p.spec.containers[0]?.image))).toEqual(new Set(['agent:v1']))
  })

  it('DS-11.3: pods that still have the old revision are not restarted', () => {
    const b = bench({ updateStrategy: { type: 'OnDelete' } })
    b.run('kubectl set image ds/agent c=agent:v2')
    const before = namesByNode(b)
    b.run(`kubectl delete pod ${before.b}`)
    const second = namesByNode(b)
    b.run('kubectl rollout undo ds/agent')
    b.run('kubectl patch ds agent -p \'{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}\'')
    const after = namesByNode(b)
    expect([after.a, after.c]).toEqual([before.a, before.c])
    expect(after.b).not.toBe(second.b)
  })
})

it('DS-11.4: rollout status, step by step', () => {
  const onDelete = bench({ updateStrategy: { type: 'OnDelete' } })
  expect(onDelete.run('kubectl rollout status ds/agent')).toBe('error: rollout status is only available for RollingUpdate strategy type\n')
  const b = bench()
  expect(b.run('kubectl rollout status ds/agent')).toBe('daemon set "agent" successfully rolled out\n')
  b.run('kubectl set image ds/agent c=agent:v2', undefined, 0)
  const said = new Set<string>()
  for (let i = 0; i < 400; i++) said.add(b.run('kubectl rollout status ds/agent --watch=false', undefined, 0.05))
  expect([...said]).toEqual([
    'Waiting for daemon set spec update to be observed...\n',
    ...[0, 1, 2].map((n) => `Waiting for daemon set "agent" rollout to finish: ${n} out of 3 new pods have been updated...\n`),
    'Waiting for daemon set "agent" rollout to finish: 2 of 3 updated pods are available...\n',
    'daemon set "agent" successfully rolled out\n',
  ])
})

it('DS-11.4, WC-3.2: rollout status tells every write: the revision of a Deployment is noted before its new spec is observed', () => {
  const b = bench()
  const line = 'kubectl create deployment web --image=web --replicas=3; kubectl rollout status deploy/web'
  // as kubectl 1.33 and 1.36 print what they are told; how many terminate is told from the first write on
  const unobserved = 'Waiting for deployment spec update to be observed...'
  const none = 'Waiting for deployment "web" rollout to finish: 0 out of 3 new replicas have been updated...'
  const unavailable = 'Waiting for deployment "web" rollout to finish: 0 of 3 updated replicas are available...'
  expect(b.run(line).split('\n').slice(1, 5)).toEqual([unobserved, unobserved, none, unavailable])
})

it('DS-11.5: rollout history', () => {
  const b = bench()
  b.run('kubectl annotate ds agent kubernetes.io/change-cause=second')
  b.run('kubectl set image ds/agent c=agent:v2')
  const lines = ['daemonset.apps/agent ', 'REVISION  CHANGE-CAUSE', '1         <none>', '2         second', '', '']
  expect(b.run('kubectl rollout history ds/agent').split('\n')).toEqual(lines)
  expect(b.run('kubectl rollout history ds/agent --revision=1')).toMatch(/^daemonset\.apps\/agent with revision #1\nPod Template:\n/)
  expect(b.run('kubectl rollout history ds/agent --revision=9')).toBe('error: unable to find the specified revision\n')
})

it('DS-11.6: a restart is a new revision; a DaemonSet is not paused and not scaled', () => {
  const b = bench()
  expect(b.run('kubectl rollout restart ds/agent')).toBe('daemonset.apps/agent restarted\n')
  expect(b.run('kubectl get controllerrevisions -o custom-columns=R:.revision --no-headers --sort-by=.revision')).toBe('1\n2\n')
  expect(b.run('kubectl get ds agent -o jsonpath={.spec.template.metadata.annotations}')).toMatch(/^{"kubectl\.kubernetes\.io\/restartedAt":"2026-/)
  expect(b.run('kubectl rollout pause ds/agent')).toBe('error: daemonsets.apps "agent" pausing is not supported\n')
  expect(b.run('kubectl scale ds/agent --replicas=2')).toBe('Error from server (NotFound): the server could not find the requested resource\n')
})

it('DS-11.7, PR-2.2: the columns of a DaemonSet', () => {
  const b = bench()
  b.run('kubectl label node a disk=ssd')
  b.apply(
    agent('agent:v1', {
      template: {
        metadata: { labels: { app: 'agent' } },
        spec: { nodeSelector: { disk: 'ssd', 'kubernetes.io/os': 'linux' }, containers: [{ name: 'c', image: 'agent:v1' }] },
      },
    }),
  )
  const cells = (line: string | undefined) => line?.split(/ {2,}/).map((cell) => cell.trim())
  const [head, row] = b.run('kubectl get ds -o wide').split('\n')
  const columns = 'NAME|DESIRED|CURRENT|READY|UP-TO-DATE|AVAILABLE|NODE SELECTOR|AGE|CONTAINERS|IMAGES|SELECTOR'.split('|')
  expect(head?.replaceAll(/ +/g, ' ').trim()).toBe(columns.join(' '))
  const shown = cells(row) ?? []
  expect([...shown.slice(0, 7), ...shown.slice(8)]).toEqual([
    'agent',
    '1',
    '1',
    '1',
    '1',
    '1',
    'disk=ssd,kubernetes.io/os=linux',
    'c',
    'agent:v1',
    'app=agent',
  ])
})

it('DS-11.8: the lines of a described DaemonSet, in order', () => {
  const text = bench().run('kubectl describe ds agent')
  const names = [
    'Name:',
    'Namespace:',
    'Selector:',
    'Node-Selector:',
    'Labels:',
    'Annotations:',
    'Desired Number of Nodes Scheduled: 3',
    'Current Number of Nodes Scheduled: 3',
    'Number of Nodes Scheduled with Up-to-date Pods: 3',
    'Number of Nodes Scheduled with Available Pods: 3',
    'Number of Nodes Misscheduled: 0',
    'Pods Status:  3 Running / 0 Waiting / 0 Succeeded / 0 Failed',
    'Pod Template:',
    'Events:',
  ]
  const lines = text.split('\n').filter((line) => names.some((name) => line.startsWith(name)))
  expect(lines.map((line) => names.find((name) => line.startsWith(name)))).toEqual(names)
})

it('DS-16.5: a document without kind or apiVersion, and one of a kind that is not there', () => {
  const b = bench()
  const apply = (text: string, flags = '') => b.run(`kubectl apply -f -${flags} <<'EOF'\n${text}EOF\n`)
  const hint = '; if you choose to ignore these errors, turn validation off with --validate=false\n'
  expect(apply('apiVersion: apps/v1\nmetadata: {name: x}\n')).toBe(`error: error validating "STDIN": error validating data: kind not set${hint}`)
  expect(apply('kind: DaemonSet\nmetadata: {name: x}\n')).toBe(`error: error validating "STDIN": error validating data: apiVersion not set${hint}`)
  expect(apply('apiVersion: apps/v1\nmetadata: {name: x}\n', ' --validate=false')).toMatch(
    /^error: unable to decode "STDIN": Object 'Kind' is missing in '/,
  )
  for (const [kind, version] of [
    ['Daemonset', 'apps/v1'],
    ['DaemonSet', 'extensions/v1beta1'],
    ['DaemonSet', 'apps/v1beta2'],
  ])
    expect(apply(`apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: x}\n`)).toBe(
      `error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "${kind}" in version "${version}"\nensure CRDs are installed first\n`,
    )
})
