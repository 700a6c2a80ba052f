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
    expect(reasons[0]).toMatchObject({ verdict: 'open', text: expect.stringMatching(/^a: Ready, available from t = 00:01:0\d$/) })
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
      reasons: [{ verdict: 'yes' }, { verdict: 'open', text: expect.stringContaining('still says 2') }],
    })
    expect(tainted('1.32')).toMatchObject({ nodes: ['b'], reasons: [{ verdict: 'yes' }] })
  })
})
