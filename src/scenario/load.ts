import { latePart } from '#k8s/late-part.ts'
import type { Scenario } from './format.ts'
import { ScenarioError } from './scenario-error.ts'

/** What reads scenario files comes beside the engine: most clusters begin without one. */
const reading = latePart(() => import('./read.ts'))

export const loadScenarioReading = reading.load

/** Reads and checks a scenario file (YAML). Throws ScenarioError, also where the code for it could not be had. */
export function readScenario(text: string): Scenario {
  const here = reading.here()
  if (!here) throw new ScenarioError('what reads scenarios could not be loaded; reload the page')
  return here.readScenario(text)
}
