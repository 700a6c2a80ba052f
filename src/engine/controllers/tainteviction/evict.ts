import { withDisruptionTarget } from '#k8s/pod-condition.ts'
import type { Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { TaintEvictionContext } from './taint-eviction-state.ts'
import { hasUntolerated, tolerationSeconds } from './toleration-time.ts'

export type PodName = { readonly namespace: string; readonly name: string }

const keyOf = ({ namespace, name }: PodName) => `${namespace}/${name}`

/** The event names the pod without its uid, as upstream's does (NL-6.6). */
function record(ctx: TaintEvictionContext, pod: PodName, text: string): void {
  const about = { apiVersion: 'v1', kind: 'Pod', metadata: { ...pod } }
  const component = since(ctx.version, 'taintEvictionController') ? 'taint-eviction-controller' : 'taint-controller'
  ctx.record(about, 'Normal', 'TaintManagerEviction', `${text} Pod ${keyOf(pod)}`, { component })
}

/** Stops a running countdown and says so; a pod already sent away is forgotten silently (NL-6.5). */
export function cancelEviction(ctx: TaintEvictionContext, pod: PodName): void {
  const { evictions } = ctx.state
  const eviction = evictions.get(keyOf(pod))
  if (eviction === undefined) return
  evictions.delete(keyOf(pod))
  if (!eviction) return
  ctx.cancel(eviction.timer)
  record(ctx, pod, 'Cancelling deletion of')
}

/**
 * Decides whether a pod may stay on its tainted node: for ever, for a while, or not. A pod that was sent away and is still
 * there is sent away again when the node's taints change and it does not tolerate them; a countdown does not begin twice.
 * @source pkg/controller/tainteviction/taint_eviction.go processPodOnNode, timed_workers.go CancelWork; NL-6.2 to NL-6.4, NL-6.8
 */
export function processPodOnNode(ctx: TaintEvictionContext, pod: Pod): void {
  const taints = ctx.state.taintedNodes.get(pod.spec.nodeName ?? '')
  if (!taints) return
  const name: PodName = { namespace: pod.metadata.namespace ?? 'default', name: pod.metadata.name }
  const { evictions } = ctx.state
  const running = evictions.get(keyOf(name))
  const seconds = tolerationSeconds(taints, pod.spec.tolerations)
  if (seconds === undefined) {
    cancelEviction(ctx, name)
    return
  }
  const mayStay = !hasUntolerated(taints, pod.spec.tolerations)
  if (running === null && mayStay) return
  if (running) {
    if (mayStay && running.createdMs < ctx.now()) return
    cancelEviction(ctx, name)
  }
  if (seconds === 0) {
    evictPod(ctx, name)
    return
  }
  const timer = ctx.schedule(seconds * 1000, { namespace: name.namespace, name: name.name })
  evictions.set(keyOf(name), { timer, createdMs: ctx.now(), atMs: ctx.now() + seconds * 1000 })
}

const becauseOfTaint = { reason: 'DeletionByTaintManager', message: 'Taint manager: deleting due to NoExecute taint' } as const

/** Marks why, then deletes with the pod's own grace period (NL-6.7). */
export function evictPod(ctx: TaintEvictionContext, name: PodName): void {
  ctx.state.evictions.set(keyOf(name), null)
  record(ctx, name, 'Marking for deletion')
  const pod = ctx.api.get('Pod', name.namespace, name.name)
  if (!pod) return
  if (since(ctx.version, 'disruptionConditions')) {
    const status = withDisruptionTarget(pod, becauseOfTaint, ctx.version, ctx.timestamp())
    if (status !== pod.status) ctx.api.updateStatus('Pod', pod, status)
  }
  ctx.api.delete('Pod', name.namespace, name.name)
}
