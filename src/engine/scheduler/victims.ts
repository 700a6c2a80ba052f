import type { Pod } from '#k8s/types.ts'
import { type Cycle, cycleWithNode } from './cycle.ts'
import { podKey, podPriority } from './memory.ts'
import { preemptionTexts } from './messages.ts'
import { NodeInfo } from './node-info.ts'
import { runFiltersWithNominatedPods } from './run-filters.ts'

/** Pods that would have to go from one node, most important first; or why that would not help there. */
export type VictimSearch = { readonly info: NodeInfo; readonly victims: readonly Pod[] } | { readonly reasons: readonly string[] }

const startOf = (pod: Pod): string => pod.status?.startTime ?? '9999'

/** Higher priority first, then longer running; the name last, so that the order never depends on the list's. @source util.MoreImportantPod */
export function compareImportance(a: Pod, b: Pod): number {
  const byPriority = podPriority(b) - podPriority(a)
  if (byPriority) return byPriority
  const [x, y] = startOf(a) === startOf(b) ? [podKey(a), podKey(b)] : [startOf(a), startOf(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/**
 * The fewest pods of lower priority whose absence lets the pod fit on the node: all are taken away, then put back one by one, the most
 * important first, as long as the pod still fits.
 * @source plugins/defaultpreemption SelectVictimsOnNode; SCH-8.2
 */
export function selectVictimsOnNode(cycle: Cycle, info: NodeInfo): VictimSearch {
  const priority = podPriority(cycle.pod)
  const potential = info.pods.filter((pod) => podPriority(pod) < priority).map((pod) => cycle.view.present(pod))
  if (!potential.length) return { reasons: [preemptionTexts.noVictims] }
  const fits = (pods: readonly Pod[]) => {
    const changed = new NodeInfo(info.node, pods)
    return runFiltersWithNominatedPods(cycleWithNode(cycle, changed), changed)
  }
  let remaining = info.pods.filter((pod) => podPriority(pod) >= priority)
  const failure = fits(remaining)
  if (failure) return { reasons: failure.reasons }
  const victims: Pod[] = []
  for (const pod of potential.sort(compareImportance)) {
    const withPod = [...remaining, pod]
    if (fits(withPod)) victims.push(pod)
    else remaining = withPod
  }
  return { info, victims }
}

/** Earliest start among the victims of the highest priority. @source util.GetEarliestPodStartTime */
function earliestStart(victims: readonly Pod[]): string {
  const highest = Math.max(...victims.map(podPriority))
  const starts = victims.filter((pod) => podPriority(pod) === highest).map(startOf)
  return starts.sort()[0] ?? ''
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What makes one node's victims the better choice, tested in turn: negative = `a` is better. */
const criteria: readonly ((a: readonly Pod[], b: readonly Pod[]) => number)[] = [
  (a, b) => podPriority(a[0] as Pod) - podPriority(b[0] as Pod),
  (a, b) => sumOfPriorities(a) - sumOfPriorities(b),
  (a, b) => a.length - b.length,
  (a, b) => byText(earliestStart(b), earliestStart(a)),
]

/** Each priority is shifted to be positive, so that more victims weigh more. */
function sumOfPriorities(victims: readonly Pod[]): number {
  return victims.reduce((sum, pod) => sum + podPriority(pod) + 2 ** 31, 0)
}

/**
 * The node whose victims hurt least: lowest top priority, smallest sum, fewest, latest started; the first of equals. A node without any
 * victims wins at once.
 * @source framework/preemption pickOneNodeForPreemption; SCH-8.3
 */
export function pickOneNodeForPreemption<T extends { readonly victims: readonly Pod[] }>(candidates: readonly T[]): T | undefined {
  let best: T | undefined
  for (const candidate of candidates) {
    if (!candidate.victims.length) return candidate
    if (!best) best = candidate
    else {
      for (const compare of criteria) {
        const difference = compare(candidate.victims, best.victims)
        if (difference < 0) best = candidate
        if (difference !== 0) break
      }
    }
  }
  return best
}
