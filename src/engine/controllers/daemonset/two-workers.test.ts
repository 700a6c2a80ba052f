import { expect, it } from 'vitest'
import type { KubeEvent } from '#k8s/types.ts'
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
