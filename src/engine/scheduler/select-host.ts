import type { Random } from '#sim/random.ts'
import type { Cycle } from './cycle.ts'
import type { NodeInfo } from './node-info.ts'
import { scores } from './scores/index.ts'
import type { ScoreName } from './scores/plugin.ts'

/** A feasible node with what each plugin gave it, before weighting. */
export interface NodeScore {
  readonly info: NodeInfo
  readonly total: number
  readonly byPlugin: Readonly<Partial<Record<ScoreName, number>>>
}

/** Sum of weight × score over the plugins, in the order of the nodes. @source prioritizeNodes; SCH-5.10 */
export function prioritizeNodes(cycle: Cycle, nodes: readonly NodeInfo[]): NodeScore[] {
  const totals = nodes.map(() => 0)
  const parts: { name: ScoreName; values: readonly number[] }[] = []
  for (const { name, weight, score } of scores) {
    const values = score(cycle, nodes)
    if (!values) continue
    parts.push({ name, values })
    for (let i = 0; i < values.length; i++) totals[i] = (totals[i] as number) + weight * (values[i] as number)
  }
  return nodes.map((info, i) => {
    const byPlugin: Partial<Record<ScoreName, number>> = {}
    for (const { name, values } of parts) byPlugin[name] = values[i]
    return { info, total: totals[i] as number, byPlugin }
  })
}

/** The best node; among equals one at random, each alike. @source selectHost; SCH-5.10 */
export function selectHost(ranked: readonly NodeScore[], random: Random): NodeInfo {
  let best: NodeScore[] = []
  for (const candidate of ranked) {
    const leader = best[0]
    if (!leader || candidate.total > leader.total) best = [candidate]
    else if (candidate.total === leader.total) best.push(candidate)
  }
  return (best[best.length > 1 ? random.int(best.length) : 0] as NodeScore).info
}
