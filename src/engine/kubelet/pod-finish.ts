import { sidecarsOf } from '#k8s/sidecar.ts'
import type { Pod } from '#k8s/types.ts'
import { isWorkDone } from './container-exit.ts'
import { type Fleet, recordPod, vary } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { endContainers } from './pod-end.ts'
import { dropTasksOf, isPending, setTask } from './pod-worker.ts'
import { stopTimeMs } from './stop-time.ts'
import type { PodWorker } from './worker-state.ts'

const task = 'sidecarsStopped'

/**
 * Sidecars do not keep a pod alive: when its work is done they are stopped as in a deleted pod, the last first, and one that waits for its
 * restart gets none. How they end says nothing about the pod (KL-2.1, KL-8.1). False: there is work left.
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, SyncPod
 */
export function finishPod(fleet: Fleet, worker: PodWorker, pod: Pod): boolean {
  const sidecars = sidecarsOf(pod.spec)
  if (sidecars.length === 0 || !isWorkDone(worker, pod)) return false
  for (const { name } of sidecars) dropTasksOf(fleet, worker, name, 'readinessFails')
  if (isPending(worker, task)) return true
  const running = new Set(worker.inits.filter(({ state }) => state.running).map(({ name }) => name))
  for (const name of running) recordPod(fleet, pod, 'Normal', 'Killing', `Stopping container ${name}`, fieldPathOf(pod, name))
  const graceMs = (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000
  if (running.size === 0) sidecarsStopped(fleet, worker, pod)
  else
    setTask(
      fleet,
      worker,
      stopTimeMs(pod.spec, (name) => running.has(name), vary(fleet, fleet.profile.stopMs), graceMs),
      task,
    )
  return true
}

/** Nothing of the pod runs any more: its phase follows from its regular containers. */
export function sidecarsStopped(fleet: Fleet, worker: PodWorker, pod: Pod): void {
  endContainers(fleet, worker, pod)
  worker.changed = true
}
