import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isPodReady, isTerminal } from '#k8s/pod.ts'
import type { Pod, ReplicaSet } from '#k8s/types.ts'
import { PodTally } from './pod-tally.ts'
import { replicaSetController } from './replicaset-controller.ts'
import { createWorkloadTestCluster, type WorkloadTestCluster } from './workload-test-cluster.ts'

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
  const change = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.option(pod, { nil: undefined }))
  fc.assert(
    fc.property(fc.constantFrom(...replicaSets), fc.array(change, { minLength: 2 }), (rs, changes) => {
      const owned = new Map<string, Pod>()
      const tally = new PodTally(rs)
      for (const [at, changed] of changes) {
        const key = `default/p${at}`
        if (changed) owned.set(key, changed)
        else owned.delete(key)
        tally.take(key, changed)
        const { active, fullyLabeled, ready, terminating } = tally
        expect({ active, fullyLabeled, ready, terminating }).toEqual(recount(rs, [...owned.values()]))
      }
    }),
  )
})

/** What happens to one of the pods, or to the ReplicaSet. */
const act = fc.oneof(
  fc.record({ do: fc.constant('delete'), at: fc.nat(5), grace: fc.constantFrom(0, 30) }),
  fc.record({ do: fc.constant('label'), at: fc.nat(5), app: fc.constantFrom('web', 'other') }),
  fc.record({ do: fc.constant('disown'), at: fc.nat(5) }),
  fc.record({ do: fc.constant('end'), at: fc.nat(5) }),
  fc.record({ do: fc.constant('unready'), at: fc.nat(5) }),
  fc.record({ do: fc.constant('scale'), replicas: fc.nat(4) }),
  fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(1, 3, 12, 400) }),
)

type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

function perform(cluster: WorkloadTestCluster, a: Act): void {
  const { api } = cluster
  if ('ms' in a) cluster.runFor(a.ms)
  if ('replicas' in a) cluster.patchSpec('ReplicaSet', 'web', { replicas: a.replicas })
  const pod = 'at' in a ? api.list('Pod', 'default')[a.at] : undefined
  if (!pod) return
  const { metadata, status } = pod
  if ('grace' in a) api.delete('Pod', 'default', metadata.name, { gracePeriodSeconds: a.grace })
  else if ('app' in a) api.update('Pod', { ...pod, metadata: { ...metadata, labels: { ...metadata.labels, app: a.app } } })
  else if (a.do === 'disown') {
    // of a pod that ends the controller hears as of a deleted one, and only who owns it then: upstream, too, counts it until the next sync
    if (!metadata.deletionTimestamp) api.update('Pod', { ...pod, metadata: { ...metadata, ownerReferences: undefined } })
  } else if (a.do === 'end') api.updateStatus('Pod', pod, { ...status, phase: 'Failed' })
  else api.updateStatus('Pod', pod, { ...status, conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T00:00:00Z' }] })
}

it('WC-2.3, GC-5.3: whatever happens to its pods, the status of a ReplicaSet comes to be a recount of them', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 25 }), (acts) => {
      const cluster = createWorkloadTestCluster([replicaSetController])
      const labels = { app: 'web' }
      const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:v1' }] } }
      cluster.create('ReplicaSet', { metadata: { name: 'web' }, spec: { replicas: 3, selector: { matchLabels: labels }, template } })
      cluster.runFor(400)
      for (const a of acts) perform(cluster, a)
      cluster.runFor(3_000)
      const rs = cluster.api.get('ReplicaSet', 'default', 'web') as ReplicaSet
      const owned = cluster.api.controlledBy('Pod', rs.metadata.uid ?? '')
      const { replicas, fullyLabeledReplicas = 0, readyReplicas = 0, terminatingReplicas = 0 } = rs.status
      const told = { active: replicas, fullyLabeled: fullyLabeledReplicas, ready: readyReplicas, terminating: terminatingReplicas }
      expect(told).toEqual(recount(rs, owned))
      expect(replicas).toBe(rs.spec.replicas)
    }),
  )
})
