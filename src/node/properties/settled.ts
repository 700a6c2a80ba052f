/** What must be true of every DaemonSet when nothing changes any more. */
import type { Cluster } from '#engine/cluster.ts'
import type { DaemonSetControllerState } from '#engine/controllers/daemonset/controller.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { stoppedKubelets } from '#engine/kubelet/stopped-kubelets.ts'
import { worldOf } from './controller-watch.ts'
import { type PlainNode, plainNodes, recount, surges, terminating, written } from './plain-daemon-set.ts'
import { allowedNow } from './plain-rollout.ts'

const running = (pod: Pod) => !terminating(pod) && pod.status.phase !== 'Failed' && pod.status.phase !== 'Succeeded'

/** Why a pod that exists is not Running, as its status tells; undefined = it does not tell. */
function pendingReason(pod: Pod, stopped: readonly string[]): string | undefined {
  if (pod.spec.nodeName && stopped.includes(pod.spec.nodeName)) return 'kubelet stopped'
  const scheduled = pod.status.conditions?.find((c) => c.type === 'PodScheduled')
  if (!pod.spec.nodeName) return scheduled?.message
  const waiting = pod.status.containerStatuses?.find((c) => c.state?.waiting)?.state?.waiting
  return waiting?.reason ?? (waiting ? 'waiting' : undefined)
}

/** DaemonSets the controller still works on, apart from what time alone will bring. */
function atWork(cluster: Cluster, ds: DaemonSet): boolean {
  const { expectations, queue } = cluster.componentState('daemonset-controller') as DaemonSetControllerState
  const key = `${ds.metadata.namespace}/${ds.metadata.name}`
  const waited = expectations.get(key)
  return (waited !== undefined && (waited.add > 0 || waited.del > 0)) || queue.failures.has(key)
}

/** DaemonSets with nothing to do but keep things as they are: not being deleted. */
const livingSets = (cluster: Cluster): DaemonSet[] => [...cluster.core.state.tables.DaemonSet.values()].filter((ds) => !ds.metadata.deletionTimestamp)

/** Throws Error when a node has two pods that both may stay, or keeps one that may not. */
export function noneTooMany(cluster: Cluster): void {
  for (const ds of livingSets(cluster)) {
    if (surges(ds)) continue
    for (const { name, exists, pods } of plainNodes(ds, worldOf(cluster))) {
      const live = pods.filter(running)
      if (exists && live.length > 1) throw new Error(`${ds.metadata.name} has ${live.length} pods on ${name}: ${live.map((p) => p.metadata.name).join(', ')}`)
    }
  }
}

/** Throws Error when an eligible node has no pod and nothing explains that. */
export function noneMissing(cluster: Cluster, notReady: (pod: Pod) => boolean): void {
  const stopped = stoppedKubelets(cluster)
  for (const ds of livingSets(cluster)) {
    for (const node of plainNodes(ds, worldOf(cluster))) {
      if (!node.shouldRun) continue
      const live = node.pods.find(running)
      if (!live) {
        if (!isHeldUp(node, cluster, stopped)) throw new Error(`${ds.metadata.name} has no pod on ${node.name}, and nothing says why`)
      } else if (live.status.phase === 'Pending' && notReady(live) && pendingReason(live, stopped) === undefined)
        throw new Error(`${live.metadata.name} is Pending without a reason`)
    }
  }
}

/** A pod that is there but not alive keeps its successor waiting: it terminates on a silent node, has failed (back-off), or has ended for good. */
function isHeldUp({ pods }: PlainNode, cluster: Cluster, stopped: readonly string[]): boolean {
  return pods.some(
    (pod) =>
      (terminating(pod) && stopped.includes(pod.spec.nodeName ?? '')) ||
      pod.status.phase === 'Failed' ||
      (pod.status.phase === 'Succeeded' && !since(cluster.options.version, 'succeededPodsDeleted')),
  )
}

/** Throws Error when the controller, asked again, would still have something to do (failed pods in back-off apart), or its numbers are not a recount. */
export function nothingLeftToDo(cluster: Cluster): void {
  // whatever has not reached the controller by itself (DS-1.14, DS-1.15) does so with any change of the DaemonSet
  const fork = cluster.fork()
  for (const ds of livingSets(fork)) fork.client.patch({ kind: 'DaemonSet', namespace: 'default', name: ds.metadata.name }, 'merge', { metadata: { annotations: { nudge: '1' } } })
  // a pod becomes available without anybody writing to it: the quiet is longer than any minReadySeconds here
  if (fork.settle(12_000, 120_000) >= 120_000) return
  const world = worldOf(fork)
  const failed = new Set(world.pods.filter((pod) => pod.status.phase === 'Failed').map((pod) => pod.metadata.name))
  for (const ds of livingSets(fork)) {
    if (atWork(fork, ds)) continue
    const { name } = ds.metadata
    const [expected, actual] = [recount(ds, world), written(ds)]
    if (expected !== actual) throw new Error(`the status of ${name} says ${actual}, a recount says ${expected}`)
    if (ds.status.observedGeneration !== ds.metadata.generation) throw new Error(`${name}: generation ${ds.metadata.generation} is not observed`)
    const { creations, deletions, candidates, deletionBudget, surgeCandidates, surgeBudget } = allowedNow(ds, world)
    const left = [
      ...[...creations].map((node) => `a pod on ${node}`),
      ...[...deletions].filter(([pod]) => !failed.has(pod)).map(([pod, why]) => `the deletion of ${pod} (${why})`),
      ...(deletionBudget > 0 ? [...candidates].map((pod) => `the replacement of ${pod}`) : []),
      ...(surgeBudget > 0 ? [...surgeCandidates].map((node) => `a new pod on ${node}`) : []),
    ]
    if (left.length > 0) throw new Error(`${name} still needs ${left.join(', ')}`)
  }
}
