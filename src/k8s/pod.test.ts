import { describe, expect, it } from 'vitest'
import { isActive, isPodAvailable, isPodReady, isTerminal, isTerminating, podCondition, targetNode } from './pod.ts'
import type { Condition, Pod } from './types.ts'

const pod = (part: { spec?: Partial<Pod['spec']>; status?: Pod['status']; metadata?: Partial<Pod['metadata']> } = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', ...part.metadata },
  spec: { containers: [], ...part.spec },
  status: part.status ?? {},
})

const readySince = (lastTransitionTime?: string): Pod => pod({ status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }] } })

describe('readiness and end of life', () => {
  it('Ready is a condition', () => {
    const condition: Condition = { type: 'Ready', status: 'True' }
    expect(isPodReady(pod({ status: { conditions: [condition] } }))).toBe(true)
    expect(isPodReady(pod({ status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } }))).toBe(false)
    expect(isPodReady(pod())).toBe(false)
    expect(podCondition(pod({ status: { conditions: [condition] } }), 'Ready')).toBe(condition)
  })

  it('active is neither terminal nor terminating', () => {
    expect(isTerminal(pod({ status: { phase: 'Failed' } }))).toBe(true)
    expect(isTerminal(pod({ status: { phase: 'Unknown' } }))).toBe(false)
    const dying = pod({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })
    expect(isTerminating(dying)).toBe(true)
    expect([isActive(dying), isActive(pod({ status: { phase: 'Succeeded' } })), isActive(pod({ status: { phase: 'Pending' } }))]).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('isPodAvailable (DS-8.6, T-84)', () => {
  const at = (seconds: number): number => (1_767_225_600 + seconds) * 1000
  const ready = readySince('2026-01-01T00:00:00Z')

  it('at once without minReadySeconds', () => {
    expect(isPodAvailable(readySince(), 0, at(0), '1.36')).toBe(true)
    expect(isPodAvailable(pod(), 0, at(0), '1.36')).toBe(false)
  })

  it('after minReadySeconds; at exactly that many only since 1.34', () => {
    expect(isPodAvailable(ready, 15, at(14), '1.36')).toBe(false)
    expect(isPodAvailable(ready, 15, at(15), '1.33')).toBe(false)
    expect(isPodAvailable(ready, 15, at(15), '1.34')).toBe(true)
    expect(isPodAvailable(ready, 15, at(16), '1.23')).toBe(true)
    expect(isPodAvailable(readySince(), 15, at(100), '1.36')).toBe(false)
  })
})

describe('targetNode (DS-5.4, T-133)', () => {
  const pinned = (...values: string[]): Pod => {
    const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values }] }
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}, term] } }
    return pod({ spec: { affinity: { nodeAffinity } } })
  }

  it('is the bound node, else the one pinned to, else unknown', () => {
    expect(targetNode(pod({ spec: { nodeName: 'n1' } }))).toBe('n1')
    expect(targetNode(pinned('n2'))).toBe('n2')
    expect(targetNode(pinned('n1', 'n2'))).toBeUndefined()
    expect(targetNode(pod())).toBeUndefined()
  })
})
