import { isActive } from '#k8s/pod.ts'
import type { Container, Pod } from '#k8s/types.ts'
import { restartContainer } from './container-restart.ts'
import { statusOf } from './container-status.ts'
import { type Fleet, runningAgent } from './fleet.ts'
import { beginContainer } from './pod-start.ts'
import { runTask } from './pod-task.ts'
import { dropTask, isPending, workerOf } from './pod-worker.ts'

const waits = ['pullAgain', 'pullBackOff', 'restart', 'restartAgain', 'crashLoop']

const containersOf = ({ spec }: Pod): readonly Container[] => [...(spec.initContainers ?? []), ...spec.containers]

/**
 * Containers of a running pod whose image was changed: one that runs is stopped and started again, whatever the restart policy; one that
 * waits does so no longer, because back-offs belong to the old definition (KL-5.1).
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions
 */
export function restartChanged(fleet: Fleet, pod: Pod, old: Pod): void {
  if (!fleet.profile.talks || !isActive(pod) || !runningAgent(fleet, pod.spec.nodeName)) return
  const before = new Map(containersOf(old).map(({ name, image }) => [name, image]))
  const changed = containersOf(pod).filter(({ name, image }) => before.get(name) !== image)
  if (changed.length === 0) return
  const worker = workerOf(fleet, pod)
  for (const container of changed) {
    const { name } = container
    const state = statusOf(worker, name)?.state
    if (!state) continue
    delete worker.backOffs[name]
    const waited = waits.filter((task) => isPending(worker, task, name))
    for (const task of waited) dropTask(fleet, worker, task, name)
    if (waited.length > 0) beginContainer({ fleet, worker, pod }, container)
    if (!state.running) continue
    restartContainer(fleet, worker, pod, container, 'definition changed, will be restarted')
  }
  runTask(fleet, { uid: worker.uid, task: 'report' })
}
