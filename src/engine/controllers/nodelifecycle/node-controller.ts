/**
 * The node lifecycle controller: condition taints, the health monitor, the NoExecute queue with its zones.
 *
 * Modelled: NL-2 to NL-5. A healthy node costs nothing: lease renewals are arithmetic (`lease.ts`), and a pass of the
 * monitor (multiples of 5 s) happens only when a node changed or will have been silent for too long by then.
 * Not modelled: upstream's every pass takes waiting nodes out of the queue and puts them back in random order, here they
 * keep their places (SIM-5); taint and mark writes that fail and are tried again.
 */
import type { Component, ComponentDefinition, Plain, WatchEvent } from '#engine/component.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { markPodsNotReady } from './mark-pods.ts'
import { monitorNodeHealth } from './monitor-pass.ts'
import { doNoExecuteTaintingPass } from './no-execute-taints.ts'
import { reconcileNodeLabels } from './node-labels.ts'
import { createNodeLifecycleState, type NodeLifecycleContext, type NodeLifecycleState } from './node-record.ts'
import { doNoScheduleTaintingPass } from './node-taints.ts'
import { lookAt, lookWhenSilent, nextPass } from './pass-schedule.ts'

type Timer = { do: 'pass'; atMs: number } | { do: 'taint'; zone: string; atMs: number }

function createNodeController(ctx: NodeLifecycleContext): Component {
  return {
    watches: ['Node', 'Pod', 'Lease'],
    onWatch(event: WatchEvent) {
      if (event.kind === 'Pod') onPod(ctx, event as WatchEvent<'Pod'>)
      else if (event.kind === 'Lease') onLease(ctx, event.object.metadata.name)
      else onNode(ctx, event.object as KubeNode)
    },
    onTimer(payload: Plain) {
      const timer = payload as Timer
      if (timer.do === 'pass') monitorNodeHealth(ctx, timer.atMs)
      else doNoExecuteTaintingPass(ctx, timer.zone, timer.atMs)
    },
  }
}

function onNode(ctx: NodeLifecycleContext, { metadata: { name } }: KubeNode): void {
  const node = ctx.api.node(name)
  if (node) doNoScheduleTaintingPass(ctx, node)
  const tainted = ctx.api.node(name)
  if (tainted) reconcileNodeLabels(ctx, tainted)
  lookAt(ctx, nextPass(ctx), name)
}

/** The lease is written when renewals begin or end: only then may the moment of silence have moved. */
function onLease(ctx: NodeLifecycleContext, name: string): void {
  const node = ctx.api.node(name)
  if (node) lookWhenSilent(ctx, node)
}

/** A pod that arrives on a node known not to be Ready is marked too (NL-2.7). */
function onPod(ctx: NodeLifecycleContext, { type, object, old }: WatchEvent<'Pod'>): void {
  const { nodeName } = object.spec
  if (!nodeName || type === 'DELETED' || old?.spec.nodeName === nodeName) return
  if (!ctx.state.notReady.has(nodeName)) return
  const pod: Pod | undefined = ctx.api.get('Pod', object.metadata.namespace ?? 'default', object.metadata.name)
  if (pod?.spec.nodeName === nodeName) markPodsNotReady(ctx, [pod])
}

export const nodeControllerDefinition: ComponentDefinition<NodeLifecycleState> = {
  name: 'node-controller',
  order: 70,
  initialState: createNodeLifecycleState,
  create: createNodeController,
}
