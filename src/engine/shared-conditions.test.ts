import { describe, expect, test } from 'vitest'
import { podCondition } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { Cluster } from './cluster.ts'
import { clusterOf, daemonSet } from './test-cluster.ts'

const podsOf = (cluster: Cluster) => cluster.client.list('Pod').items as Pod[]
const podOn = (cluster: Cluster, node: string) => podsOf(cluster).find((pod) => pod.spec.nodeName === node) as Pod

describe('pods that start together', () => {
  const names = Array.from({ length: 60 }, (_, i) => `n${i}`)

  test('conditions that say the same are mostly one object', () => {
    const cluster = clusterOf(...names)
    cluster.client.create(daemonSet('agent'))
    cluster.settle()
    const conditions = podsOf(cluster).flatMap((pod) => pod.status.conditions ?? [])
    expect(conditions.length).toBe(5 * names.length)
    expect(new Set(conditions).size).toBeLessThan(names.length)
    const known = new Set(conditions)
    cluster.fault({ add: { name: 'late' } }, 'join')
    cluster.settle()
    const late = podOn(cluster, 'late').status.conditions ?? []
    expect(late.map(({ type }) => type).sort()).toEqual([...new Set(conditions.map(({ type }) => type))].sort())
    expect(late.filter((condition) => known.has(condition))).toEqual([])
  })

  test('what happens to one pod is not seen at another (KL-3.5)', () => {
    const cluster = clusterOf(...names)
    cluster.client.create(daemonSet('agent'))
    cluster.settle()
    const before = JSON.stringify(podOn(cluster, 'n1').status)
    cluster.fault({ fail: 'n0' }, 'stop')
    cluster.runFor(120_000)
    expect(podCondition(podOn(cluster, 'n0'), 'Ready')?.status).toBe('False')
    expect(podOn(cluster, 'n1').status.conditions?.every(({ status }) => status === 'True')).toBe(true)
    expect(JSON.stringify(podOn(cluster, 'n1').status)).toBe(before)
  })
})
