import { createHash } from 'node:crypto'
import { Cluster, type ClusterOptions } from '#engine/cluster.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Commands } from '#scenario/commands.ts'
import type { Scenario } from '#scenario/format.ts'
import { beginScenario, playStep } from '#scenario/play.ts'
import { createTerminal } from '#scenario/terminal.ts'

/** More timers than this in one step of a session mean that something goes round in circles. */
const maxTimers = 60_000

function guardAgainstCircles(cluster: Cluster): () => void {
  let from = cluster.steps
  const inner = cluster.onStep
  cluster.onStep = () => {
    inner?.()
    if (cluster.steps - from > maxTimers) throw new Error(`${maxTimers} timers in one step of the session; at ${cluster.nowMs} ms it still goes on`)
  }
  return () => {
    from = cluster.steps
  }
}

/** Longest that a step may take to settle, ms of cluster time. */
const settleMaxMs = 60_000

export interface PlayOptions {
  kubelets?: ClusterOptions['kubelets']
  /** Before the first machine joins. */
  begin?(cluster: Cluster): void
  /** After every step; `quiet` = nothing changes any more, `index` counts from 0. */
  afterStep?(cluster: Cluster, index: number, quiet: boolean): void
}

/** Plays a scenario as `npm run play` does, seed 1, and looks at the cluster on the way. Returns the cluster. */
export function playCase(scenario: Scenario, { kubelets = 'stand-in', begin, afterStep }: PlayOptions = {}): Cluster {
  const cluster = new Cluster({ version: scenario.version as KubernetesVersion, seed: 1, kubelets })
  begin?.(cluster)
  const nextStep = guardAgainstCircles(cluster)
  const commands = new Commands(cluster)
  const { run } = createTerminal(cluster.client)
  beginScenario(cluster, scenario)
  for (const [index, step] of scenario.steps.entries()) {
    nextStep()
    playStep(cluster, commands, step, run, { out: () => undefined, err: () => undefined, stdin: step.stdin, readFile: () => undefined })
    const quiet = step.settle !== false && cluster.settle() < settleMaxMs
    afterStep?.(cluster, index, quiet)
  }
  return cluster
}

/** All that a cluster shows at one moment, shortened to a digest for each part: clock, objects by kind, journal. Equal pictures = equal histories. */
export function pictureOf(cluster: Cluster): string {
  const { tables, journal, resourceVersion } = cluster.core.state
  const digest = (value: unknown) => createHash('sha1').update(JSON.stringify(value)).digest('base64').slice(0, 12)
  const objects = Object.entries(tables).map(([kind, table]) => `${kind} ${digest([...(table as ReadonlyMap<string, unknown>).values()])}`)
  return [`${cluster.nowMs} ms, ${cluster.steps} timers, revision ${resourceVersion}`, ...objects, `journal ${digest(journal.entries)}`].join('\n')
}
