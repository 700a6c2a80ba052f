import type { Random } from '#sim/random.ts'
import type { Cycle } from './cycle.ts'
import { judge } from './judgement.ts'
import type { NodeInfo } from './node-info.ts'
import { comparingScores } from './scores/index.ts'

/** Sum of weight × score over the plugins, in the order of the nodes. `ownScores` = what each says by itself. @source prioritizeNodes; SCH-5.10 */
export function prioritizeNodes(
  cycle: Cycle,
  nodes: readonly NodeInfo[],
  ownScores: readonly number[] = nodes.map((info) => judge(cycle, info).score),
): number[] {
  const totals = [...ownScores]
  for (const plugin of comparingScores) {
    if (plugin.skips(cycle)) continue
    const values = plugin.score(cycle, nodes)
    for (let i = 0; i < values.length; i++) totals[i] = (totals[i] as number) + plugin.weight * (values[i] as number)
  }
  return totals
}

/** The best node; among equals one at random, each alike. @source selectHost; SCH-5.10 */
export function selectHost(nodes: readonly NodeInfo[], totals: readonly number[], random: Random): NodeInfo {
  let highest = Number.NEGATIVE_INFINITY
  let best: NodeInfo[] = []
  for (let i = 0; i < nodes.length; i++) {
    const total = totals[i] as number
    if (total < highest) continue
    if (total > highest) {
      highest = total
      best = []
    }
    best.push(nodes[i] as NodeInfo)
  }
  return best[best.length > 1 ? random.int(best.length) : 0] as NodeInfo
}
