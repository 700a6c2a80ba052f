import { podCondition } from '#k8s/pod.ts'
import { isResizing, resizePending } from '#k8s/pod-resize.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import type { Reason } from '#protocol/explain.ts'
import { semanticEqual } from '#sim/equal.ts'
import { isPodUpdated, type PodRules } from '../controllers/daemonset/node-view.ts'

const rule = 'CH-10'

/** What is to be said of a pod that asks for other cpu or memory than it has. */
export function resizeReasons(pod: Pod): Reason[] {
  if (!isResizing(pod)) return []
  const pending = podCondition(pod, resizePending)
  if (!pending) return [{ verdict: 'open', text: 'its kubelet gives it the cpu and memory that it now asks for', rule }]
  const { reason, message = '' } = pending
  const text = reason === 'Infeasible' ? 'its node can never give it what it now asks for' : 'what it now asks for waits until its node can give it'
  return [{ verdict: 'no', text: `${text}: ${message}`, rule }]
}

/** A pod of the newest template that asks for something else than the template was resized by hand, which its controller does not see. */
export function resizedReasons(pod: Pod, { spec: { template } }: DaemonSet, rules: PodRules): Reason[] {
  if ((pod.metadata.generation ?? 0) < 2 || !isPodUpdated(pod, rules)) return []
  const isChanged = template.spec.containers.some(({ name, resources }) => {
    const own = pod.spec.containers.find((container) => container.name === name)
    return own && !semanticEqual(own.resources, resources)
  })
  const text = 'it was resized by hand: its DaemonSet does not see that, and the next pod here asks for what the template says'
  return isChanged ? [{ verdict: 'open', text, rule }] : []
}
