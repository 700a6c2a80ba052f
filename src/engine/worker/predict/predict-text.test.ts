import { describe, expect, it } from 'vitest'
import { Session } from '../session.ts'
import { predictText } from './predict-text.ts'

const manifest = ({ image = 'busybox:1', spec = '', pod = '', label = 'a' } = {}) => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: a
spec:
${spec}  selector:
    matchLabels:
      app: a
  template:
    metadata:
      labels:
        app: ${label}
    spec:
${pod}      containers:
        - name: a
          image: ${image}
`

/** Two workers at rest, with a manifest applied where one is given. */
function cluster(text?: string) {
  const { open } = new Session(
    () => undefined,
    () => 0,
  )
  open.cluster.settle()
  if (text !== undefined) {
    open.commands.start(
      1,
      open.terminal.run('kubectl apply -f f', { out: () => undefined, err: () => undefined, readFile: () => text }),
      0,
      () => undefined,
    )
    open.cluster.settle(20_000, 120_000)
  }
  return open.cluster
}

describe('predictText', () => {
  it('tells that a new DaemonSet gets a pod on each node, and leaves the cluster as it is', () => {
    const one = cluster()
    const before = [one.revision, one.nowMs, one.steps]
    const found = predictText(one, 'f.yaml', manifest())
    expect([one.revision, one.nowMs, one.steps]).toEqual(before)
    expect(found.results).toEqual([{ ok: true, message: 'daemonset.apps/a created', line: 1 }])
    expect(found.pods.map(({ what, owner, node }) => [what, owner, node])).toEqual([
      ['created', 'DaemonSet a', 'worker-0'],
      ['created', 'DaemonSet a', 'worker-1'],
    ])
    expect(found.pods.every((pod) => pod.readyAtMs !== undefined && pod.waiting === undefined)).toBe(true)
    expect(found.workloads).toMatchObject([{ kind: 'DaemonSet', name: 'a', desired: 2, available: 2 }])
    expect(found.workloads[0]?.availableBefore).toBeUndefined()
    expect(found.settled).toBe(true)
    expect(found.durationMs).toBeGreaterThan(0)
  })

  it('tells a rolling update node by node, with one pod less at the lowest (DS-10.6)', () => {
    const one = cluster(manifest())
    const { pods, workloads, results } = predictText(one, 'f.yaml', manifest({ image: 'busybox:2' }))
    expect(results[0]?.message).toBe('daemonset.apps/a configured')
    expect(pods.map((pod) => pod.what)).toEqual(['replaced', 'replaced'])
    expect(pods.map((pod) => pod.node).sort()).toEqual(['worker-0', 'worker-1'])
    // the second begins when the first is available
    expect(pods[1]?.atMs).toBeGreaterThanOrEqual(pods[0]?.readyAtMs as number)
    expect(workloads).toMatchObject([{ availableBefore: 2, lowestAvailable: 1, available: 2, desired: 2 }])
  })

  it('never has less with surge (DS-10.10)', () => {
    const spec = '  updateStrategy:\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n'
    const { pods, workloads } = predictText(cluster(manifest({ spec })), 'f.yaml', manifest({ spec, image: 'busybox:2' }))
    expect(pods.map((pod) => pod.what)).toEqual(['replaced', 'replaced'])
    expect(workloads).toMatchObject([{ availableBefore: 2, lowestAvailable: 2, available: 2 }])
  })

  it('tells that OnDelete replaces nothing (DS-11.1)', () => {
    const spec = '  updateStrategy:\n    type: OnDelete\n'
    const { pods, workloads } = predictText(cluster(manifest({ spec })), 'f.yaml', manifest({ spec, image: 'busybox:2' }))
    expect(pods).toEqual([])
    expect(workloads).toMatchObject([{ lowestAvailable: 2, available: 2 }])
  })

  it('tells which pods go when a node selector leaves their node out (DS-4.3)', () => {
    const pod = '      nodeSelector:\n        kubernetes.io/hostname: worker-0\n'
    const { pods } = predictText(cluster(manifest()), 'f.yaml', manifest({ pod }))
    expect(pods.map(({ what, node }) => [what, node])).toEqual(
      expect.arrayContaining([
        ['deleted', 'worker-1'],
        ['replaced', 'worker-0'],
      ]),
    )
    expect(pods).toHaveLength(2)
  })

  it('says why a pod would wait (DS-13.5)', () => {
    const { pods, workloads } = predictText(cluster(), 'f.yaml', `${manifest()}          resources: {requests: {cpu: 900}}\n`)
    expect(pods).toHaveLength(2)
    expect(pods[0]?.waiting).toContain('Insufficient cpu')
    expect(workloads).toMatchObject([{ desired: 2, available: 0 }])
  })

  it('changes nothing when nothing differs, or when the API server refuses', () => {
    const same = predictText(cluster(manifest()), 'f.yaml', manifest())
    expect(same).toEqual({
      results: [{ ok: true, message: 'daemonset.apps/a unchanged', line: 1 }],
      diffs: [],
      pods: [],
      workloads: [],
      durationMs: 0,
      settled: true,
    })
    const refused = predictText(cluster(), 'f.yaml', manifest({ label: 'b' }))
    expect(refused.results).toMatchObject([{ ok: false, field: 'spec.template.metadata.labels' }])
    expect(refused.pods).toEqual([])
  })

  it('leaves out what happens anyway', () => {
    const one = cluster(manifest())
    one.fault({ fail: 'worker-1' }, 'worker-1 fails')
    const other = `${manifest().replaceAll('name: a', 'name: b').replaceAll('app: a', 'app: b')}`
    const { pods } = predictText(one, 'f.yaml', other)
    expect(pods.map((pod) => pod.owner)).toEqual(['DaemonSet b', 'DaemonSet b'])
  })

  it('shows the change of the live object as kubectl diff does, and a new object as a whole', () => {
    const { diffs } = predictText(cluster(manifest()), 'f.yaml', `${manifest({ image: 'busybox:2' })}---\n${manifest().replaceAll(/\ba$/gm, 'b')}`)
    expect(diffs.map(({ kind, namespace, name }) => [kind, namespace, name])).toEqual([
      ['DaemonSet', 'default', 'a'],
      ['DaemonSet', 'default', 'b'],
    ])
    const signed = (at: number, sign: string) => diffs[at]?.lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1).trim())
    expect(signed(0, '-')).toEqual(['deprecated.daemonset.template.generation: "1"', 'generation: 1', '- image: busybox:1'])
    expect(signed(0, '+')).toEqual(['deprecated.daemonset.template.generation: "2"', 'generation: 2', '- image: busybox:2'])
    expect(signed(1, '-')).toEqual([])
    expect(signed(1, '+')).toContain('kind: DaemonSet')
  })
})
