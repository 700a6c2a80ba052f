import { isPodReady } from '#k8s/pod.ts'
import { formatTaint } from '#k8s/taint.ts'
import type { AnyObject, DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import { nodeStatus } from './node-status.ts'

type Describe<T> = (before: T, after: T) => string | undefined

const pod: Describe<Pod> = (before, after) => {
  if (!before.metadata.deletionTimestamp && after.metadata.deletionTimestamp) return 'its grace period begins'
  if (before.status.phase !== after.status.phase)
    return `${before.status.phase ?? 'Pending'} → ${after.status.phase}${isPodReady(after) ? ', ready' : ''}`
  if (isPodReady(before) !== isPodReady(after)) return isPodReady(after) ? 'ready' : 'no longer ready'
  const waiting = after.status.containerStatuses?.find((status) => status.state.waiting?.reason)?.state.waiting?.reason
  return waiting && waiting !== before.status.containerStatuses?.[0]?.state.waiting?.reason ? waiting : undefined
}

const node: Describe<KubeNode> = (before, after) => {
  const parts: string[] = []
  if (nodeStatus(before).text !== nodeStatus(after).text) parts.push(`${nodeStatus(before).text} → ${nodeStatus(after).text}`)
  const [had, has] = [before, after].map((one) => (one.spec.taints ?? []).map(formatTaint)) as [string[], string[]]
  parts.push(...has.filter((taint) => !had.includes(taint)).map((taint) => `taint ${taint} put on`))
  parts.push(...had.filter((taint) => !has.includes(taint)).map((taint) => `taint ${taint} taken off`))
  const labels = { ...before.metadata.labels, ...after.metadata.labels }
  for (const key of Object.keys(labels)) {
    const [old, now] = [before.metadata.labels?.[key], after.metadata.labels?.[key]]
    if (old !== now) parts.push(now === undefined ? `label ${key} taken off` : `label ${key}=${now} put on`)
  }
  return parts.join(', ') || undefined
}

const numbers = [
  ['desired', 'desiredNumberScheduled'],
  ['current', 'currentNumberScheduled'],
  ['ready', 'numberReady'],
  ['up to date', 'updatedNumberScheduled'],
  ['misscheduled', 'numberMisscheduled'],
] as const

const daemonSet: Describe<DaemonSet> = (before, after) =>
  numbers
    .filter(([, field]) => (before.status[field] ?? 0) !== (after.status[field] ?? 0))
    .map(([word, field]) => `${word} ${before.status[field] ?? 0} → ${after.status[field] ?? 0}`)
    .join(', ') || undefined

/** What differs between two states of one object, in the few words that matter for the story; undefined when nothing of note does. */
export function changeText(before: AnyObject, after: AnyObject): string | undefined {
  if (before.kind === 'Pod' && after.kind === 'Pod') return pod(before, after)
  if (before.kind === 'Node' && after.kind === 'Node') return node(before, after)
  if (before.kind === 'DaemonSet' && after.kind === 'DaemonSet') return daemonSet(before, after)
  return undefined
}
