import type { ComponentContext } from '../component.ts'
import { backoffEndsMs, nextInBackoff, nextPod, type SchedulingQueue } from './queue.ts'
import { isEmptySorted } from './sorted-queue.ts'

/** Which of the scheduler's timers are set. */
export interface QueueTimers {
  cycle: boolean
  backoffAtMs: number | undefined
  leftover: boolean
}

/** Time one pod takes. */
const cycleMs = 1
/** backoffQ is looked at on the whole second (T-13), leftovers every 30 s (T-14). */
const backoffTickMs = 1_000
const leftoverTickMs = 30_000

type TimerContext = Pick<ComponentContext<{ readonly queue: SchedulingQueue; readonly timers: QueueTimers }>, 'state' | 'now' | 'schedule'>

/** Sets the timers that the queue needs and that are not set: none while nothing waits. */
export function setTimers(context: TimerContext, early: boolean, leftoverMs: number): void {
  const { queue, timers } = context.state
  if (timers.cycle && isEmptySorted(queue.backoff) && queue.waiting.size === 0) return
  if (!timers.cycle && (!isEmptySorted(queue.active) || nextPod(queue, early))) {
    timers.cycle = true
    context.schedule(cycleMs, 'cycle')
  }
  const backoff = nextInBackoff(queue)
  if (backoff) {
    const atMs = Math.ceil(backoffEndsMs(backoff) / backoffTickMs) * backoffTickMs
    if (timers.backoffAtMs === undefined || timers.backoffAtMs > atMs) {
      timers.backoffAtMs = atMs
      context.schedule(atMs - context.now(), 'backoff')
    }
  }
  if (!timers.leftover && queue.waiting.size) {
    const oldestMs = queue.waiting.values().next().value as number
    timers.leftover = true
    context.schedule((Math.floor((oldestMs + leftoverMs) / leftoverTickMs) + 1) * leftoverTickMs - context.now(), 'leftover')
  }
}
