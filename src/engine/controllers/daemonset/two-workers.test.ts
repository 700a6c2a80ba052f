import { expect, it } from 'vitest'
import type { DaemonSet, KubeEvent, Pod } from '#k8s/types.ts'
import { clusterOf, daemonSet } from '../../test-cluster.ts'

/** A node of a settled cluster gets a taint that no set tolerates: what the controller and taint eviction say, by set. */
function taint(...names: string[]): string[] {
  const cluster = clusterOf('n1', 'n2')
  for (const name of names) cluster.client.create(daemonSet(name))
  cluster.settle()
  const taints = [{ key: 'maint', value: 'now', effect: 'NoExecute' }]
  cluster.client.patch({ kind: 'Node', name: 'n1' }, 'merge', { spec: { taints } })
  cluster.settle()
  const events = cluster.client.list('Event', { namespace: 'default' }).items as KubeEvent[]
  const ended = events.filter(({ reason }) => reason === 'SuccessfulDelete' || reason === 'TaintManagerEviction')
  return ended.map(({ reason, involvedObject }) => `${reason} ${involvedObject.name.replace(/-.*/, '')}`).sort()
}

it('DS-1.1, NL-6.6 two sets are synced beside each other: both delete their pods along with taint eviction, of four sets two', () => {
  expect(taint('a', 'b')).toEqual(['SuccessfulDelete a', 'SuccessfulDelete b', 'TaintManagerEviction a', 'TaintManagerEviction b'])
  const said = taint('a', 'b', 'c', 'd')
  expect(said.filter((line) => line.startsWith('SuccessfulDelete'))).toHaveLength(2)
  expect(said.filter((line) => line.startsWith('TaintManagerEviction'))).toHaveLength(4)
})

it('DS-5.2 of two sets that want the same orphans each pod gets one controller; the other set makes itself a new one', () => {
  const cluster = clusterOf('n1', 'n2')
  for (const name of ['one', 'two']) {
    const set = daemonSet(name) as DaemonSet
    set.spec.selector.matchLabels = { app: 'agent' }
    set.spec.template.metadata = { labels: { app: 'agent' } }
    cluster.client.create(set)
    cluster.settle()
  }
  const pods = () => cluster.client.list('Pod').items as Pod[]
  for (const { metadata, spec } of pods())
    if (spec.nodeName === 'n1')
      cluster.client.patch({ kind: 'Pod', namespace: 'default', name: metadata.name }, 'merge', { metadata: { ownerReferences: null } })
  cluster.settle()
  const owners = pods().map(({ metadata, spec }) => `${metadata.ownerReferences?.map(({ name }) => name)} on ${spec.nodeName}`)
  expect(owners.sort()).toEqual(['one on n1', 'one on n2', 'two on n1', 'two on n2'])
})
