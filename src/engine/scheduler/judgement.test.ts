import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { createCycle } from './cycle.ts'
import { judge } from './judgement.ts'
import { likenessOf } from './likeness.ts'
import { NodeInfo } from './node-info.ts'
import { makeNode, makePod, TestCluster } from './test-cluster.ts'

const cluster = new TestCluster('1.36').add<KubeNode | Pod>(
  makeNode('plain'),
  makeNode('cordoned', { unschedulable: true }),
  makeNode('tainted', { taints: [{ key: 'gpu', effect: 'NoSchedule' }] }),
  makeNode('labelled', { labels: { disk: 'ssd' } }),
  makeNode('full'),
  makePod('big', { requests: { cpu: '3', memory: '3Gi' }, spec: { nodeName: 'full' } }),
)
const { view } = cluster.cycle(makePod('p'))

/** Pods that share the list of containers, as those of one template do, and differ in one other part or none. */
function variants(pod: Pod): Pod[] {
  const parts: Partial<Pod['spec']>[] = [
    {},
    { tolerations: [{ key: 'gpu', operator: 'Exists' }] },
    { tolerations: [{ operator: 'Exists' }] },
    { nodeSelector: { disk: 'ssd' } },
    { nodeName: 'plain' },
    { overhead: { cpu: '2' } },
    { resources: { requests: { cpu: '3', memory: '3Gi' } } },
    { initContainers: [{ name: 'init', image: 'i', resources: { requests: { memory: '3Gi' } } }] },
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
  ]
  return parts.map((part) => ({ ...pod, spec: { ...pod.spec, ...part } }))
}

const pods = [...variants(makePod('small', { requests: { cpu: '100m' } })), ...variants(makePod('large', { requests: { cpu: '2', memory: '2Gi' } }))]

it('SCH-2.1: what a node remembers of like pods is what it would say anew', () => {
  const asked = fc.array(fc.tuple(fc.constantFrom(...pods), fc.constantFrom(...view.nodes())), { minLength: 2, maxLength: 40 })
  fc.assert(
    fc.property(asked, (questions) => {
      for (const [pod, info] of questions) {
        const judgements = view.judgements(likenessOf(pod.spec))
        const at = view.nodes().indexOf(info)
        judgements[at] ??= judge(createCycle(pod, view), info)
        expect(judgements[at]).toEqual(judge(createCycle(structuredClone(pod), view), new NodeInfo(info.node, info.pods)))
      }
    }),
  )
})

it('a node says something else of each of these pods, or there would be nothing to mix up', () => {
  const said = pods.map((pod) => view.nodes().map((info) => judge(createCycle(pod, view), info)))
  expect(new Set(said.map((all) => JSON.stringify(all.map(({ failure, score }) => [failure?.reasons, score])))).size).toBeGreaterThan(8)
})
