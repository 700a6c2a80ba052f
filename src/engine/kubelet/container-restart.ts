import type { Container, Pod, PodSpec } from '#k8s/types.ts'
import { type Fleet, recordPod, vary } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { setTask } from './pod-worker.ts'
import { stopTimeMs } from './stop-time.ts'
import type { PodWorker } from './worker-state.ts'

/** Stops a running container so that it starts again, whatever the restart policy. `why` ends the sentence of the event. */
export function restartContainer(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container, why: string): void {
  const { name } = container
  recordPod(fleet, pod, 'Normal', 'Killing', `Container ${name} ${why}`, fieldPathOf(pod, name))
  const alone: PodSpec = { ...pod.spec, initContainers: [], containers: [container] }
  const graceMs = (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000
  const stopMs = stopTimeMs(alone, () => true, vary(fleet, fleet.profile.stopMs), graceMs)
  setTask(fleet, worker, stopMs, 'replaced', name)
}
