import type { Fleet } from './fleet.ts'
import { dropTask, isPending, setTask } from './pod-worker.ts'
import type { PodWorker } from './worker-state.ts'

/** The first wait of a container that keeps ending, and of an image that cannot be pulled. */
export const firstWaitMs = 10_000
/** Waits double up to this (T-16, T-17). */
export const maxWaitMs = 300_000
/** What went well for longer than this begins anew (KL-5.7, KL-6.3). */
export const forgetMs = 600_000

const crashTasks = ['restart', 'crashLoop', 'restartAgain']
const pullTasks = ['pullBackOff', 'pullAgain']

/** A new kubelet process knows of no back-off: containers that wait for one are tried at once (KL-5.1, KL-8.6). */
export function forgetWaits(fleet: Fleet, worker: PodWorker): void {
  worker.backOffs = {}
  worker.pullBackOffs = {}
  const dropWaits = (tasks: readonly string[], name: string): boolean => {
    const waits = tasks.some((task) => isPending(worker, task, name) || worker.held.some((h) => h.task === task && h.container === name))
    worker.held = worker.held.filter((h) => h.container !== name || !tasks.includes(h.task))
    for (const task of tasks) dropTask(fleet, worker, task, name)
    return waits
  }
  for (const { name } of [...worker.inits, ...worker.containers]) {
    if (dropWaits(pullTasks, name)) setTask(fleet, worker, 0, 'pullAgain', name)
    if (!dropWaits(crashTasks, name)) continue
    worker.backOffs[name] = { waitMs: firstWaitMs, decidedMs: fleet.ctx.now() }
    setTask(fleet, worker, 0, 'restart', name)
  }
}
