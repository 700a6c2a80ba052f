import { describe, expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import type { Cluster } from '../cluster.ts'
import { clockText } from './answer.ts'
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
  const { title, summary, reasons, nodes } = explain(cluster, { about: 'pod', namespace: 'default', name: pending?.metadata.name ?? '' })
  expect(title).toBe(`Why is ${pending?.metadata.name} Pending?`)
  expect(summary).toContain('is Pending: the scheduler refused to put it on small')
  expect(nodes).toEqual(['small'])
  const filters = reasons.filter(({ text }) => text.includes('NodeResourcesFit'))
  expect(filters).toEqual([{ verdict: 'no', text: expect.stringMatching(/says no to small: too little cpu: it asks for 3000m/), rule: 'SCH-3.6' }])
  const condition = pending?.status.conditions?.find(({ type }) => type === 'PodScheduled')?.message
  expect(condition).toContain('Insufficient cpu')
  expect(reasons).toContainEqual({ verdict: 'no', text: `FailedScheduling: ${condition}`, rule: 'SCH-6' })
  expect(reasons.some(({ text }) => text.includes('large'))).toBe(false)
})

it('of a pod whose Node was deleted it is said that it is bound to a Node that is gone', () => {
  const cluster = clusterWith([{ name: 'a' }, { name: 'b' }], agent())
  const pod = podsOf(cluster).find(({ spec }) => spec.nodeName === 'a')
  cluster.client.delete({ kind: 'Node', name: 'a' })
  const { summary } = explain(cluster, { about: 'pod', namespace: 'default', name: pod?.metadata.name ?? '' })
  expect(summary).toBe(`${pod?.metadata.name} is bound to a, but that Node is gone: pod garbage collection deletes it.`)
})

it('of a pod that runs well it is asked why it is there, of another what is with it', () => {
  const cluster = clusterWith([{ name: 'a' }], agent())
  const titleOf = ([pod]: Pod[]) => explain(cluster, { about: 'pod', namespace: 'default', name: pod?.metadata.name ?? '' }).title
  expect(titleOf(podsOf(cluster))).toMatch(/^Why is agent-\w+ on a\?$/)
  cluster.fault({ brokenImages: ['broken'] }, 'a registry lacks an image')
  const containers = [{ name: 'c', image: 'broken:v1' }]
  cluster.client.patch({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }, 'merge', { spec: { template: { spec: { containers } } } })
  cluster.settle()
  expect(titleOf(podsOf(cluster))).toMatch(/^What about agent-\w+ on a\?$/)
})

it('SCH-1.5: a pod with scheduling gates is held back by them, whatever the filters say', () => {
  const cluster = clusterWith(
    [{ name: 'a' }],
    agent({}, { containers: [{ name: 'c', image: 'agent:v1' }], schedulingGates: [{ name: 'example.com/wait' }] }),
  )
  const [pod] = podsOf(cluster)
  const { summary, reasons } = explain(cluster, { about: 'pod', namespace: 'default', name: pod?.metadata.name ?? '' })
  expect(summary).toBe(`${pod?.metadata.name} is held back by a scheduling gate: example.com/wait.`)
  expect(reasons.filter(({ rule = '' }) => rule.startsWith('SCH'))).toEqual([
    { verdict: 'no', text: expect.stringContaining('`example.com/wait`'), rule: 'SCH-1.5' },
  ])
})

it('CH-10: of a pod that was resized it is told what its kubelet makes of that, and that its DaemonSet does not see it', () => {
  const containers = [{ name: 'c', image: 'agent:v1', resources: { requests: { cpu: '100m' } } }]
  const cluster = clusterWith([{ name: 'a', cpu: '4' }], agent({}, { containers }), { kubelets: 'believable' })
  const name = podsOf(cluster)[0]?.metadata.name ?? ''
  const resize = (cpu: string) => {
    const patch = { spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }] } }
    cluster.client.patch({ kind: 'Pod', namespace: 'default', name }, 'strategic', patch, { subresource: 'resize' })
    cluster.settle()
    const { reasons } = explain(cluster, { about: 'pod', namespace: 'default', name })
    return reasons.flatMap(({ rule, text }) => (rule === 'CH-10' ? [text] : []))
  }
  const byHand = 'it was resized by hand: its DaemonSet does not see that, and the next pod here asks for what the template says'
  expect(resize('200m')).toEqual([byHand])
  expect(podsOf(cluster).map((pod) => pod.metadata.name)).toEqual([name])
  expect(resize('5')).toEqual([byHand, expect.stringMatching(/^its node can never give it what it now asks for: Node didn't have enough capacity/)])
  expect(resize('100m')).toEqual([])
})

const reasonsOf = (cluster: Cluster, name = podsOf(cluster)[0]?.metadata.name ?? '') =>
  explain(cluster, { about: 'pod', namespace: 'default', name }).reasons.map(({ text, rule }) => `${rule} ${text}`)

it('DS-4.6: what lets a pod onto a node in spite of its taints', () => {
  const taints = [
    { key: 'gpu', effect: 'NoSchedule' },
    { key: 'soft', value: 'x', effect: 'PreferNoSchedule' },
  ]
  const cluster = clusterWith([{ name: 'a', taints }], agent({}, { tolerations: [{ key: 'gpu', operator: 'Exists' }] }))
  expect(reasonsOf(cluster)).toContain(
    'DS-4.6 taints: the template tolerates `gpu:NoSchedule`; a DaemonSet does not look at `soft=x:PreferNoSchedule`',
  )
  cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { unschedulable: true, taints: null } })
  cluster.settle()
  expect(reasonsOf(cluster)).toContain('DS-4.6 taints: every daemon pod is given a toleration of `node.kubernetes.io/unschedulable:NoSchedule`')
  cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { unschedulable: null } })
  cluster.settle()
  expect(reasonsOf(cluster)).toContain('DS-4.6 taints: none')
})

it('DS-1.14: that a pod counts as misscheduled is told by the numbers only after another sync', () => {
  const misscheduled = (version: '1.32' | '1.36') => {
    const cluster = clusterWith([{ name: 'a' }, { name: 'b' }], agent(), { version })
    cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } })
    cluster.settle()
    return reasonsOf(cluster, podsOf(cluster).find(({ spec }) => spec.nodeName === 'a')?.metadata.name)
  }
  expect(misscheduled('1.36')).toContainEqual(expect.stringMatching(/^DS-1\.14 the numbers tell of it only later/))
  expect(misscheduled('1.32').join()).not.toContain('DS-1.14')
})

it('DS-5.2, DS-12.3: who made a pod that has no controller any more, and why it is let go', () => {
  const cluster = clusterWith([{ name: 'a' }], agent())
  const name = podsOf(cluster)[0]?.metadata.name ?? ''
  cluster.client.patch({ kind: 'Pod', namespace: 'default', name }, 'merge', { metadata: { labels: { app: 'debug' } } })
  cluster.settle()
  expect(reasonsOf(cluster, name)).toContain(
    'DS-5.2 DaemonSet `agent` made it and let it go when its labels no longer matched the selector `app=agent`',
  )
  cluster.client.delete({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }, { propagationPolicy: 'Orphan' })
  cluster.settle()
  expect(reasonsOf(cluster, name)).toContainEqual(expect.stringMatching(/^DS-12\.3 DaemonSet `agent` made it, and was deleted without it/))
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

describe('what its controller makes of a pod', () => {
  const about = (cluster: Cluster, name = podsOf(cluster)[0]?.metadata.name ?? '') => explain(cluster, { about: 'pod', namespace: 'default', name })
  const said = (cluster: Cluster, rule: string, name?: string) => about(cluster, name).reasons.find((reason) => reason.rule === rule)
  const ref = { kind: 'DaemonSet', namespace: 'default', name: 'agent' } as const
  const podRef = (cluster: Cluster, name = podsOf(cluster)[0]?.metadata.name ?? '') => ({ kind: 'Pod', namespace: 'default', name }) as const

  it('from which template it is (DS-10.3), and that with OnDelete nobody replaces it (DS-11.1)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent({ updateStrategy: { type: 'OnDelete' } }))
    expect(said(cluster, 'DS-10.3')).toMatchObject({ verdict: 'yes' })
    cluster.client.patch(ref, 'merge', { spec: { template: { metadata: { annotations: { a: 'b' } } } } })
    cluster.settle()
    expect(said(cluster, 'DS-10.3')).toBeUndefined()
    expect(said(cluster, 'DS-11.1')).toMatchObject({ verdict: 'open', text: expect.stringMatching(/older template.*until somebody deletes it/) })
  })

  it('from an older template while a rollout goes on (DS-10.3)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    cluster.client.patch(ref, 'merge', { spec: { template: { metadata: { annotations: { a: 'b' } } } } })
    // its controller has not heard of it yet
    while (said(cluster, 'DS-10.3')?.verdict === 'yes') cluster.step()
    expect(said(cluster, 'DS-10.3')).toMatchObject({ verdict: 'open', text: expect.stringContaining('a rollout replaces it') })
  })

  it('until when it may be terminating', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    const pod = podRef(cluster)
    // the API knows whole seconds
    const second = Math.floor(cluster.nowMs / 1000)
    cluster.client.delete(pod, { gracePeriodSeconds: 90 })
    expect(about(cluster, pod.name).summary).toContain(`by t = ${clockText((second + 90) * 1000)}`)
  })

  it('that it is about to be deleted, and by which rule (DS-6.3), or let go (DS-5.2)', () => {
    const misplaced = clusterWith([{ name: 'a' }], agent())
    misplaced.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { taints: [{ key: 'gpu', effect: 'NoExecute' }] } })
    expect(said(misplaced, 'DS-6.3')).toMatchObject({ verdict: 'no' })

    const released = clusterWith([{ name: 'a' }], agent())
    const name = podsOf(released)[0]?.metadata.name ?? ''
    released.client.patch(podRef(released), 'merge', { metadata: { labels: { app: 'loose' } } })
    expect(said(released, 'DS-5.2', name)).toMatchObject({ verdict: 'no' })
    released.settle()
    expect(said(released, 'GC-5.3', name)).toMatchObject({ verdict: 'open', text: expect.stringContaining('no controller') })
  })

  it('that its owner is gone (GC-2.1)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    cluster.client.delete(ref)
    expect(said(cluster, 'GC-2.1')).toMatchObject({ verdict: 'no', text: expect.stringContaining('DaemonSet `agent`, is gone') })
  })

  it('that it stays on a tainted node as misscheduled (DS-4.6)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } })
    expect(about(cluster).reasons.filter(({ rule }) => rule === 'DS-4.6')).toMatchObject([{ verdict: 'no' }, { verdict: 'open' }])
  })

  it('that only a finalizer keeps its object, when PodGC has given it up (NL-7.5, API-2.5)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent(), { kubelets: 'believable' })
    cluster.client.patch(podRef(cluster), 'merge', { metadata: { finalizers: ['x.io/hold'] } })
    const { name } = podRef(cluster)
    cluster.client.delete({ kind: 'Node', name: 'a' })
    cluster.runFor(120_000)
    const { summary, reasons } = about(cluster, name)
    expect(summary).toBe(`${name} is deleted, and its object stays until the finalizer \`x.io/hold\` is taken away.`)
    expect(reasons.filter(({ rule }) => /^(NL|API)-/.test(rule ?? ''))).toMatchObject([{ verdict: 'no', rule: 'API-2.5' }])
    const { status } = podsOf(cluster).find(({ metadata }) => metadata.name === name) as Pod
    expect([status.phase, status.containerStatuses?.[0]?.state.terminated?.exitCode]).toEqual(['Failed', 0])
  })

  it('that it terminates for good on a dead node (NL-7.1), and that its image is missing', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    cluster.fault({ fail: 'a' }, 'the kubelet stops')
    cluster.client.delete(podRef(cluster))
    cluster.runFor(60_000)
    expect(about(cluster).summary).toContain('is terminating for good')
    expect(said(cluster, 'NL-7.1')).toMatchObject({ verdict: 'no' })

    const broken = clusterWith([{ name: 'a' }], agent())
    broken.fault({ brokenImages: ['v2'] }, 'a registry lacks an image')
    broken.client.patch(ref, 'strategic', { spec: { template: { spec: { containers: [{ name: 'c', image: 'agent:v2' }] } } } })
    broken.settle()
    expect(about(broken).summary).toContain('the image `agent:v2` is not there')
  })
})
