import { readFileSync } from 'node:fs'
import { Cluster } from '#engine/cluster.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { keepPrinted, type LineResult } from '#kubectl/testing/keep-printed.ts'
import { Commands } from '#scenario/commands.ts'
import type { Scenario, Step } from '#scenario/format.ts'
import { beginScenario, playStep } from '#scenario/play.ts'
import { readScenario } from '#scenario/read.ts'
import { recordCluster } from '#scenario/record.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { RealKubectl } from './real-kubectl.ts'

/** One command line, as the real kubectl and as ours answered it; `after` = the cluster it left, as JSON text. */
export interface Both {
  at: string
  real: LineResult & { after: string }
  ours: LineResult & { after: string }
}

/** When the compared clusters begin: `describe` tells ages by the wall clock, and what lies in its future would be `<invalid>`. */
export const yesterday = (): number => Math.floor(Date.now() / 1000) * 1000 - 86_400_000

const conformance = new URL('../../../../e2e/conformance/', import.meta.url)

export const scenariosFolder = new URL('scenarios/', conformance)

export function publicScenario(id: string): Scenario {
  return readScenario(readFileSync(new URL(`${id}.yaml`, scenariosFolder), 'utf8'))
}

/** Our own kubectl on a cluster: runs one step, its command included. */
function playOurs(cluster: Cluster, step: Step): LineResult {
  const { io, printed } = keepPrinted({ stdin: step.stdin })
  const exit = playStep(cluster, new Commands(cluster), step, createTerminal(cluster.client).run, io) ?? 0
  return { ...printed, exit }
}

/**
 * Plays a scenario with the real kubectl, and every one of its steps with ours from the same state of the cluster: time, random numbers and
 * resource versions are equal at the start of each line.
 */
export async function playBoth(scenario: Scenario, version: KubernetesVersion, program: string): Promise<Both[]> {
  const cluster = new Cluster({ version, kubelets: 'stand-in', epochMs: yesterday() })
  beginScenario(cluster, scenario)
  const twin = cluster.fork()
  const kubectl = await RealKubectl.start(cluster, program)
  const found: Both[] = []
  try {
    for (const [i, step] of scenario.steps.entries()) {
      const { run, wait = 0, ...before } = step
      twin.restore(cluster.snapshot())
      const ours = playOurs(twin, step)
      playOurs(cluster, run === undefined ? before : { ...before, wait: 0.2 })
      const real = run === undefined ? undefined : await kubectl.run(run, step.stdin)
      cluster.runFor(wait * 1000)
      for (const one of [cluster, twin]) if (step.settle !== false) one.settle()
      const after = (one: Cluster) => JSON.stringify(recordCluster(one.client), null, 1)
      if (real) found.push({ at: `#${i} $ ${run}`, real: { ...real, after: after(cluster) }, ours: { ...ours, after: after(twin) } })
    }
  } finally {
    await kubectl.close()
  }
  return found
}
