/**
 * The default scheduler: watches pods and nodes, places one pod per cycle. Modelled: queue with back-off, filters, scores, preemption, events and
 * conditions. Not modelled: volumes, resource claims, extenders, other profiles, pod groups; binding takes no time, and since 1.33 evictions for
 * preemption run in the background upstream, which cannot be seen here.
 * @source pkg/scheduler/scheduler.go, schedule_one.go, eventhandlers.go; SCH-1 to SCH-8
 */
import { isTerminal, schedulingGatesOf } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { Component, ComponentContext, ComponentDefinition, WatchEvent } from '../component.ts'
import { type ClusterEvent, eventNode, toNodeEvent, toPodEvent } from './cluster-event.ts'
import { createMemory, podPriority, type SchedulerMemory } from './memory.ts'
import { isOwnUpdateWorthRequeuing } from './own-update.ts'
import { pinnedNodes } from './pinned-nodes.ts'
import {
  createSchedulingQueue,
  flushBackoff,
  flushUnschedulableLeftover,
  moveToActiveOrBackoff,
  nextPod,
  popPod,
  putPod,
  type QueuedPod,
  removePod,
  type SchedulingQueue,
} from './queue.ts'
import { isWorthRequeuing } from './requeue.ts'
import { type SchedulingFailure, schedulePod } from './schedule-pod.ts'
import { SchedulerCache } from './scheduler-cache.ts'
import { type QueueTimers, setTimers } from './timers.ts'
import { writeBinding, writeFailure, writeSkip } from './write-outcome.ts'

export const schedulerName = 'default-scheduler'

export interface SchedulerState {
  readonly queue: SchedulingQueue
  readonly memory: SchedulerMemory
  readonly timers: QueueTimers
  /** Index of the node with which the next search begins. */
  nextStart: number
}

const noPlugins: QueuedPod['plugins'] = []

const isOurs = (pod: Pod): boolean => !pod.spec.nodeName && !isTerminal(pod) && (pod.spec.schedulerName ?? schedulerName) === schedulerName

function createScheduler(context: ComponentContext<SchedulerState>): Component {
  const { api, version } = context
  const hinted = since(version, 'queueingHints')
  const early = since(version, 'popFromBackoffQ')
  const leftoverMs = since(version, 'unschedulableRetry5m') ? 300_000 : 60_000
  let known: SchedulerCache | undefined
  const queue = () => context.state.queue
  const cache = () => {
    known ??= new SchedulerCache(version, api, context.state.memory)
    return known
  }
  const wake = () => setTimers(context, early, leftoverMs)

  /** Puts a pod that is new to the queue. */
  const place = (pod: Pod, where: QueuedPod['place']) =>
    putPod(queue(), {
      uid: pod.metadata.uid ?? '',
      namespace: pod.metadata.namespace ?? '',
      name: pod.metadata.name,
      priority: podPriority(pod),
      timestampMs: context.now(),
      attempts: 0,
      errors: 0,
      plugins: noPlugins,
      failed: false,
      cause: context.cause(),
      place: where,
    })

  const onPendingPod = (pod: Pod, old: Pod | undefined) => {
    const queued = queue().pods.get(pod.metadata.uid ?? '')
    if (schedulingGatesOf(pod.spec, version).length > 0) {
      if (queued?.place !== 'gated') place(pod, 'gated')
    } else if (!queued) {
      if (!old || !isOurs(old)) place(pod, 'active')
    } else if (queued.place === 'gated') place(pod, 'active')
    else if (queued.place === 'unschedulable' && old && isOwnUpdateWorthRequeuing(version, pod, old, queued.plugins)) {
      moveToActiveOrBackoff(queue(), queued, context.now(), context.cause())
      if (pod.metadata.deletionTimestamp) skipAtOnce(pod)
    }
  }

  /** A deleted pod that comes up next does so before it is gone: the scheduler is faster than the API's two writes. SCH-1.4 */
  const skipAtOnce = (pod: Pod) => {
    if (nextPod(queue(), false)?.uid !== pod.metadata.uid) return
    popPod(queue(), false)
    writeSkip(context, pod)
  }

  /** Moves the unschedulable pods that a change may help (MoveAllToActiveOrBackoffQueue). */
  const onClusterEvent = (event: ClusterEvent | undefined) => {
    const { unschedulable, pods } = queue()
    if (!event || unschedulable.size === 0) return
    const local = hinted || event.kind === 'NodeAdd' || event.kind === 'NodeUpdate'
    const groups = local ? [unschedulable.get(eventNode(event)), unschedulable.get('')] : [...unschedulable.values()]
    for (const group of groups)
      for (const uid of [...(group ?? [])]) {
        const queued = pods.get(uid) as QueuedPod
        const pod = api.get('Pod', queued.namespace, queued.name)
        if (pod && isWorthRequeuing(pod, queued.plugins, event, cache())) moveToActiveOrBackoff(queue(), queued, context.now(), context.cause())
      }
  }

  const onPod = (event: WatchEvent<'Pod'>) => {
    const { type, object: pod, old } = event
    const { uid = '' } = pod.metadata
    // what was bound from here has left the queue
    const isOwnBinding = type !== 'DELETED' && context.state.memory.assumed.has(uid)
    cache().onPod(event)
    if (type !== 'DELETED' && isOurs(pod)) onPendingPod(pod, old)
    else if (!isOwnBinding && (!pod.spec.nodeName || !old?.spec.nodeName)) removePod(queue(), uid)
    onClusterEvent(toPodEvent(version, event))
  }

  const onNode = (event: WatchEvent<'Node'>) => {
    cache().onNode(event)
    onClusterEvent(toNodeEvent(version, event))
  }

  const onFailure = (pod: Pod, queued: QueuedPod, failure: SchedulingFailure) => {
    const pinned = pinnedNodes(pod)
    const { plugins } = failure
    const failed = plugins.length === 0
    const isError = failed && since(version, 'errorsBackOffApart')
    const spansNodes = hinted && (plugins.includes('PodTopologySpread') || plugins.includes('InterPodAffinity'))
    putPod(queue(), {
      ...queued,
      timestampMs: context.now(),
      attempts: isError ? queued.attempts : queued.attempts + 1,
      errors: isError ? queued.errors + 1 : 0,
      plugins,
      failed,
      pinnedTo: pinned?.length === 1 && !spansNodes ? pinned[0] : undefined,
      // no hint can be asked about it: it is tried again after its back-off
      place: failed && hinted ? 'backoff' : 'unschedulable',
    })
    writeFailure(context, pod, failure)
  }

  const scheduleOne = (queued: QueuedPod) => {
    const pod = api.get('Pod', queued.namespace, queued.name)
    if (!pod || pod.metadata.uid !== queued.uid || !isOurs(pod)) return
    if (pod.metadata.deletionTimestamp) return writeSkip(context, pod)
    const result = schedulePod(pod, cache(), context.random, context.state.nextStart)
    context.state.nextStart = result.nextStart
    if ('failure' in result) onFailure(pod, queued, result.failure)
    else {
      const bound = writeBinding(context, pod, result.node)
      if ('failure' in bound) onFailure(pod, queued, bound.failure)
      else if (bound.pod) cache().assume(bound.pod)
    }
  }

  return {
    watches: ['Pod', 'Node'],
    onWatch(event) {
      if (event.kind === 'Pod') onPod(event as WatchEvent<'Pod'>)
      else if (event.kind === 'Node') onNode(event as WatchEvent<'Node'>)
      wake()
    },
    onTimer(payload) {
      const { timers } = context.state
      if (payload === 'cycle') {
        timers.cycle = false
        const queued = popPod(queue(), early)
        if (queued) context.withCause(queued.cause, () => scheduleOne(queued))
      } else if (payload === 'backoff') {
        timers.backoffAtMs = undefined
        flushBackoff(queue(), context.now())
      } else if (payload === 'leftover') {
        timers.leftover = false
        flushUnschedulableLeftover(queue(), context.now(), leftoverMs, context.cause())
      }
      wake()
    },
    onRestore() {
      known = undefined
    },
  }
}

export const schedulerDefinition: ComponentDefinition<SchedulerState> = {
  name: schedulerName,
  order: 60,
  initialState: () => ({
    queue: createSchedulingQueue(),
    memory: createMemory(),
    timers: { cycle: false, backoffAtMs: undefined, leftover: false },
    nextStart: 0,
  }),
  create: createScheduler,
}
