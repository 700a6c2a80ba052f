import { swapLimiter } from './limiter.ts'
import { markNodeAsReachable, wakeWorker } from './no-execute-taints.ts'
import { type NodeLifecycleContext, updateRecord } from './node-record.ts'
import { lookWhenSilent } from './pass-schedule.ts'
import { computeZoneState, msPerTokenIn, type Zone } from './zone.ts'

/**
 * Judges the zones at the end of a pass and sets their tainting pace; when every zone is fully disrupted nobody is
 * tainted and existing NoExecute taints are taken away (NL-5.4).
 * @source node_lifecycle_controller.go handleDisruption
 */
export function handleDisruption(ctx: NodeLifecycleContext): void {
  const counted = [...ctx.state.zones].filter(([, zone]) => zone.ready + zone.notReady > 0)
  forgetEmptyZones(ctx)
  const allAre = counted.every(([, zone]) => computeZoneState(zone) === 'FullDisruption')
  const allWere = counted.every(([, zone]) => zone.state === 'FullDisruption')
  if (allAre && allWere) return
  if (allAre) stopAllEvictions(ctx)
  else if (allWere) resumeEvictions(ctx)
  else for (const [key, zone] of counted) setZoneState(ctx, key, zone)
}

/** A zone that comes back later starts anew, with a token in its bucket. Nodes that are not counted may still wait in its queue. */
function forgetEmptyZones({ state }: NodeLifecycleContext): void {
  for (const [key, zone] of state.zones) {
    if (zone.ready + zone.notReady > 0) continue
    zone.state = 'Initial'
    if (![...zone.queue].some((name) => state.nodes.has(name))) state.zones.delete(key)
  }
}

function stopAllEvictions(ctx: NodeLifecycleContext): void {
  for (const name of ctx.state.nodes.keys()) {
    const node = ctx.api.node(name)
    if (node) markNodeAsReachable(ctx, node)
  }
  for (const zone of ctx.state.zones.values()) {
    swapLimiter(zone.limiter, 0, ctx.now())
    zone.state = 'FullDisruption'
  }
}

/** Every node gets a fresh start: nobody knows whether it was the nodes or the network (NL-5.5). */
function resumeEvictions(ctx: NodeLifecycleContext): void {
  for (const name of ctx.state.nodes.keys()) {
    updateRecord(ctx, name, { probeMs: ctx.now() })
    const node = ctx.api.node(name)
    if (node) lookWhenSilent(ctx, node)
  }
  for (const [key, zone] of ctx.state.zones) setLimiter(ctx, key, zone)
}

function setZoneState(ctx: NodeLifecycleContext, key: string, zone: Zone): void {
  if (computeZoneState(zone) !== zone.state) setLimiter(ctx, key, zone)
}

function setLimiter(ctx: NodeLifecycleContext, key: string, zone: Zone): void {
  zone.state = computeZoneState(zone)
  swapLimiter(zone.limiter, msPerTokenIn(zone.state, zone.ready + zone.notReady), ctx.now())
  wakeWorker(ctx, key)
}
