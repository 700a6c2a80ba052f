/** What must hold of every pod at every moment, as far as its status tells; and what must be gone when all is quiet. */
import type { Cluster } from '#engine/cluster.ts'
import { stoppedKubelets } from '#engine/kubelet/stopped-kubelets.ts'
import { isPodReady, isTerminal } from '#k8s/pod.ts'
import type { ContainerStatus, Pod } from '#k8s/types.ts'

const statusesOf = ({ status }: Pod): ContainerStatus[] => [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]

/** Looks at every step of a cluster; throws Error with the first thing that is wrong. To be installed before anything happens. */
export function watchPods(cluster: Cluster): void {
  let before = new Map<string, Pod>()
  const inner = cluster.onStep
  cluster.onStep = () => {
    inner?.()
    const now = new Map<string, Pod>()
    for (const pod of cluster.core.state.tables.Pod.values()) {
      const uid = pod.metadata.uid ?? ''
      now.set(uid, pod)
      const old = before.get(uid)
      if (old === pod) continue
      const wrong = wrongOf(pod, old)
      if (wrong) throw new Error(`at ${cluster.nowMs} ms pod ${pod.metadata.name}: ${wrong}`)
    }
    before = now
  }
}

/** KL-2.3, KL-3.4, KL-5.2 */
function wrongOf(pod: Pod, old: Pod | undefined): string | undefined {
  const { spec, status } = pod
  if (isPodReady(pod)) {
    const ready = spec.containers.every((c) => status.containerStatuses?.find(({ name }) => name === c.name)?.ready)
    if (!ready) return 'is Ready, and a container is not'
  }
  for (const { name, ready, state } of statusesOf(pod)) if (ready && state.waiting) return `${name} is ready and waits`
  if (!old) return undefined
  if (isTerminal(old) && old.status.phase !== status.phase) return `goes from ${old.status.phase} to ${status.phase}`
  for (const { name, restartCount } of statusesOf(pod)) {
    // the kubelet of a new machine of the same name counts anew
    const was = statusesOf(old).find((s) => s.name === name && s.containerID)?.restartCount ?? 0
    if (restartCount < was) return `restarts of ${name} go from ${was} to ${restartCount}`
  }
  return undefined
}

/** Throws Error when a pod is still there that should be gone, or runs what has ended (KL-8.1, KL-2.3). For a cluster that is quiet. */
export function nothingIsLeftBehind(cluster: Cluster): void {
  const stopped = new Set(stoppedKubelets(cluster))
  const { Pod: pods, Node: nodes } = cluster.core.state.tables
  for (const pod of pods.values()) {
    const { metadata, spec, status } = pod
    if (!spec.nodeName || stopped.has(spec.nodeName) || !nodes.has(spec.nodeName)) continue
    if (metadata.deletionTimestamp && !metadata.finalizers?.length) throw new Error(`deleted pod ${metadata.name} is still there`)
    const runs = statusesOf(pod).find(({ state }) => state.running)
    if (isTerminal(pod) && runs) throw new Error(`pod ${metadata.name} is ${status.phase}, and ${runs.name} runs`)
  }
}
