import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KubeNode, Pod } from '#k8s/types.ts'
import type { WatchEvent } from '../component.ts'
import { createCycle } from './cycle.ts'
import { judge } from './judgement.ts'
import { likenessOf } from './likeness.ts'
import { createMemory } from './memory.ts'
import { SchedulerCache, type SchedulerReads } from './scheduler-cache.ts'
import type { SpreadConstraint } from './spread-constraint.ts'
import { makeNode, makePod } from './test-cluster.ts'

const reads: SchedulerReads = { get: () => undefined, list: () => [] }
const zone = 'topology.kubernetes.io/zone'

const ofWeb: SpreadConstraint = {
  topologyKey: zone,
  maxSkew: 1,
  minDomains: 1,
  countKey: 'default|web',
  honorAffinity: false,
  honorTaints: false,
  matches: (labels) => labels?.app === 'web',
  counts: ({ metadata }) => metadata.deletionTimestamp === undefined && metadata.labels?.app === 'web',
}

const asking = makePod('asking', { requests: { cpu: '1500m', memory: '1Gi' } })

/** All that a cache says. */
function told(cache: SchedulerCache): unknown {
  const judgements = cache.judgements(likenessOf(asking.spec))
  return {
    traits: cache.traits(),
    domains: [...cache.domainCounts(ofWeb)].filter(([, count]) => count > 0).sort(),
    nodes: cache.nodes().map((info, at) => {
      judgements[at] ??= judge(createCycle(asking, cache), info)
      const { name, pods, requested, nonZeroRequested, ports } = info
      return { name, pods, requested, nonZeroRequested, ports, says: judgements[at], web: info.count(ofWeb.countKey, ofWeb.counts) }
    }),
  }
}

const nodeNames = ['a', 'b', 'c']
const podNames = ['p', 'q', 'r', 's']

const node = fc.record({ name: fc.constantFrom(...nodeNames), zone: fc.constantFrom(undefined, 'x', 'y'), soft: fc.boolean(), gone: fc.boolean() })
const change = fc.constantFrom('report', 'end', 'label', 'resize', 'delete', 'remove')
const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ node }) },
  { weight: 4, arbitrary: fc.record({ pod: fc.constantFrom(...podNames), change, to: fc.constantFrom(...nodeNames) }) },
)

/** The pod after its next change: one that is not there is created, one that is on no node is bound, and only then something else may happen to it. */
function changed(pod: Pod | undefined, name: string, what: string, to: string): { verb: string; object: Pod } {
  if (!pod) return { verb: 'create', object: makePod(name, { requests: { cpu: '1' }, hostPort: 80, labels: { app: 'web' } }) }
  if (!pod.spec.nodeName) return { verb: 'bind', object: { ...pod, spec: { ...pod.spec, nodeName: to } } }
  const { status } = pod
  const { labels, ...metadata } = pod.metadata
  const ways: Record<string, Partial<Pod>> = {
    report: { status: { ...status, startTime: `${status?.startTime ?? ''}1` } },
    end: { status: { ...status, phase: 'Succeeded' } },
    label: { metadata: { ...metadata, labels: { app: labels?.app === 'web' ? 'db' : 'web' } } },
    resize: { spec: { ...pod.spec, containers: makePod(name, { requests: { cpu: to === 'a' ? '2' : '500m' } }).spec.containers } },
    delete: { metadata: { ...metadata, labels, deletionTimestamp: '2026-01-01T00:00:00Z' } },
  }
  return { verb: what, object: { ...pod, ...ways[what] } }
}

it('SCH-3.16, SCH-5.8: what is kept of nodes and pods is what a new cache over the same memory finds', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => {
      const memory = createMemory()
      const cache = new SchedulerCache('1.36', reads, memory)
      const nodes = new Map<string, KubeNode>()
      const pods = new Map<string, Pod>()
      for (const taken of steps) {
        if ('node' in taken) {
          const { name, zone: value, soft, gone } = taken.node
          const old = nodes.get(name)
          if (gone && !old) continue
          const taints = soft ? [{ key: 'k', effect: 'PreferNoSchedule' as const }] : undefined
          const object = gone ? (old as KubeNode) : makeNode(name, { taints, labels: value ? { [zone]: value } : {} })
          if (gone) nodes.delete(name)
          else nodes.set(name, object)
          cache.onNode({ type: gone ? 'DELETED' : old ? 'MODIFIED' : 'ADDED', kind: 'Node', object, old } as WatchEvent<'Node'>)
        } else {
          const old = pods.get(taken.pod)
          const { verb, object } = changed(old, taken.pod, taken.change, taken.to)
          const gone = verb === 'remove'
          if (gone) pods.delete(taken.pod)
          else pods.set(taken.pod, object)
          if (verb === 'bind') cache.assume(object)
          cache.onPod({ type: gone ? 'DELETED' : old ? 'MODIFIED' : 'ADDED', kind: 'Pod', object, old } as WatchEvent<'Pod'>)
        }
        expect(told(cache)).toEqual(told(new SchedulerCache('1.36', reads, memory)))
      }
    }),
    { numRuns: 200 },
  )
})
