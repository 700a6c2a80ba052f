import type { Scenario } from './format.ts'
import { ScenarioError } from './scenario-error.ts'

/** What reads scenario files comes beside the engine: most clusters begin without one. */
type Reading = typeof import('./read.ts')

let loaded: Reading | undefined

/** Resolves when the code is there. */
export async function loadScenarioReading(): Promise<void> {
  loaded = await import('./read.ts')
}

/** Reads and checks a scenario file (YAML). Throws ScenarioError, also where the code for it could not be had. */
export function readScenario(text: string): Scenario {
  if (!loaded) throw new ScenarioError('what reads scenarios could not be loaded; reload the page')
  return loaded.readScenario(text)
}
