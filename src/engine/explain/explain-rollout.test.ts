import { describe, expect, it } from 'vitest'
import { Cluster, type ClusterOptions } from '../cluster.ts'
import { explain } from './explain.ts'
import { agent, clusterWith, podsOf } from './explain-test-cluster.ts'

const three = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
const ref = { kind: 'DaemonSet', namespace: 'default', name: 'agent' } as const
const rollout = (cluster: Cluster) => explain(cluster, { about: 'rollout', namespace: 'default', daemonset: 'agent' })
const surge = (maxSurge: number | string) => ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge } } })

function setImage(cluster: Cluster, image: string): void {
  const { spec } = cluster.client.get(ref) as unknown as { spec: { template: { spec: { containers: object[] } } } }
  const containers = spec.template.spec.containers.map((container) => ({ ...container, image }))
  cluster.client.patch(ref, 'merge', { spec: { template: { spec: { containers } } } })
}

/** A settled cluster of three whose template gets another image. */
function rolling(spec: object = {}, pod: object = {}, { image = 'agent:v2', ...options }: ClusterOptions & { image?: string } = {}): Cluster {
  const cluster = clusterWith(three, agent(spec, pod), options)
  cluster.fault({ brokenImages: ['broken'] }, 'a registry lacks an image')
  setImage(cluster, image)
  return cluster
}

const podOn = (cluster: Cluster, node: string) => podsOf(cluster).find(({ spec }) => spec.nodeName === node)?.metadata.name

describe('how a rollout goes', () => {
  it('DS-7.4: pods of the newest template that the API server refuses stop it, with and without surge', () => {
    for (const spec of [{}, surge(1)]) {
      const cluster = clusterWith(three, agent(spec))
      const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' }
      cluster.client.patch({ kind: 'Namespace', name: 'default' }, 'merge', { metadata: { labels } })
      expect(rollout(cluster)).toMatchObject({ summary: expect.stringContaining('No rollout is under way'), remedies: [] })
      cluster.client.patch(ref, 'merge', { spec: { template: { spec: { hostPID: true } } } })
      cluster.runFor(60_000)
      const { summary, reasons, remedies } = rollout(cluster)
      expect(summary).toMatch(/^It is stuck: the API server refuses the pods of the newest template; [23] old pods to go\.$/)
      expect(reasons.find(({ rule }) => rule === 'DS-7.4')?.text).toContain('violates PodSecurity "baseline:latest": host namespaces (hostPID=true)')
      expect(remedies.map(({ command }) => command)).toEqual([
        'kubectl rollout undo ds/agent -n default',
        'kubectl label ns default pod-security.kubernetes.io/enforce=privileged --overwrite',
      ])
    }
    // pods that are there stay, and as long as they do nothing is refused
    const cluster = clusterWith(three, agent({}, { hostPID: true }))
    cluster.client.patch({ kind: 'Namespace', name: 'default' }, 'merge', {
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    })
    expect(rollout(cluster)).toMatchObject({ summary: expect.stringContaining('No rollout is under way'), remedies: [] })
  })

  it('none is under way', () => {
    const cluster = clusterWith(three, agent())
    expect(rollout(cluster)).toMatchObject({ summary: expect.stringContaining('all 3 nodes'), nodes: [], remedies: [] })
    expect(rollout(cluster).reasons).toMatchObject([{ verdict: 'yes', rule: 'DS-10.2', text: expect.stringContaining('`maxUnavailable` 1') }])
  })

  it('one node after the other: who uses the budget, who is next (DS-10.6, DS-10.7)', () => {
    const cluster = rolling()
    while (podsOf(cluster).every(({ metadata }) => !metadata.deletionTimestamp)) cluster.step()
    const { summary, nodes, reasons } = rollout(cluster)
    const [node = ''] = nodes
    expect(nodes).toHaveLength(1)
    expect(summary).toBe(`It waits: the budget of 1 is used up by ${node}; 2 old pods to go.`)
    expect(reasons.slice(0, 3)).toMatchObject([
      { verdict: 'open', rule: 'DS-10.2', text: expect.stringMatching(/; 1 used$/) },
      { verdict: 'no', rule: 'DS-10.7', text: `${node}: \`${podOn(cluster, node)}\` is terminating` },
      { verdict: 'open', rule: 'DS-10.6', text: expect.stringContaining('waiting for budget') },
    ])
    cluster.settle()
    expect(rollout(cluster).summary).toContain('No rollout is under way')
  })

  it('a percentage is said as what it comes to (DS-10.2)', () => {
    const cluster = clusterWith(three, agent({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '34%' } } }))
    expect(rollout(cluster).reasons[0]?.text).toContain('`maxUnavailable` 2 (34% of 3 nodes, rounded up)')
  })

  it('OnDelete: nothing goes by itself (DS-11.1)', () => {
    const cluster = rolling({ updateStrategy: { type: 'OnDelete' } })
    cluster.settle()
    const { summary, reasons, remedies } = rollout(cluster)
    expect(summary).toContain('3 pods of an older template stay until somebody deletes them')
    expect(reasons).toMatchObject([{ verdict: 'no', rule: 'DS-11.1' }])
    expect(remedies[0]?.command).toMatch(/^kubectl delete pod agent-\w+ -n default$/)
    for (const { metadata } of podsOf(cluster)) cluster.client.delete({ kind: 'Pod', namespace: 'default', name: metadata.name })
    cluster.settle()
    expect(rollout(cluster).summary).toContain('No rollout is under way')
  })

  it('an image that is not there holds it up', () => {
    const cluster = rolling({}, {}, { image: 'agent:broken' })
    cluster.settle()
    const { summary, nodes, reasons, remedies } = rollout(cluster)
    expect(summary).toBe(`It waits: the budget of 1 is used up by ${nodes[0]}; 2 old pods to go.`)
    expect(reasons[1]).toMatchObject({ verdict: 'no', rule: 'KL-6', text: expect.stringContaining('the image `agent:broken` is not there') })
    expect(remedies.map(({ command }) => command)).toEqual(['kubectl rollout undo ds/agent -n default'])
  })

  it('DS-11.2: with one revision only there is no going back', () => {
    const cluster = new Cluster({ seed: 5, kubelets: 'stand-in' })
    cluster.fault({ brokenImages: ['broken'] }, 'a registry lacks an image')
    cluster.fault({ add: three }, 'join')
    cluster.settle()
    cluster.client.create(agent({}, { containers: [{ name: 'c', image: 'agent:broken' }] }))
    cluster.settle()
    expect(rollout(cluster)).toMatchObject({ reasons: expect.arrayContaining([expect.objectContaining({ rule: 'KL-6' })]), remedies: [] })
  })

  it('DS-10.2: a share of no nodes is a budget of 0: what may stay on a tainted node stays as it is', () => {
    const cluster = clusterWith([{ name: 'a' }], agent({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } } }))
    cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] } })
    cluster.settle()
    setImage(cluster, 'agent:v2')
    cluster.settle()
    expect(rollout(cluster).summary).toBe('It waits: the budget is 0; 1 old pod to go.')
  })

  it('WC-5.9, TRAP-14: a dead node uses up maxUnavailable 1, though it is not even in DESIRED', () => {
    const cluster = clusterWith(three, agent(), { kubelets: 'believable' })
    cluster.runFor(10_000)
    cluster.fault({ fail: 'b' }, 'the kubelet stops')
    cluster.runFor(120_000)
    setImage(cluster, 'agent:v2')
    cluster.runFor(120_000)
    const set = cluster.client.get(ref) as unknown as { status: object }
    expect(set.status).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 1 })
    const { summary, nodes, reasons, remedies } = rollout(cluster)
    expect(nodes).toEqual(['b'])
    expect(summary).toBe('It waits: the budget of 1 is used up by b; 2 old pods to go.')
    expect(reasons[1]).toMatchObject({
      verdict: 'no',
      rule: 'WC-5.9',
      text: expect.stringMatching(/is terminating for good: .*; the node is not even counted in DESIRED$/),
    })
    const way = remedies.find(({ command }) => command.includes('--force'))
    expect(way?.command).toBe(`kubectl delete pod ${podOn(cluster, 'b')} -n default --grace-period=0 --force`)
    cluster.client.delete({ kind: 'Pod', namespace: 'default', name: podOn(cluster, 'b') ?? '' }, { gracePeriodSeconds: 0 })
    cluster.runFor(120_000)
    expect(rollout(cluster).summary).toContain('No rollout is under way')
  })

  it('a node that is not ready keeps its new pod from being available', () => {
    const cluster = clusterWith(three, agent({}, { tolerations: [{ operator: 'Exists' }] }), { kubelets: 'believable' })
    cluster.fault({ fail: 'b' }, 'the kubelet stops')
    cluster.runFor(120_000)
    const { summary, nodes, reasons } = rollout(cluster)
    expect([summary, nodes]).toEqual(['Every pod has the newest template; not available yet: b.', ['b']])
    expect(reasons[1]).toMatchObject({ verdict: 'no', text: expect.stringContaining('is not Ready, because b is not') })
  })

  it('maxSurge and a host port: the new pod has no room beside the old one', () => {
    const containers = [{ name: 'c', image: 'agent:v1', ports: [{ containerPort: 80, hostPort: 80 }] }]
    const cluster = rolling(surge(1), { containers })
    cluster.settle()
    const { summary, nodes, reasons, remedies } = rollout(cluster)
    expect(summary).toBe(`It waits: the budget of 1 is used up by ${nodes[0]}; 3 old pods to go.`)
    expect(reasons[1]).toMatchObject({ verdict: 'no', rule: 'SCH-3.5', text: expect.stringContaining('port 80/TCP of the node is taken') })
    expect(remedies.map(({ command }) => command)).toEqual([expect.stringContaining('"maxSurge":0,"maxUnavailable":1')])
  })

  it('minReadySeconds: until when a new pod holds the budget (DS-8.6)', () => {
    const cluster = clusterWith(three, agent({ minReadySeconds: 100 }))
    cluster.runFor(110_000)
    setImage(cluster, 'agent:v2')
    cluster.runFor(20_000)
    expect(rollout(cluster).reasons[1]).toMatchObject({
      verdict: 'no',
      rule: 'DS-8.6',
      text: expect.stringMatching(/available only from t = 00:0\d:\d\d on/),
    })
  })

  it('an old pod on a node that is gone stops a surge rollout (DS-10.12)', () => {
    const cluster = clusterWith(three, agent(surge(1)))
    cluster.fault({ fail: 'b' }, 'the kubelet stops')
    cluster.client.delete({ kind: 'Node', name: 'b' })
    setImage(cluster, 'agent:v2')
    cluster.runFor(2000)
    expect(rollout(cluster).summary).toBe('It is stuck until the pod on b, a node that is gone, is removed.')
    expect(rollout(cluster).reasons).toContainEqual(expect.objectContaining({ verdict: 'no', rule: 'DS-10.12' }))
  })

  it('a DaemonSet that is being deleted, and one that is gone', () => {
    const cluster = clusterWith(three, agent())
    cluster.client.patch(ref, 'merge', { metadata: { finalizers: ['x.io/hold'] } })
    cluster.client.delete(ref)
    expect(rollout(cluster)).toMatchObject({ summary: expect.stringContaining('is being deleted'), reasons: [{ rule: 'DS-3.4' }] })
    cluster.client.patch(ref, 'merge', { metadata: { finalizers: null } })
    expect(rollout(cluster).summary).toBe('There is no DaemonSet agent any more.')
  })
})
