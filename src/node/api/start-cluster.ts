import '#shell/commands.ts'
import { Cluster, type ClusterOptions } from '#engine/cluster.ts'
import { populateDefaultCluster } from '#engine/default-cluster.ts'
import { Commands } from '#scenario/commands.ts'
import type { Scenario } from '#scenario/format.ts'
import { beginScenario, playStep } from '#scenario/play.ts'
import { createTerminal } from '#scenario/terminal.ts'

/** The commands' output of a scenario that is only played for what it leaves. */
const silent = { out: () => {}, err: () => {}, readFile: () => undefined }

function populate(cluster: Cluster, scenario: Scenario | undefined): void {
  if (!scenario) {
    populateDefaultCluster(cluster)
    return
  }
  const commands = new Commands(cluster)
  const { run } = createTerminal(cluster.client)
  beginScenario(cluster, scenario)
  for (const step of scenario.steps) {
    playStep(cluster, commands, step, run, { ...silent, stdin: step.stdin })
    if (step.settle !== false) cluster.settle()
  }
}

/**
 * A cluster after a scenario (or the one a visitor of the page finds), whose time at its end is `nowMs`, wall-clock ms. How long the
 * past takes is known only when it was played, so it is played twice.
 */
export function startCluster(options: ClusterOptions, scenario: Scenario | undefined, nowMs: number): Cluster {
  const trial = new Cluster(options)
  populate(trial, scenario)
  const cluster = new Cluster({ ...options, epochMs: nowMs - trial.nowMs })
  populate(cluster, scenario)
  return cluster
}
