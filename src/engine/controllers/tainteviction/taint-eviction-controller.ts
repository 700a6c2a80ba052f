/**
 * Deletes pods from nodes with NoExecute taints they do not tolerate, or no longer (NL-6).
 *
 * Modelled: the choice of toleration, countdowns and their cancelling, events, the DisruptionTarget condition.
 * Not modelled: repeated attempts when a delete fails.
 */
import type { Component, ComponentDefinition, Plain, WatchEvent } from '#engine/component.ts'
import type { Taint } from '#k8s/types.ts'
import { semanticEqual } from '#sim/equal.ts'
import { cancelEviction, evictPod, type PodName, processPodOnNode } from './evict.ts'
import { createTaintEvictionState, type TaintEvictionContext, type TaintEvictionState } from './taint-eviction-state.ts'

const none: readonly Taint[] = []

function noExecute(taints: readonly Taint[] | undefined): readonly Taint[] {
  return taints?.some((t) => t.effect === 'NoExecute') ? taints.filter((t) => t.effect === 'NoExecute') : none
}

function onNode(ctx: TaintEvictionContext, { type, object, old }: WatchEvent<'Node'>): void {
  const { taintedNodes } = ctx.state
  const { name } = object.metadata
  if (type === 'DELETED') {
    taintedNodes.delete(name)
    return
  }
  const taints = noExecute(object.spec.taints)
  if (type === 'MODIFIED' && semanticEqual(noExecute(old?.spec.taints), taints)) return
  if (taints.length > 0) taintedNodes.set(name, taints)
  else taintedNodes.delete(name)
  for (const pod of ctx.api.podsOnNode(name)) {
    if (taints.length > 0) processPodOnNode(ctx, pod)
    else cancelEviction(ctx, { namespace: pod.metadata.namespace ?? 'default', name: pod.metadata.name })
  }
}

function onPod(ctx: TaintEvictionContext, { type, object, old }: WatchEvent<'Pod'>): void {
  const { namespace = 'default', name, uid } = object.metadata
  if (type === 'DELETED') {
    // a pod of the same name may be there already; its own event decides about it
    if (ctx.state.evictions.size > 0) cancelEviction(ctx, { namespace, name })
    return
  }
  const { nodeName, tolerations } = object.spec
  if (!nodeName || !ctx.state.taintedNodes.has(nodeName)) return
  if (old && old.spec.nodeName === nodeName && semanticEqual(old.spec.tolerations, tolerations)) return
  const pod = ctx.api.get('Pod', namespace, name)
  if (pod && pod.metadata.uid === uid && pod.spec.nodeName === nodeName) processPodOnNode(ctx, pod)
}

function createTaintEviction(ctx: TaintEvictionContext): Component {
  return {
    watches: ['Node', 'Pod'],
    onWatch(event: WatchEvent) {
      if (event.kind === 'Node') onNode(ctx, event as WatchEvent<'Node'>)
      else onPod(ctx, event as WatchEvent<'Pod'>)
    },
    onTimer(payload: Plain) {
      evictPod(ctx, payload as PodName)
    },
  }
}

export const taintEvictionDefinition: ComponentDefinition<TaintEvictionState> = {
  name: 'taint-eviction-controller',
  order: 80,
  initialState: createTaintEvictionState,
  create: createTaintEviction,
}
