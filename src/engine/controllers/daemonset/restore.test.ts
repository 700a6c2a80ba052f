/** A cluster that is copied in the middle of things goes on exactly as the one that was not: nothing that matters is kept outside the state. */
import { describe, expect, it } from 'vitest'
import type { DaemonSet, DaemonSetUpdateStrategy, Kind } from '#k8s/types.ts'
import { Cluster } from '../../cluster.ts'
import { daemonSet } from './test-bed.ts'

const newDaemonSet = (updateStrategy: DaemonSetUpdateStrategy, minReadySeconds: number): DaemonSet => {
  const { metadata, ...rest } = daemonSet({ updateStrategy, minReadySeconds, labels: { app: 'foo' } })
  return { ...rest, metadata: { name: metadata.name, namespace: metadata.namespace } }
}

const ref = { kind: 'DaemonSet' as const, namespace: 'default', name: 'foo' }

/** The changes of a small story, each at its time. */
const story: [atMs: number, act: (cluster: Cluster) => void][] = [
  [3000, (cluster) => cluster.fault({ podFails: { name: 'n3', app: 'foo', reason: 'Evicted', message: 'gone' } }, 'a pod fails')],
  [
    5000,
    ({ client }) => {
      const ds = client.get(ref) as DaemonSet
      const spec = { ...ds.spec.template.spec, containers: [{ name: 'foo', image: 'foo/bar:2' }] }
      const changed: DaemonSet = { ...ds, spec: { ...ds.spec, template: { ...ds.spec.template, spec } } }
      client.update(changed)
    },
  ],
  [6500, ({ client }) => client.patch({ kind: 'Node', name: 'n5' }, 'merge', { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } })],
  [8000, ({ client }) => client.patch({ kind: 'Node', name: 'n6' }, 'merge', { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } })],
  [9000, ({ client }) => client.delete({ kind: 'Pod', namespace: 'default', name: client.list('Pod').items[0]?.metadata.name ?? '' })],
]

const kinds: Kind[] = ['DaemonSet', 'ControllerRevision', 'Pod', 'Node', 'Event']
const picture = (cluster: Cluster) => JSON.stringify(kinds.map((kind) => [...cluster.core.state.tables[kind].values()]))

/** Plays the story; `copies` = times at which the cluster is replaced by a copy of itself. */
function play(nodes: number, updateStrategy: DaemonSetUpdateStrategy, minReadySeconds: number, copies: readonly number[]): string[] {
  let cluster = new Cluster({ kubelets: 'stand-in' })
  cluster.fault({ add: Array.from({ length: nodes }, (_, i) => ({ name: `n${i}` })) }, 'machines')
  cluster.runUntil(2000)
  cluster.client.create(newDaemonSet(updateStrategy, minReadySeconds))
  const pictures: string[] = []
  const moments = [...story.map(([atMs]) => atMs), ...copies, 15_000, 30_000].sort((a, b) => a - b)
  for (const atMs of moments) {
    cluster.runUntil(atMs)
    if (copies.includes(atMs)) cluster = cluster.fork()
    for (const [when, act] of story) if (when === atMs) act(cluster)
    if (atMs >= 15_000) pictures.push(picture(cluster))
  }
  return pictures
}

const strategies: [DaemonSetUpdateStrategy, number][] = [
  [{ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } }, 0],
  [{ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } }, 1],
]

describe.each(strategies)('%j', (strategy, minReadySeconds) => {
  // on 100 nodes a sync takes 8 ms
  it.each([12, 100])('a copy at any moment changes nothing on %i nodes', (nodes) => {
    const expected = play(nodes, strategy, minReadySeconds, [])
    const early = [2001, 2002, 2003, 2004, 2005, 2006, 2150, 2151, 2152, 2153, 2154, 2155]
    const late = [3001, 3002, 3003, 3004, 3005, 5001, 5002, 5003, 5004, 5005, 5150, 5153, 5154, 5301, 5302, 5303, 5304, 6502, 6503, 6504, 8003, 9003]
    for (const copies of [early, late, [...early, ...late]]) expect(play(nodes, strategy, minReadySeconds, copies)).toEqual(expected)
  })
})
