import { changesBetween, isKubernetesVersion, type KubernetesVersion, versions } from '#k8s/version.ts'
import type { Comparison } from '#protocol/compare.ts'
import { compareSteps } from '#scenario/compare-steps.ts'
import { recordScenario } from '#scenario/play.ts'
import { readScenario } from '#scenario/read.ts'
import type { Recording } from '#scenario/record.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { Cluster } from '../cluster.ts'
import { Refusal } from './refusal.ts'
import { summarizeStep } from './summarize-step.ts'

function knownVersion(text: string): KubernetesVersion {
  if (!isKubernetesVersion(text)) throw new Refusal(`Kubernetes version ${text} is not known; there are ${versions.join(', ')}`)
  return text
}

/**
 * Plays the text of a scenario on two clusters of its own, alike but for their version (kubelets are stand-ins, as in recordings), and
 * says what differs after each step. Throws ScenarioError or Refusal.
 */
export function compareText(text: string, wanted: readonly [string, string], seed = 1): Comparison {
  const scenario = readScenario(text)
  const [a, b] = [knownVersion(wanted[0]), knownVersion(wanted[1])]
  const play = (version: KubernetesVersion): Recording => {
    const cluster = new Cluster({ version, seed, kubelets: 'stand-in' })
    return recordScenario(cluster, scenario, createTerminal(cluster.client).run)
  }
  const differences = compareSteps(play(a), play(b))
  return {
    title: scenario.title,
    versions: [a, b],
    steps: scenario.steps.map((step, at) => ({ ...summarizeStep(step), differences: differences[at] ?? [] })),
    changes: changesBetween(a, b).map(({ since, what }) => ({ since, what })),
  }
}
