import { isTerminating, podRequests, qosClass } from '#k8s/pod.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { amounts, isCriticalPod, isLacking } from './admission.ts'
import { type Fleet, recordPod } from './fleet.ts'
import { failPod } from './pod-failure.ts'

const classes = ['BestEffort', 'Burstable', 'Guaranteed']
const text = 'Preempted in order to admit critical pod'

/** Pods that must go so that the critical pod fits: lower classes first, then the larger; none too many. Undefined when all would not do. */
export function podsToPreempt(pod: Pod, node: KubeNode, others: readonly Pod[]): Pod[] | undefined {
  const fits = (gone: readonly Pod[]) =>
    !amounts(
      pod,
      node,
      others.filter((other) => !gone.includes(other)),
    ).some(isLacking)
  const rank = (other: Pod) => classes.indexOf(qosClass(other.spec))
  const size = (other: Pod) => podRequests(other.spec)
  const candidates = others
    .filter((other) => !isCriticalPod(other) && !isTerminating(other))
    .sort((a, b) => rank(a) - rank(b) || size(b).cpuMillis - size(a).cpuMillis || size(b).memoryBytes - size(a).memoryBytes)
  const gone: Pod[] = []
  for (const candidate of candidates) {
    if (fits(gone)) break
    gone.push(candidate)
  }
  if (!fits(gone)) return undefined
  return gone.filter((one) => !fits(gone.filter((other) => other !== one)))
}

/** Ends lower pods in favour of a critical one. @source pkg/kubelet/preemption/preemption.go; KL-9.6 */
export function preemptFor(fleet: Fleet, pod: Pod, node: KubeNode, others: readonly Pod[]): boolean {
  const victims = podsToPreempt(pod, node, others)
  if (!victims) return false
  for (const victim of victims) {
    recordPod(fleet, victim, 'Warning', 'Preempting', text)
    failPod(fleet, victim, 'Preempting', text, 'Pod was preempted by Kubelet to accommodate a critical pod.')
  }
  return true
}
