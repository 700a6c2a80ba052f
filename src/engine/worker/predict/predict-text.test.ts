import { describe, expect, it } from 'vitest'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { Commands } from '#scenario/commands.ts'
import { createTerminal } from '#scenario/terminal.ts'
import type { Cluster } from '../../cluster.ts'
import { applyDocuments } from '../apply.ts'
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
    // what only counts generations is left out
    expect(signed(0, '-')).toEqual(['- image: busybox:1'])
    expect(signed(0, '+')).toEqual(['- image: busybox:2'])
    expect(signed(1, '-')).toEqual([])
    expect(signed(1, '+')).toContain('kind: DaemonSet')
  })
})

/** The pods of a DaemonSet by node, and the lowest number available while time runs. */
function reallyApply(one: Cluster, text: string) {
  const podsNow = () =>
    new Map(one.client.list('Pod', { labelSelector: 'app=a' }).items.map((pod) => [pod.metadata.name, (pod as Pod).spec.nodeName ?? '']))
  const before = podsNow()
  let lowest = (one.client.get({ kind: 'DaemonSet', namespace: 'default', name: 'a' }) as DaemonSet).status?.numberAvailable ?? 0
  const seen = new Set<string>()
  const stop = one.core.listen((_, object) => {
    if (object.kind === 'DaemonSet') lowest = Math.min(lowest, (object as DaemonSet).status?.numberAvailable ?? 0)
    if (object.kind === 'Pod' && !before.has(object.metadata.name)) seen.add(object.metadata.name)
  })
  applyDocuments({ cluster: one, commands: new Commands(one), terminal: createTerminal(one.client), say: () => undefined }, 1, 'f.yaml', text)
  one.settle(20_000, 120_000)
  stop()
  const after = podsNow()
  const gone = [...before.keys()].filter((name) => !after.has(name)).length
  const { status } = one.client.get({ kind: 'DaemonSet', namespace: 'default', name: 'a' }) as DaemonSet
  return {
    made: seen.size,
    gone,
    lowest,
    desired: status?.desiredNumberScheduled,
    available: status?.numberAvailable ?? 0,
    updated: status?.updatedNumberScheduled ?? 0,
  }
}

describe('what is told is what then happens', () => {
  const surge = '  updateStrategy:\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n'
  const changes: [what: string, text: string, made: number, gone: number][] = [
    ['another image (DS-10.6)', manifest({ image: 'busybox:2' }), 2, 2],
    ['a toleration more (DS-10.1)', manifest({ pod: '      tolerations:\n        - key: gpu\n          operator: Exists\n' }), 2, 2],
    ['a node selector (DS-4.3)', manifest({ pod: '      nodeSelector:\n        kubernetes.io/hostname: worker-0\n' }), 1, 2],
    ['surge (DS-10.10)', manifest({ spec: surge, image: 'busybox:2' }), 2, 2],
    ['OnDelete (DS-11.1)', manifest({ spec: '  updateStrategy:\n    type: OnDelete\n', image: 'busybox:2' }), 0, 0],
    ['a label of the object alone', manifest().replace('  name: a\n', '  name: a\n  labels: {team: x}\n'), 0, 0],
    ['a request too large (DS-13.5)', `${manifest()}          resources: {requests: {cpu: 900}}\n`, 1, 1],
  ]
  it.each(changes)('%s', (_, text, made, gone) => {
    const one = cluster(manifest())
    const { pods, workloads } = predictText(one, 'f.yaml', text)
    const told = {
      made: pods.filter((pod) => pod.what !== 'deleted').length,
      gone: pods.filter((pod) => pod.what !== 'created').length,
      lowest: workloads[0]?.lowestAvailable,
      desired: workloads[0]?.desired,
      available: workloads[0]?.available,
      updated: workloads[0]?.updated,
    }
    expect(told).toEqual(reallyApply(one, text))
    expect([told.made, told.gone]).toEqual([made, gone])
  })

  it('a document that is refused does not hide what the others change, and one may need what another makes', () => {
    const other = manifest().replaceAll(/\ba$/gm, 'b').replace('  name: b\n', '  name: b\n  namespace: team\n')
    const text = `${manifest({ image: 'busybox:2' })}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n---\n${other}---\n${manifest({ label: 'x' })}`
    const { diffs, results } = predictText(cluster(manifest()), 'f.yaml', text)
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, false])
    expect(diffs.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['DaemonSet a', 'Namespace team', 'DaemonSet b'])
  })
})
