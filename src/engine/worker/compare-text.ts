import { isKubernetesVersion, type KubernetesVersion, versions } from '#k8s/version.ts'
import { changesBetween } from '#k8s/version.ts?sentences'
import type { Comparison } from '#protocol/compare.ts'
import { compareSteps } from '#scenario/compare-steps.ts'
import type { Scenario } from '#scenario/format.ts'
import { readScenario } from '#scenario/load.ts'
import { recordingScenario } from '#scenario/play.ts'
import type { Recording } from '#scenario/record.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { Cluster } from '../cluster.ts'
import type { Finding } from './background.ts'
import { Refusal } from './refusal.ts'
import { summarizeStep } from './summarize-step.ts'

function knownVersion(text: string): KubernetesVersion {
  if (!isKubernetesVersion(text)) throw new Refusal(`Kubernetes version ${text} is not known; there are ${versions.join(', ')}`)
  return text
}

/** Plays it on a cluster of its own, and says how far it is: `before` of `total` steps were played elsewhere. */
function* playing(scenario: Scenario, version: KubernetesVersion, seed: number, before: number): Finding<Recording> {
  const cluster = new Cluster({ version, seed, kubelets: 'stand-in' })
  let played = 0
  const portions = recordingScenario(cluster, scenario, createTerminal(cluster.client).run, (step) => {
    played = step
  })
  for (;;) {
    const { done, value } = portions.next()
    if (done) return value
    yield { done: before + played, total: 2 * scenario.steps.length }
  }
}

/**
 * Plays the text of a scenario on two clusters of its own, alike but for their version (kubelets are stand-ins, as in recordings), and
 * says what differs after each step. Throws ScenarioError or Refusal.
 */
export function* comparing(text: string, wanted: readonly [string, string], seed = 1): Finding<Comparison> {
  const scenario = readScenario(text)
  const [a, b] = [knownVersion(wanted[0]), knownVersion(wanted[1])]
  const first = yield* playing(scenario, a, seed, 0)
  const second = yield* playing(scenario, b, seed, scenario.steps.length)
  const differences = compareSteps(first, second)
  return {
    title: scenario.title,
    versions: [a, b],
    steps: scenario.steps.map((step, at) => ({ ...summarizeStep(step), differences: differences[at] ?? [] })),
    changes: changesBetween(a, b).map(({ since, what }) => ({ since, what })),
  }
}
