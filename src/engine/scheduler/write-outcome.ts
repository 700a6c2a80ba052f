import { ApiError } from '#k8s/api-error.ts'
import { observedGeneration } from '#k8s/pod.ts'
import { withDisruptionTarget } from '#k8s/pod-condition.ts'
import type { Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { ComponentContext } from '../component.ts'
import { podKey, podPriority, type SchedulerMemory, setNominated } from './memory.ts'
import { preemptedMessage, truncateMessage } from './messages.ts'
import { withSchedulingFailure } from './pod-status.ts'
import type { SchedulingFailure } from './schedule-pod.ts'

type WriteContext = Pick<ComponentContext<{ readonly memory: SchedulerMemory }>, 'api' | 'version' | 'state' | 'record' | 'timestamp'>

const scheduling = { series: true, action: 'Scheduling' } as const
const binding = { series: true, action: 'Binding' } as const
const preempting = { series: true, action: 'Preempting' } as const

/** Whether the error is the API server's answer that the object is gone. */
const isGone = (error: unknown): boolean => error instanceof ApiError && error.reason === 'NotFound'

/** Runs a write; a pod that is gone meanwhile is nothing to worry about. */
function unlessGone(write: () => void): void {
  try {
    write()
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/** Binds the pod and says so. Gives the bound pod (none when it is gone), or a failure when the binding is refused. SCH-6.1 */
export function writeBinding(context: WriteContext, pod: Pod, node: string): { pod?: Pod } | { failure: SchedulingFailure } {
  let bound: Pod
  try {
    bound = context.api.bind(pod, node)
  } catch (error) {
    if (isGone(error)) return {}
    if (!(error instanceof ApiError)) throw error
    return { failure: { reason: 'SchedulerError', message: `binding rejected: running Bind plugin "DefaultBinder": ${error.message}`, plugins: [] } }
  }
  context.record(pod, 'Normal', 'Scheduled', `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${node}`, binding)
  return { pod: bound }
}

/** A pod that is being deleted is not scheduled. SCH-1.4 */
export function writeSkip(context: WriteContext, pod: Pod): void {
  context.record(pod, 'Warning', 'FailedScheduling', `skip schedule deleting pod: ${pod.metadata.namespace}/${pod.metadata.name}`, scheduling)
}

/** Marks and deletes the victims, and takes the node from lower-priority pods that were nominated for it. SCH-8.4, SCH-8.6 */
function evictVictims(context: WriteContext, preemptor: Pod, node: string, victims: readonly Pod[]): void {
  const { api, version, state } = context
  for (const { metadata } of victims) {
    const victim = api.get('Pod', metadata.namespace ?? '', metadata.name)
    if (!victim || victim.metadata.uid !== metadata.uid || victim.metadata.deletionTimestamp) continue
    unlessGone(() => {
      let marked = victim
      if (since(version, 'disruptionConditions')) {
        const message = `${preemptor.spec.schedulerName ?? 'default-scheduler'}: preempting to accommodate a higher priority pod`
        const status = withDisruptionTarget(victim, { reason: 'PreemptionByScheduler', message }, version, context.timestamp())
        if (status !== victim.status) marked = api.updateStatus('Pod', victim, status)
      }
      api.delete('Pod', victim.metadata.namespace ?? '', victim.metadata.name, { uid: victim.metadata.uid })
      context.record(marked, 'Normal', 'Preempted', preemptedMessage(version, preemptor, node), preempting)
    })
  }
  for (const key of [...(state.memory.nominated.get(node) ?? [])]) {
    const [namespace = '', name = ''] = key.split('/')
    const other = api.get('Pod', namespace, name)
    if (!other || other.spec.nodeName || other.status.nominatedNodeName !== node || podPriority(other) >= podPriority(preemptor)) continue
    const { nominatedNodeName: _, ...status } = other.status
    api.updateStatus('Pod', other, status)
    setNominated(state.memory, key, node, undefined)
  }
}

/** Event and condition of a failed attempt, and the evictions it asks for. The condition is written only when it says something new. SCH-6.2 */
export function writeFailure(context: WriteContext, pod: Pod, failure: SchedulingFailure): void {
  const { api, version, state } = context
  const { reason, message, preempt, clearNomination } = failure
  if (preempt) evictVictims(context, pod, preempt.node, preempt.victims)
  context.record(pod, 'Warning', 'FailedScheduling', truncateMessage(message), scheduling)
  const before = pod.status.nominatedNodeName
  const nominated = preempt?.node ?? (clearNomination ? undefined : before)
  const failed = { type: 'PodScheduled', ...observedGeneration(pod, version), status: 'False', reason, message } as const
  const next = withSchedulingFailure(pod, failed, nominated, context.timestamp())
  if (next !== pod) unlessGone(() => api.updateStatus('Pod', pod, next.status))
  setNominated(state.memory, podKey(pod), before, nominated)
}
