import { describe, expect, it } from 'vitest'
import type { DaemonSetNumber } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { explain } from './explain.ts'
import { agent, clusterWith, podsOf } from './explain-test-cluster.ts'

const count = (cluster: Cluster, number: DaemonSetNumber) => explain(cluster, { about: 'number', namespace: 'default', daemonset: 'agent', number })

describe('the numbers of a DaemonSet', () => {
  it('AVAILABLE counts a pod only after minReadySeconds (DS-8.6)', () => {
    const cluster = clusterWith([{ name: 'a' }, { name: 'b' }], agent({ minReadySeconds: 60 }))
    expect(count(cluster, 'ready').nodes).toEqual(['a', 'b'])
    const { nodes, reasons } = count(cluster, 'available')
    expect(nodes).toEqual([])
    expect(reasons[0]).toMatchObject({
      verdict: 'open',
      text: expect.stringMatching(/^a: `agent-\w+` is Ready, but available only from t = 00:01:0\d on/),
    })
    cluster.runFor(61_000)
    expect(count(cluster, 'available').nodes).toEqual(['a', 'b'])
    expect(count(cluster, 'available').reasons.every(({ verdict }) => verdict === 'yes')).toBe(true)
  })

  it('of two pods on a node the older one counts (DS-8.2)', () => {
    const surge = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } }
    const cluster = clusterWith([{ name: 'a' }], agent(surge))
    cluster.fault({ brokenImages: ['broken'] }, 'broken')
    const containers = [{ name: 'c', image: 'agent:broken' }]
    cluster.client.patch({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }, 'strategic', { spec: { template: { spec: { containers } } } })
    cluster.settle()
    expect(podsOf(cluster)).toHaveLength(2)
    expect(count(cluster, 'upToDate').nodes).toEqual([])
    expect(count(cluster, 'ready').nodes).toEqual(['a'])
    expect(count(cluster, 'available').nodes).toEqual(['a'])
  })

  it('says so when the status is not up to date (DS-1.14)', () => {
    const tainted = (version: '1.32' | '1.33') => {
      const cluster = clusterWith([{ name: 'a' }, { name: 'b' }], agent(), { version })
      cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } })
      cluster.settle()
      return count(cluster, 'desired')
    }
    expect(tainted('1.33')).toMatchObject({
      nodes: ['b'],
      reasons: [
        { verdict: 'yes' },
        { verdict: 'no', rule: 'DS-4.6' },
        { verdict: 'open', text: expect.stringContaining('still says 2') },
        { verdict: 'open', rule: 'DS-1.14' },
      ],
      summary: expect.stringMatching(/^DESIRED still says 2\. It counts .*: 1 node now\.$/),
    })
    expect(tainted('1.32')).toMatchObject({ nodes: ['b'], reasons: [{ verdict: 'yes' }, { verdict: 'no', rule: 'DS-4.6' }] })
  })

  it('of a cluster without nodes it says that there are none', () => {
    const empty = clusterWith([], agent())
    expect(count(empty, 'desired')).toMatchObject({ nodes: [], reasons: [{ verdict: 'no', text: 'the cluster has no nodes' }] })
  })

  /** What is said of a node. */
  const of = (cluster: Cluster, number: DaemonSetNumber, node = 'a') =>
    count(cluster, number).reasons.find(({ text }) => text.startsWith(`${node}: `))

  it('a node that is left out is accounted for by the rule that left it out', () => {
    const tainted = clusterWith([{ name: 'a', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }, { name: 'b' }], agent())
    expect(of(tainted, 'desired')).toMatchObject({
      verdict: 'no',
      text: expect.stringContaining('taint `gpu:NoSchedule` is not tolerated'),
      rule: 'DS-4.6',
    })
    expect(of(tainted, 'current')).toBeUndefined()

    const elsewhere = clusterWith([{ name: 'a' }], agent({}, { nodeSelector: { disk: 'ssd' } }))
    expect(of(elsewhere, 'desired')).toMatchObject({ text: 'a: node selector: the node lacks the label `disk=ssd`', rule: 'DS-4.3' })

    const tooLarge = { containers: [{ name: 'c', image: 'agent:v1', resources: { requests: { cpu: '64' } } }] }
    const pending = clusterWith([{ name: 'a' }], agent({}, tooLarge))
    expect(count(pending, 'current').nodes).toEqual(['a'])
    expect(of(pending, 'ready')).toMatchObject({ verdict: 'no', text: expect.stringMatching(/is Pending: .*Insufficient cpu/), rule: 'SCH-6' })
    expect(of(pending, 'available')?.text).toBe(of(pending, 'ready')?.text)
  })

  it('CURRENT leaves out a node whose pod is yet to come, and says what it waits for (DS-7.1)', () => {
    const cluster = clusterWith([{ name: 'a', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }], agent())
    cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { taints: null } })
    expect(of(cluster, 'current')).toMatchObject({ verdict: 'open', rule: 'DS-7.1' })
  })

  it('UP-TO-DATE names the pods of an older template (DS-8.2)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent({ updateStrategy: { type: 'OnDelete' } }))
    const containers = [{ name: 'c', image: 'agent:v2' }]
    cluster.client.patch({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }, 'strategic', { spec: { template: { spec: { containers } } } })
    cluster.settle()
    const name = podsOf(cluster)[0]?.metadata.name
    expect(of(cluster, 'upToDate')).toEqual({ verdict: 'no', text: `a: \`${name}\` is made from an older template`, rule: 'DS-8.2' })
  })

  it('MISSCHEDULED says why each pod should not be there (DS-4.6, DS-13.1)', () => {
    const cluster = clusterWith([{ name: 'a' }, { name: 'b' }], agent())
    cluster.fault({ fail: 'a' }, 'the kubelet stops')
    cluster.runFor(60_000)
    expect(count(cluster, 'misscheduled').nodes).toEqual(['a'])
    const reason = of(cluster, 'misscheduled')
    expect(reason?.text).toContain('may stay, but would not be made there now: taint `node.kubernetes.io/unreachable:NoSchedule`')
    expect(count(cluster, 'desired').nodes).toEqual(['b'])
  })
})
