import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Pod, PodSpec, StringMap } from '#k8s/types.ts'
import { createRandom, seedRandom } from '#sim/random.ts'
import { createCycle } from './cycle.ts'
import { findNodesThatFitPod } from './find-nodes.ts'
import { selectAmongLike } from './like-pods.ts'
import { createMemory } from './memory.ts'
import { SchedulerCache, type SchedulerReads } from './scheduler-cache.ts'
import { prioritizeNodes, selectHost } from './select-host.ts'
import { makeNode, makePod } from './test-cluster.ts'

const machine = fc.record({
  cpu: fc.constantFrom('1', '2', '8'),
  hasTaint: fc.integer({ max: 3 }).map((n) => n === 3),
  unschedulable: fc.integer({ max: 3 }).map((n) => n === 3),
  disk: fc.constantFrom('ssd', 'hdd'),
  otherPods: fc.nat({ max: 2 }),
})

const wish = fc.record({
  requests: fc.constantFrom<StringMap | undefined>(undefined, { cpu: '100m' }, { cpu: '600m', memory: '1Gi' }),
  selectsDisk: fc.boolean(),
  isOwned: fc.boolean(),
})

const clusters = fc.record({
  version: fc.constantFrom('1.23' as const, '1.30' as const, '1.36' as const),
  machines: fc.oneof(
    { weight: 4, arbitrary: fc.array(machine, { minLength: 1, maxLength: 12 }) },
    fc.array(machine, { minLength: 100, maxLength: 130 }),
  ),
  /** What tells hosts apart on the first machine. */
  first: fc.constantFrom('plain', 'plain', 'plain', 'names no host', 'names a zone'),
  wishes: fc.array(wish, { minLength: 1, maxLength: 2 }),
  turns: fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 12 }),
  begin: fc.nat({ max: 140 }),
  seed: fc.nat(),
})

const web = { app: 'web' }
const owner = { kind: 'ReplicaSet', name: 'web' }
const reads: SchedulerReads = {
  get: (kind) => (kind === 'ReplicaSet' ? { metadata: { uid: 'uid-web' }, spec: { selector: { matchLabels: web } } } : undefined) as never,
  list: () => [],
}

it('SCH-5.10: like pods go, one after the other, where all filters and scores together would put each', () => {
  let compared = 0
  fc.assert(
    fc.property(clusters, ({ version, machines, first, wishes, turns, begin, seed }) => {
      const memory = createMemory()
      const kept = new SchedulerCache(version, reads, memory)
      machines.forEach(({ cpu, hasTaint, unschedulable, disk, otherPods }, i) => {
        const taints = hasTaint ? [{ key: 'a', effect: 'NoSchedule' as const }] : undefined
        const node = makeNode(`n${i}`, { cpu, taints, unschedulable, labels: { disk } })
        const labels = node.metadata.labels ?? {}
        if (i === 0 && first === 'names no host') delete labels['kubernetes.io/hostname']
        if (i === 0 && first === 'names a zone') labels['topology.kubernetes.io/zone'] = 'a'
        kept.onNode({ kind: 'Node', type: 'ADDED', object: node })
        for (let k = 0; k < otherPods; k++) kept.assume(makePod(`other-${i}-${k}`, { labels: web, spec: { nodeName: `n${i}` } }))
      })
      const specs = wishes.map(
        ({ requests, selectsDisk }): PodSpec => makePod('p', { requests, spec: selectsDisk ? { nodeSelector: { disk: 'ssd' } } : {} }).spec,
      )
      const words = seedRandom(seed)
      // as after a search among more nodes
      let start = begin
      for (const [i, turn] of turns.entries()) {
        const which = turn % wishes.length
        const pod: Pod = { ...makePod(`p${i}`, { labels: web, owner: wishes[which]?.isOwned ? owner : undefined }), spec: specs[which] as PodSpec }
        const sameWords = structuredClone(words)
        const selected = selectAmongLike(
          createCycle(pod, kept),
          start,
          createRandom(() => words),
        )
        if (!selected) continue
        compared++
        const cycle = createCycle(pod, new SchedulerCache(version, reads, memory))
        const { feasible, processed } = findNodesThatFitPod(cycle, start)
        const node =
          feasible.length === 1
            ? feasible[0]
            : selectHost(
                feasible,
                prioritizeNodes(cycle, feasible),
                createRandom(() => sameWords),
              )
        expect({ ...selected, words }).toEqual({ node: node?.name, processed, words: sameWords })
        start = (start + processed) % machines.length
        kept.assume({ ...pod, spec: { ...pod.spec, nodeName: selected.node } })
      }
    }),
    { numRuns: 200 },
  )
  expect(compared).toBeGreaterThan(200)
})
