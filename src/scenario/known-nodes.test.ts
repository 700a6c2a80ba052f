import { expect, test } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { KubeEvent } from '#k8s/types.ts'
import { knownNodes, rememberNodes } from './known-nodes.ts'
import { beginScenario, finishPortions } from './play.ts'
import { recordCluster } from './record.ts'

const scenario = { id: 's', title: 's', nodes: [{ name: 'a' }, { name: 'b' }], steps: [] }

function begun(known: string[]) {
  const cluster = new Cluster({ seed: 1, kubelets: 'stand-in' })
  finishPortions(rememberNodes(cluster, known))
  expect(cluster.client.list('Event').items).toEqual([])
  beginScenario(cluster, scenario)
  return { ...scenario, steps: [{ after: recordCluster(cluster.client) }], events: cluster.client.list('Event').items as KubeEvent[] }
}

test.each([[[]], [['a']], [['a', 'b']]])('NL-2.9: nodes that come back before the node controller looks are not announced; known: %j', (known) => {
  const recording = begun(known)
  expect(recording.steps[0]?.after.nodes.map((n) => [n.name, n.ready])).toEqual([
    ['a', 'True'],
    ['b', 'True'],
  ])
  const announced = recording.events.flatMap((e) => (e.reason === 'RegisteredNode' ? [e.involvedObject?.name] : []))
  expect(announced).toEqual(['a', 'b'].filter((name) => !known.includes(name)))
  expect(knownNodes(recording)).toEqual(known)
})

test('a recording without a look at the cluster says nothing', () => {
  expect(knownNodes(scenario)).toEqual([])
})
