import { describe, expect, test } from 'vitest'
import type { Condition, KubeNode } from '#k8s/types.ts'
import { clusterWith, type FleetTestCluster } from './fleet-test-cluster.ts'
import { leaseNamespace } from './lease.ts'

type NodeStatus = KubeNode['status']

const nodeOf = (c: FleetTestCluster) => c.api.node('n1') as KubeNode

function write(c: FleetTestCluster, change: (status: NodeStatus) => Partial<NodeStatus>): void {
  const node = nodeOf(c)
  c.api.updateStatus('Node', node, { ...node.status, ...change(node.status) })
}

const says =
  (type: string, status: string) =>
  (conditions: Condition[] = []) => [
    ...conditions.filter((c) => c.type !== type),
    { type, status, reason: 'Test', message: 'said by hand' } as Condition,
  ]

describe('what others write about a node, its kubelet puts right in its next round (NL-1.1)', () => {
  test('a condition of its own', () => {
    const c = clusterWith([{ name: 'n1' }])
    const end = Math.ceil((c.nowMs + 1) / 10_000) * 10_000
    write(c, ({ conditions }) => ({ conditions: says('Ready', 'False')(conditions) }))
    c.runFor(100)
    expect(c.node('n1').split(' ')[0]).toBe('False')
    c.runUntil(end + 10_000)
    expect(nodeOf(c).status.conditions?.find((x) => x.type === 'Ready')).toMatchObject({ status: 'True', reason: 'KubeletReady' })
    expect(nodeOf(c).spec.taints).toBeUndefined()
  })

  test('conditions that are not its own stay', () => {
    const c = clusterWith([{ name: 'n1' }])
    write(c, ({ conditions }) => ({ conditions: says('NetworkUnavailable', 'True')(conditions) }))
    c.runFor(30_000)
    expect(nodeOf(c).status.conditions?.find((x) => x.type === 'NetworkUnavailable')).toMatchObject({ status: 'True', reason: 'Test' })
  })

  test('resources: those of the machine are its own, extended ones stay and can be had', () => {
    const c = clusterWith([{ name: 'n1', cpu: '2' }])
    write(c, ({ capacity }) => ({ capacity: { ...capacity, cpu: '64', 'example.com/dongle': '4' } }))
    c.runFor(11_000)
    const { capacity, allocatable } = nodeOf(c).status
    expect(capacity).toMatchObject({ cpu: '2', 'example.com/dongle': '4' })
    expect(allocatable).toEqual(capacity)
  })

  test('a stopped kubelet says nothing, and all of it when it is back', () => {
    const c = clusterWith([{ name: 'n1' }])
    write(c, ({ conditions }) => ({ conditions: says('DiskPressure', 'True')(conditions) }))
    c.fault({ fail: 'n1' })
    c.runFor(20_000)
    expect(nodeOf(c).status.conditions?.find((x) => x.type === 'DiskPressure')?.status).toBe('True')
    c.fault({ recover: 'n1' })
    c.runFor(1000)
    expect(nodeOf(c).status.conditions?.find((x) => x.type === 'DiskPressure')?.status).toBe('False')
  })

  test('a lease that was deleted is made again when it would be renewed, and the node stays Ready', () => {
    const c = clusterWith([{ name: 'n1' }])
    c.api.delete('Lease', leaseNamespace, 'n1')
    c.runFor(11_000)
    expect(c.api.get('Lease', leaseNamespace, 'n1')?.spec.holderIdentity).toBe('n1')
    c.runFor(120_000)
    expect(c.node('n1').split(' ')[0]).toBe('True')
  })

  test('nobody makes the lease of a stopped kubelet', () => {
    const c = clusterWith([{ name: 'n1' }])
    c.api.delete('Lease', leaseNamespace, 'n1')
    c.fault({ fail: 'n1' })
    c.runFor(60_000)
    expect(c.api.get('Lease', leaseNamespace, 'n1')).toBeUndefined()
    expect(c.node('n1').split(' ')[0]).toBe('Unknown')
  })
})
