/** What must be true of every DaemonSet when nothing changes any more. */
import type { Cluster } from '#engine/cluster.ts'
import type { DaemonSetControllerState } from '#engine/controllers/daemonset/controller.ts'
import { stoppedKubelets } from '#engine/kubelet/stopped-kubelets.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
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
      if (exists && live.length > 1)
        throw new Error(`${ds.metadata.name} has ${live.length} pods on ${name}: ${live.map((p) => p.metadata.name).join(', ')}`)
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

/** What one DaemonSet still needs (failed pods in back-off apart), or what its status says wrongly. Undefined = all is done. */
function leftToDo(ds: DaemonSet, cluster: Cluster): string | undefined {
  const world = worldOf(cluster)
  const { name } = ds.metadata
  const [expected, actual] = [recount(ds, world), written(ds)]
  if (expected !== actual) return `the status of ${name} says ${actual}, a recount says ${expected}`
  if (ds.status.observedGeneration !== ds.metadata.generation) return `${name}: generation ${ds.metadata.generation} is not observed`
  const failed = new Set(world.pods.filter((pod) => pod.status.phase === 'Failed').map((pod) => pod.metadata.name))
  const { creations, deletions, candidates, deletionBudget, surgeCandidates, surgeBudget } = allowedNow(ds, world)
  const left = [
    ...[...creations].map((node) => `a pod on ${node}`),
    ...[...deletions].filter(([pod]) => !failed.has(pod)).map(([pod, why]) => `the deletion of ${pod} (${why})`),
    ...(deletionBudget > 0 ? [...candidates].map((pod) => `the replacement of ${pod}`) : []),
    ...(surgeBudget > 0 ? [...surgeCandidates].map((node) => `a new pod on ${node}`) : []),
  ]
  return left.length > 0 ? `${name} still needs ${left.join(', ')}` : undefined
}

/** As often as it is asked, before what is left counts as forgotten. */
const nudges = 6
/** Pods become available without anybody writing to them: longer than any minReadySeconds of the sessions. */
const quietMs = 12_000
const longMs = 120_000

/**
 * Throws Error when the controller, asked again, still has something to do, or its numbers are not a recount. It is asked by a
 * change of the DaemonSet, in a copy of the cluster: not everything reaches it by itself (DS-1.14, DS-1.15), and of two waits for one
 * DaemonSet the later one is lost, so that with surge and minReadySeconds a pod can become available unnoticed.
 */
export function nothingLeftToDo(cluster: Cluster): void {
  const fork = cluster.fork()
  for (let nudge = 0; ; nudge++) {
    for (const { metadata } of livingSets(fork)) {
      const ref = { kind: 'DaemonSet', namespace: metadata.namespace ?? 'default', name: metadata.name } as const
      fork.client.patch(ref, 'merge', { metadata: { annotations: { nudge: String(nudge) } } })
    }
    if (fork.settle(quietMs, longMs) >= longMs) return
    const left = livingSets(fork).flatMap((ds) => (atWork(fork, ds) ? [] : (leftToDo(ds, fork) ?? [])))
    if (left.length === 0) return
    if (nudge === nudges) throw new Error(left.join('; '))
  }
}
