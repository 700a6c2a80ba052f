import type { Running } from '#protocol/api-client.ts'
import { type CommandHost, Commands } from '../commands.ts'

interface Host extends CommandHost {
  begin(text: string): number
  settle(): unknown
}

/** Runs a command for at most so much of the cluster's time, then interrupts it, and lets the cluster settle. Returns the exit status. */
export function runToEnd(cluster: Host, running: Running, line: string, maxMs: number): number {
  const commands = new Commands(cluster)
  let status = -1
  commands.start(1, running, cluster.begin(line), (exit) => {
    status = exit
  })
  if (!commands.finish(maxMs)) commands.interruptAll()
  cluster.settle()
  return status
}
