import type { Timed } from '#sim/heap.ts'
import { keepShape } from '#sim/keep-shape.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
import type { FilterName } from './filters/plugin.ts'
import { createSortedQueue, peekSorted, popSorted, pushSorted, type SortedQueue } from './sorted-queue.ts'

/** A pod that waits to be scheduled. Frozen; a change is a new object. */
export interface QueuedPod {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly priority: number
  /** When it was last put back after an attempt, or first came. Orders pods of one priority (SCH-1.3), starts the back-off. */
  readonly timestampMs: number
  /** Attempts in vain; from 1.34 on those in which the pod was rejected. */
  readonly attempts: number
  /** Errors since it was last rejected, from 1.34 on. */
  readonly errors: number
  /** Who rejected it last; empty = any change may help. */
  readonly plugins: readonly FilterName[]
  /** The only node it can run on, if it names one. */
  readonly pinnedTo?: string
  /** The last attempt ended in an error: nobody rejected the pod. */
  readonly failed: boolean
  readonly place: 'active' | 'backoff' | 'unschedulable' | 'gated'
  /** Which queue entry is the valid one. */
  readonly seq: number
  /** Journal entry that brought it to where it is. */
  readonly cause: number
}

interface Entry extends Timed {
  readonly uid: string
}

/**
 * The scheduling queue as plain data: activeQ and backoffQ, whose entries for pods that are elsewhere by now are skipped when they come up; the unschedulable pods by the node they are pinned to (`''` = none), in the order in which they failed.
 * @source pkg/scheduler/internal/queue/scheduling_queue.go; SCH-1.2
 */
export interface SchedulingQueue {
  readonly pods: Map<string, QueuedPod>
  readonly active: SortedQueue<Entry>
  readonly backoff: SortedQueue<Entry>
  readonly unschedulable: Map<string, Set<string>>
  /** Unschedulable pods, oldest first. */
  readonly waiting: Map<string, number>
  seq: number
}

const initialBackoffMs = 1_000
const maxBackoffMs = 10_000

export function createSchedulingQueue(): SchedulingQueue {
  return { pods: new LastFoundMap(), active: createSortedQueue(), backoff: createSortedQueue(), unschedulable: new Map(), waiting: new Map(), seq: 0 }
}

/** 1 s, doubled with each attempt, at most 10 s; counted from `timestampMs`. SCH-7.1 */
export function backoffEndsMs(pod: QueuedPod): number {
  const attempts = pod.errors || pod.attempts
  if (attempts === 0) return pod.timestampMs
  return pod.timestampMs + Math.min(maxBackoffMs, initialBackoffMs * 2 ** (attempts - 1))
}

function leaveUnschedulable(queue: SchedulingQueue, pod: QueuedPod): void {
  const at = pod.pinnedTo ?? ''
  const pods = queue.unschedulable.get(at)
  if (pods?.delete(pod.uid) && pods.size === 0) queue.unschedulable.delete(at)
  queue.waiting.delete(pod.uid)
}

/** A frozen pod, always made in the same way: all have one shape. */
function queuedPod(pod: Omit<QueuedPod, 'seq'>, seq: number): QueuedPod {
  const { uid, namespace, name, priority, timestampMs, attempts, errors, plugins, pinnedTo, failed, place, cause } = pod
  return Object.freeze({ uid, namespace, name, priority, timestampMs, attempts, errors, plugins, pinnedTo, failed, place, seq, cause })
}

const entryOf = (atMs: number, order: number, { seq, uid }: QueuedPod): Entry => Object.freeze({ atMs, order, seq, uid })

/** Times are fractions, as they are of real ones. */
const noPod: Omit<QueuedPod, 'seq'> = {
  uid: '',
  namespace: '',
  name: '',
  priority: 0,
  timestampMs: 0.5,
  attempts: 0,
  errors: 0,
  plugins: [],
  failed: false,
  place: 'active',
  cause: 0,
}
keepShape(noPod)
keepShape(queuedPod(noPod, 0))
keepShape(entryOf(0.5, 0.5, queuedPod(noPod, 0)))

/** Puts a pod where `place` says, taking it from where it was. */
export function putPod(queue: SchedulingQueue, pod: Omit<QueuedPod, 'seq'>): QueuedPod {
  const before = queue.pods.get(pod.uid)
  if (before?.place === 'unschedulable') leaveUnschedulable(queue, before)
  const seq = ++queue.seq
  const queued: QueuedPod = queuedPod(pod, seq)
  queue.pods.set(pod.uid, queued)
  if (pod.place === 'active') pushSorted(queue.active, entryOf(-pod.priority, pod.timestampMs, queued))
  else if (pod.place === 'backoff') pushSorted(queue.backoff, entryOf(backoffEndsMs(queued), -pod.priority, queued))
  else if (pod.place === 'unschedulable') {
    const at = pod.pinnedTo ?? ''
    const pods = queue.unschedulable.get(at)
    if (pods) pods.add(pod.uid)
    else queue.unschedulable.set(at, new Set([pod.uid]))
    queue.waiting.set(pod.uid, pod.timestampMs)
  }
  return queued
}

export function removePod(queue: SchedulingQueue, uid: string): void {
  const pod = queue.pods.get(uid)
  if (!pod) return
  if (pod.place === 'unschedulable') leaveUnschedulable(queue, pod)
  queue.pods.delete(uid)
}

/** The first entry that is still valid; stale ones before it are dropped. */
function peek(queue: SchedulingQueue, entries: SortedQueue<Entry>, place: QueuedPod['place']): QueuedPod | undefined {
  for (;;) {
    const first = peekSorted(entries)
    if (!first) return undefined
    const pod = queue.pods.get(first.uid)
    if (pod?.seq === first.seq && pod.place === place) return pod
    popSorted(entries)
  }
}

/** The pod whose back-off ends first. */
export function nextInBackoff(queue: SchedulingQueue): QueuedPod | undefined {
  return peek(queue, queue.backoff, 'backoff')
}

/** The pod that pops next. `early`: while nothing is active, pods come out of back-off before its end unless they are there for an error (SCH-7.10). */
export function nextPod(queue: SchedulingQueue, early: boolean): QueuedPod | undefined {
  const active = peek(queue, queue.active, 'active')
  if (active || !early) return active
  const backoff = nextInBackoff(queue)
  return backoff?.failed ? undefined : backoff
}

/** Takes the next pod out of the queue. */
export function popPod(queue: SchedulingQueue, early: boolean): QueuedPod | undefined {
  const pod = nextPod(queue, early)
  if (!pod) return undefined
  popSorted(pod.place === 'active' ? queue.active : queue.backoff)
  queue.pods.delete(pod.uid)
  return pod
}

/** Moves a pod on after something that may help it: to backoffQ while its back-off runs, else to activeQ. SCH-7.3 */
export function moveToActiveOrBackoff(queue: SchedulingQueue, pod: QueuedPod, nowMs: number, cause: number): void {
  putPod(queue, { ...pod, place: backoffEndsMs(pod) > nowMs ? 'backoff' : 'active', cause })
}

/** Moves pods whose back-off is over to activeQ. */
export function flushBackoff(queue: SchedulingQueue, nowMs: number): void {
  for (let pod = nextInBackoff(queue); pod && backoffEndsMs(pod) <= nowMs; pod = nextInBackoff(queue)) {
    popSorted(queue.backoff)
    putPod(queue, { ...pod, place: 'active' })
  }
}

/** Moves pods that have been unschedulable for longer than `ageMs`. SCH-7.4 */
export function flushUnschedulableLeftover(queue: SchedulingQueue, nowMs: number, ageMs: number, cause: number): void {
  for (const [uid, sinceMs] of [...queue.waiting]) {
    if (nowMs - sinceMs <= ageMs) break
    moveToActiveOrBackoff(queue, queue.pods.get(uid) as QueuedPod, nowMs, cause)
  }
}
