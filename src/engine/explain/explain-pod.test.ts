import { expect, it } from 'vitest'
import { explain } from './explain.ts'
import { agent, clusterWith, podsOf } from './explain-test-cluster.ts'

const greedy = { containers: [{ name: 'c', image: 'agent:v1', resources: { requests: { cpu: '3' } } }] }

it('a Pending daemon pod: the filter that says no on its node, and what FailedScheduling says (SCH-3.6, SCH-6)', () => {
  const cluster = clusterWith(
    [
      { name: 'small', cpu: '2' },
      { name: 'large', cpu: '8' },
    ],
    agent({}, greedy),
  )
  const pending = podsOf(cluster).find((pod) => !pod.spec.nodeName)
  const { summary, reasons, nodes } = explain(cluster, { about: 'pod', namespace: 'default', name: pending?.metadata.name ?? '' })
  expect(summary).toContain('waits for the scheduler to put it on small')
  expect(nodes).toEqual(['small'])
  const filters = reasons.filter(({ text }) => text.includes('NodeResourcesFit'))
  expect(filters).toEqual([{ verdict: 'no', text: expect.stringMatching(/says no to small: too little cpu: it asks for 3000m/), rule: 'SCH-3.6' }])
  const condition = pending?.status.conditions?.find(({ type }) => type === 'PodScheduled')?.message
  expect(condition).toContain('Insufficient cpu')
  expect(reasons).toContainEqual({ verdict: 'no', text: `FailedScheduling: ${condition}`, rule: 'SCH-6' })
  expect(reasons.some(({ text }) => text.includes('large'))).toBe(false)
})

it('a bound pod is not asked about filters', () => {
  const cluster = clusterWith([{ name: 'large', cpu: '8' }], agent({}, greedy))
  const [pod] = podsOf(cluster)
  const { reasons } = explain(cluster, { about: 'pod', namespace: 'default', name: pod?.metadata.name ?? '' })
  expect(reasons.some(({ rule }) => rule?.startsWith('SCH'))).toBe(false)
})

it('a pod that any node may take: each node’s answer', () => {
  const cluster = clusterWith([{ name: 'a' }, { name: 'b', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }], agent())
  cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { unschedulable: true } })
  cluster.settle()
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'lone', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'i' }] } }
  cluster.client.create(pod as Parameters<typeof cluster.client.create>[0])
  cluster.settle()
  const { reasons } = explain(cluster, { about: 'pod', namespace: 'default', name: 'lone' })
  const texts = reasons.map(({ text }) => text)
  expect(texts).toContain('`NodeUnschedulable` says no to a: the node is cordoned')
  expect(texts).toContain('`TaintToleration` says no to b: it does not tolerate the taint `gpu:NoSchedule`')
})
