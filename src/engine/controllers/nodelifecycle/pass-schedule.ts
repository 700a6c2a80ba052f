import type { KubeNode } from '#k8s/types.ts'
import { monitorPeriodMs, noticePass, passAtOrAfter } from './node-health.ts'
import type { NodeLifecycleContext } from './node-record.ts'

/** Asks the pass at that time (a multiple of 5 s) to look at a node. */
export function lookAt(ctx: NodeLifecycleContext, passMs: number, nodeName: string): void {
  const { passes } = ctx.state
  const names = passes.get(passMs)
  if (names) {
    names.add(nodeName)
    return
  }
  passes.set(passMs, new Set([nodeName]))
  ctx.schedule(passMs - ctx.now(), { do: 'pass', atMs: passMs })
}

/** The next pass that has not run yet. */
export function nextPass(ctx: NodeLifecycleContext): number {
  const pass = passAtOrAfter(ctx.now())
  return pass === ctx.state.lastPassMs ? pass + monitorPeriodMs : pass
}

/** Asks the pass at which the node would be found silent, if it is silent, to look at it. */
export function lookWhenSilent(ctx: NodeLifecycleContext, node: KubeNode): void {
  const record = ctx.state.nodes.get(node.metadata.name)
  if (!record) return
  const notice = noticePass(ctx, node, record)
  if (notice !== undefined && notice > ctx.now()) lookAt(ctx, notice, node.metadata.name)
}
