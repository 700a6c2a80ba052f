import { describe, expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { makeNode, makePod, TestCluster } from './test-cluster.ts'
import { pickOneNodeForPreemption, selectVictimsOnNode } from './victims.ts'

const pod = (name: string, priority: number, cpu: string, startTime = '2026-01-01T00:00:00Z'): Pod =>
  makePod(name, { requests: { cpu }, spec: { nodeName: 'n1', priority }, status: { phase: 'Running', startTime } })

describe('selectVictimsOnNode (SCH-8.2)', () => {
  const search = (own: Pod, ...others: Pod[]) => {
    const cycle = new TestCluster()
      .add(makeNode('n1'))
      .add(...others)
      .cycle(own)
    const info = cycle.view.node('n1')
    const found = info && selectVictimsOnNode(cycle, info)
    return found && 'info' in found ? found.victims.map((victim) => victim.metadata.name) : found?.reasons
  }
  const own = makePod('own', { requests: { cpu: '1' }, spec: { priority: 100 } })
  it('takes the least important that make enough room', () => {
    expect(search(own, pod('high', 50, '1'), pod('low', 1, '1'))).toEqual(['low'])
  })
  it('of equal priority the one that started last goes', () => {
    expect(search(own, pod('old', 1, '1', '2025-01-01T00:00:00Z'), pod('young', 1, '1', '2025-06-01T00:00:00Z'))).toEqual(['young'])
  })
  it('says why it cannot help', () => {
    expect(search(own, pod('peer', 100, '2'))).toEqual(['No preemption victims found for incoming pod'])
    expect(search(own, pod('peer', 100, '2'), pod('low', 1, '0'))).toEqual(['Insufficient cpu'])
  })
})

describe('pickOneNodeForPreemption (SCH-8.3)', () => {
  const pick = (candidates: Record<string, Pod[]>) =>
    pickOneNodeForPreemption(Object.entries(candidates).map(([node, victims]) => ({ node, victims })))?.node
  it('lowest top priority, then sum, then number, then latest start, then the first', () => {
    expect(pick({ a: [pod('x', 5, '1')], b: [pod('y', 4, '1'), pod('z', 4, '1')] })).toBe('b')
    expect(pick({ a: [pod('x', 5, '1'), pod('v', 3, '1')], b: [pod('y', 5, '1'), pod('z', 2, '1')] })).toBe('b')
    expect(pick({ a: [pod('x', 5, '1'), pod('v', -5, '1')], b: [pod('y', 5, '1')] })).toBe('b')
    expect(pick({ a: [pod('x', 5, '1', '2025-01-01T00:00:00Z')], b: [pod('y', 5, '1', '2025-01-02T00:00:00Z')] })).toBe('b')
    expect(pick({ a: [pod('x', 5, '1')], b: [pod('y', 5, '1')] })).toBe('a')
  })
})
