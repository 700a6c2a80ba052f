import type { Fleet } from './fleet.ts'
import { loseAllContainers } from './lost-containers.ts'
import { startKubelet, stopKubelet } from './node-agent.ts'

/**
 * The machine restarts: every container of its pods ends, and its kubelet starts them again in the same pod objects, in new
 * sandboxes, init containers first (KL-8.7). How long a machine is away can be played with a stopped kubelet.
 */
export function rebootMachine(fleet: Fleet, name: string): void {
  const { ctx } = fleet
  const node = ctx.api.node(name)
  if (!ctx.state.agents.has(name) || !node) return
  stopKubelet(fleet, name)
  loseAllContainers(fleet, name, { exitCode: 255, reason: 'Unknown' })
  startKubelet(fleet, name)
  if (fleet.profile.talks)
    ctx.record(node, 'Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${ctx.random.int(2 ** 31).toString(16)}`, { host: name })
}
