import { podRequests, qosClass } from '#k8s/pod.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { amounts, isCriticalPod, isLacking } from './admission.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { failPod } from './pod-failure.ts'
import type { Rejection } from './rejection.ts'

const text = 'Preempted in order to admit critical pod'

/** What is still missing, by resource. */
type Needs = ReadonlyMap<string, number>

/** Whether the one pod may send the other away: a critical one all that are not, and those of lower priority. @source pkg/kubelet/types Preemptable */
function isPreemptable(pod: Pod, other: Pod): boolean {
  if (isCriticalPod(pod) && !isCriticalPod(other)) return true
  const [priority, otherPriority] = [pod.spec.priority, other.spec.priority]
  return priority !== undefined && otherPriority !== undefined && priority > otherPriority
}

/** What remains to be found when these pods are gone. */
function without(needs: Needs, node: KubeNode, gone: readonly Pod[]): Needs {
  const left = new Map(needs)
  for (const pod of gone)
    for (const { name, requested } of amounts(pod, node, [])) {
      const need = left.get(name)
      if (need === undefined) continue
      if (need > requested) left.set(name, need - requested)
      else left.delete(name)
    }
  return left
}

/** How far a pod falls short of what is missing: 0 = it is enough by itself. */
function distance(needs: Needs, node: KubeNode, pod: Pod): number {
  const left = without(needs, node, [pod])
  let sum = 0
  for (const [name, need] of left) sum += (need / (needs.get(name) as number)) ** 2
  return sum
}

/** Memory counts before cpu. */
function asksForLess(a: Pod, b: Pod): boolean {
  const [x, y] = [podRequests(a.spec), podRequests(b.spec)]
  return (x.memoryBytes - y.memoryBytes || x.cpuMillis - y.cpuMillis) <= 0
}

/** Of these pods as few and as small ones as free what is missing: the one that comes nearest, then the next. @source getPodsToPreemptByDistance */
function nearest(pods: readonly Pod[], needs: Needs, node: KubeNode): Pod[] {
  const chosen: Pod[] = []
  let left = needs
  while (left.size > 0 && chosen.length < pods.length) {
    const rest = pods.filter((pod) => !chosen.includes(pod))
    const best = rest.reduce((known, pod) => {
      const difference = distance(left, node, pod) - distance(left, node, known)
      return difference < 0 || (difference === 0 && asksForLess(pod, known)) ? pod : known
    })
    chosen.push(best)
    left = without(left, node, [best])
  }
  return chosen
}

/**
 * Pods that must go so that the critical pod fits: BestEffort ones rather than Burstable ones, those rather than Guaranteed ones; of each
 * class as few as will do. `missing` = what would be missing still if all of them went; then nobody goes.
 * @source pkg/kubelet/preemption/preemption.go getPodsToPreempt; KL-9.6
 */
function podsToPreempt(pod: Pod, node: KubeNode, others: readonly Pod[]): { victims: readonly Pod[]; missing: Needs } {
  const lacking = amounts(pod, node, others).filter(isLacking)
  const needs: Needs = new Map(lacking.map(({ name, requested, used, capacity }) => [name, requested - (capacity - used)]))
  const candidates = others.filter((other) => isPreemptable(pod, other))
  const missing = without(needs, node, candidates)
  if (missing.size > 0) return { victims: [], missing }
  const [bestEffort, burstable, guaranteed] = ['BestEffort', 'Burstable', 'Guaranteed'].map((qos) =>
    candidates.filter((other) => qosClass(other.spec) === qos),
  ) as [Pod[], Pod[], Pod[]]
  // each class gives what all others cannot
  const fromGuaranteed = nearest(guaranteed, without(needs, node, [...bestEffort, ...burstable]), node)
  const fromBurstable = nearest(burstable, without(needs, node, [...bestEffort, ...fromGuaranteed]), node)
  const fromBestEffort = nearest(bestEffort, without(needs, node, [...fromBurstable, ...fromGuaranteed]), node)
  return { victims: [...fromBestEffort, ...fromBurstable, ...fromGuaranteed], missing }
}

function cannotRecover(missing: Needs): Rejection {
  const list = [...missing].map(([name, need]) => `(res: ${name}, q: ${need}), `).join('')
  const found = `no set of running pods found to reclaim resources: [${list}]`
  const message = `Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: ${found}`
  return { reason: 'UnexpectedAdmissionError', message }
}

/**
 * Ends lower pods in favour of a critical one that lacks room; a rejection when that would not help.
 * @source pkg/kubelet/preemption/preemption.go HandleAdmissionFailure; KL-9.6
 */
export function preemptFor(fleet: Fleet, pod: Pod, node: KubeNode, others: readonly Pod[]): Rejection | undefined {
  const { victims, missing } = podsToPreempt(pod, node, others)
  if (missing.size > 0) return cannotRecover(missing)
  for (const victim of victims) {
    recordPod(fleet, victim, 'Warning', 'Preempting', text)
    failPod(fleet, victim, 'Preempting', text, 'Pod was preempted by Kubelet to accommodate a critical pod.')
  }
  return undefined
}
