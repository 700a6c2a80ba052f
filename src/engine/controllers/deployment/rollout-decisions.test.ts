import { describe, expect, it } from 'vitest'
import type { Deployment, IntOrString, ReplicaSet } from '#k8s/types.ts'
import { maxSurge, maxUnavailable } from './fenceposts.ts'
import { newReplicas } from './new-replicas.ts'
import { proportionalSizes } from './proportion.ts'
import { newReplicaSetAnnotations } from './revision-annotations.ts'
import { oldReplicaSizes } from './rolling.ts'

const template = { spec: { containers: [] } }

function deployment(replicas: number, surge: IntOrString, unavailable: IntOrString): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas, selector: {}, template, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable } } },
    status: {},
  }
}

function rs(name: string, replicas: number, availableReplicas = replicas, annotations: Record<string, string> = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, creationTimestamp: `2026-01-01T00:00:0${name.length}Z`, annotations },
    spec: { replicas, selector: {}, template },
    status: { replicas, availableReplicas },
  }
}

describe('WC-3.1, TRAP-11: rounding', () => {
  it.each([
    [10, '25%', '25%', 3, 2],
    [4, '25%', '25%', 1, 1],
    [1, '25%', '25%', 1, 0],
    [3, 0, 0, 0, 1],
    [3, 0, '10%', 0, 1],
    [2, 0, 5, 0, 2],
    [0, '25%', '25%', 0, 0],
  ] as const)('%i with %s / %s: surge %i, unavailable %i', (replicas, surge, unavailable, expectedSurge, expectedUnavailable) => {
    const d = deployment(replicas, surge, unavailable)
    expect([maxSurge(d), maxUnavailable(d)]).toEqual([expectedSurge, expectedUnavailable])
  })
})

describe('WC-3.3: steps', () => {
  it('the new ReplicaSet gets what replicas + maxSurge leaves', () => {
    const d = deployment(10, 2, 3)
    const created = rs('new', 0)
    expect(newReplicas(d, [rs('o', 10), created], created)).toBe(2)
    const grown = rs('new', 6)
    expect(newReplicas(d, [rs('o', 1), grown], grown)).toBe(10)
    expect(newReplicas(d, [rs('o', 9), grown], grown)).toBe(6)
  })

  it('unavailable old pods go first, oldest ReplicaSet first, then available ones', () => {
    const d = deployment(10, 0, 2)
    const sets = { newRS: rs('newest', 0), oldRSs: [rs('a', 4, 3), rs('bb', 6, 6)] }
    expect(oldReplicaSizes(d, sets).map((r) => [r.rs.metadata.name, r.size])).toEqual([
      ['a', 3],
      ['a', 2],
    ])
  })

  it('new pods that are not available use up the room', () => {
    const d = deployment(10, 2, 2)
    expect(oldReplicaSizes(d, { newRS: rs('new', 4, 0), oldRSs: [rs('o', 8, 8)] })).toEqual([])
    expect(oldReplicaSizes(d, { newRS: rs('new', 4, 1), oldRSs: [rs('o', 8, 8)] }).map((r) => r.size)).toEqual([7])
  })

  it('nothing while the last step is not carried out yet', () => {
    const d = deployment(4, 1, 1)
    expect(oldReplicaSizes(d, { newRS: rs('new', 1, 1), oldRSs: [rs('o', 3, 4)] })).toEqual([])
  })
})

describe('WC-3.5: proportional scaling', () => {
  const max = (n: number) => ({ 'deployment.kubernetes.io/max-replicas': String(n) })
  const sizes = (d: Deployment, list: ReplicaSet[]) => proportionalSizes(d, list).map((r) => [r.rs.metadata.name, r.size])

  it('10 → 15 with 8 and 5 of 13', () => {
    expect(sizes(deployment(15, 3, 2), [rs('o', 8, 8, max(13)), rs('new', 5, 0, max(13))])).toEqual([
      ['o', 11],
      ['new', 7],
    ])
  })

  it('the larger is rounded first, what is left goes to it', () => {
    expect(sizes(deployment(7, 0, 1), [rs('o', 2, 2, max(5)), rs('new', 3, 3, max(5))])).toEqual([
      ['new', 4],
      ['o', 3],
    ])
  })

  it('of equals the newer grows, the older shrinks first', () => {
    expect(sizes(deployment(11, 0, 1), [rs('o', 5, 5, max(10)), rs('new', 5, 5, max(10))])).toEqual([
      ['new', 6],
      ['o', 5],
    ])
    expect(sizes(deployment(9, 0, 1), [rs('o', 5, 5, max(10)), rs('new', 5, 5, max(10))])).toEqual([
      ['o', 4],
      ['new', 5],
    ])
  })

  it('to zero', () => {
    expect(sizes(deployment(0, '25%', '25%'), [rs('o', 3), rs('new', 2)])).toEqual([
      ['o', 0],
      ['new', 0],
    ])
  })
})

describe('WC-3.2: annotations of the new ReplicaSet', () => {
  const revision = 'deployment.kubernetes.io/revision'
  const d: Deployment = {
    ...deployment(3, 1, 0),
    metadata: { name: 'web', annotations: { team: 'a', [revision]: '7', 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
  }

  it('of one that is created', () => {
    expect(newReplicaSetAnnotations(d, undefined, 8, false)).toEqual({
      team: 'a',
      [revision]: '8',
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
    })
  })

  it('of one that is rolled back to: the old revisions are kept', () => {
    const existing = { [revision]: '3', 'deployment.kubernetes.io/revision-history': '1' }
    expect(newReplicaSetAnnotations(d, existing, 8, true)).toEqual({ team: 'a', [revision]: '8', 'deployment.kubernetes.io/revision-history': '1,3' })
  })

  it('a higher revision stays', () => {
    expect(newReplicaSetAnnotations(d, { [revision]: '9' }, 8, true)).toEqual({ team: 'a', [revision]: '9' })
  })
})
