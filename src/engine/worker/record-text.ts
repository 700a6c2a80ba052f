import { isKubernetesVersion, newestVersion, versions } from '#k8s/version.ts'
import { rememberNodes } from '#scenario/known-nodes.ts'
import { readScenario } from '#scenario/load.ts'
import { finishPortions, recordingScenario } from '#scenario/play.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { Cluster } from '../cluster.ts'
import type { Finding } from './background.ts'
import { Refusal } from './refusal.ts'

export interface RecordOptions {
  version?: string
  seed?: number
  /** Names that the node controller knows from before, so that it does not announce these nodes. */
  knownNodes?: readonly string[]
}

/**
 * Plays the text of a scenario to its end on a cluster of its own and returns the recording as JSON text. The kubelets are stand-ins, as
 * in the conformance recordings. Throws ScenarioError or Refusal.
 */
export function* recordingText(text: string, { version, seed = 1, knownNodes = [] }: RecordOptions = {}): Finding<string> {
  const scenario = readScenario(text)
  const wanted = version ?? scenario.version ?? newestVersion
  if (!isKubernetesVersion(wanted)) throw new Refusal(`Kubernetes version ${wanted} is not known; there are ${versions.join(', ')}`)
  const cluster = new Cluster({ version: wanted, seed, kubelets: 'stand-in' })
  yield* rememberNodes(cluster, knownNodes)
  return `${JSON.stringify(yield* recordingScenario(cluster, scenario, createTerminal(cluster.client).run), null, 1)}\n`
}

/** As `recordingText`, at once. */
export const recordText = (text: string, options?: RecordOptions): string => finishPortions(recordingText(text, options))
