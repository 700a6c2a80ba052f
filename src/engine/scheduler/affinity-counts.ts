import type { KubeNode, PodAffinityTerm } from '#k8s/types.ts'
import { requiredAffinityTerms, requiredAntiAffinityTerms, termMatches } from './affinity-terms.ts'
import { type Cycle, oncePerCycle } from './cycle.ts'
import { hasPodAffinity } from './memory.ts'

/** What the affinity filter needs of the whole cluster, by topology pair `key=value`. */
export interface AffinityCounts {
  readonly affinityKeys: readonly string[]
  readonly antiAffinityKeys: readonly string[]
  /** Pods that match all required affinity terms. */
  readonly affinity: ReadonlyMap<string, number>
  /** Pods that match a required anti-affinity term. */
  readonly antiAffinity: ReadonlyMap<string, number>
  /** Pairs in which a pod is that does not want this one near, with their key. */
  readonly existing: ReadonlyMap<string, string>
  /** Whether the pod matches all its own affinity terms. */
  readonly matchesItself: boolean
}

function addPair(pairs: Map<string, number>, node: KubeNode, { topologyKey }: PodAffinityTerm): void {
  const value = node.metadata.labels?.[topologyKey]
  if (value === undefined) return
  const pair = `${topologyKey}=${value}`
  pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
}

function compute({ pod, view }: Cycle): AffinityCounts | undefined {
  const wanted = requiredAffinityTerms(pod)
  const unwanted = requiredAntiAffinityTerms(pod)
  const existing = new Map<string, string>()
  for (const { pod: other, node } of view.podsWithAffinity())
    for (const term of requiredAntiAffinityTerms(other)) {
      const value = node.metadata.labels?.[term.topologyKey]
      if (value !== undefined && termMatches(term, other, pod, view)) existing.set(`${term.topologyKey}=${value}`, term.topologyKey)
    }
  if (!wanted.length && !unwanted.length && !existing.size) return undefined

  const affinity = new Map<string, number>()
  const antiAffinity = new Map<string, number>()
  if (wanted.length || unwanted.length)
    for (const info of view.nodes())
      for (const other of info.pods) {
        if (wanted.length && wanted.every((term) => termMatches(term, pod, other, view)))
          for (const term of wanted) addPair(affinity, info.node, term)
        for (const term of unwanted) if (termMatches(term, pod, other, view)) addPair(antiAffinity, info.node, term)
      }
  return {
    affinityKeys: wanted.map((term) => term.topologyKey),
    antiAffinityKeys: unwanted.map((term) => term.topologyKey),
    affinity,
    antiAffinity,
    existing,
    matchesItself: wanted.every((term) => termMatches(term, pod, pod, view)),
  }
}

const counted = oncePerCycle(compute)

/** undefined when no affinity concerns the pod. @source plugins/interpodaffinity/filtering.go PreFilter */
export function affinityCounts(cycle: Cycle): AffinityCounts | undefined {
  return hasPodAffinity(cycle.pod) || cycle.view.podsWithAffinity().length ? counted(cycle) : undefined
}
