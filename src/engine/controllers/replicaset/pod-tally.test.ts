import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isPodReady, isTerminal } from '#k8s/pod.ts'
import type { Pod, ReplicaSet } from '#k8s/types.ts'
import { PodTally } from './pod-tally.ts'

const replicaSets = ['web', 'db'].flatMap((app) =>
  [{}, { tier: 'x' }].map(
    (extra) => ({ spec: { selector: { matchLabels: { app } }, template: { metadata: { labels: { app, ...extra } } } } }) as unknown as ReplicaSet,
  ),
)

const pod = fc.record({
  metadata: fc.record({
    name: fc.constant('p'),
    labels: fc.constantFrom({ app: 'web' }, { app: 'web', tier: 'x' }, { app: 'db' }, {}),
    deletionTimestamp: fc.constantFrom(undefined, undefined, '2026-01-01T00:00:00Z'),
  }),
  status: fc.record({
    phase: fc.constantFrom('Running', 'Running', 'Failed'),
    conditions: fc.constantFrom([], [{ type: 'Ready', status: 'True' }], [{ type: 'Ready', status: 'False' }]),
  }),
}) as unknown as fc.Arbitrary<Pod>

/** Counted by the words of the rule alone. */
function recount(rs: ReplicaSet, owned: readonly Pod[]) {
  const alive = owned.filter((p) => !isTerminal(p))
  const wants = rs.spec.template.metadata?.labels ?? {}
  const active = alive.filter((p) => !p.metadata.deletionTimestamp && p.metadata.labels?.app === rs.spec.selector?.matchLabels?.app)
  return {
    active: active.length,
    fullyLabeled: active.filter((p) => Object.entries(wants).every(([key, value]) => p.metadata.labels?.[key] === value)).length,
    ready: active.filter(isPodReady).length,
    terminating: alive.filter((p) => p.metadata.deletionTimestamp).length,
  }
}

it('WC-2.1, WC-2.3: what is kept of unchanged pods never makes a count differ from a recount', () => {
  const sync = fc.record({ rs: fc.constantFrom(...replicaSets), changes: fc.array(fc.tuple(fc.nat(7), fc.option(pod, { nil: undefined }))) })
  fc.assert(
    fc.property(fc.array(sync, { minLength: 2 }), (syncs) => {
      const owned: Pod[] = []
      const tally = new PodTally(replicaSets[0] as ReplicaSet)
      for (const { rs, changes } of syncs) {
        for (const [at, changed] of changes) owned.splice(at, 1, ...(changed ? [changed] : []))
        tally.begin(rs)
        for (const [place, p] of owned.entries()) tally.standing(p, place)
        const { active, fullyLabeled, ready, terminating } = tally
        expect({ active, fullyLabeled, ready, terminating }).toEqual(recount(rs, owned))
      }
    }),
  )
})
