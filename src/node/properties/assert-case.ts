import fc from 'fast-check'
import type { Scenario } from '#scenario/format.ts'
import { writeScenario } from '#scenario/write.ts'
import { scenario } from './scenario-arbitrary.ts'
import { search } from './search.ts'

/** How to see a failing case again. */
function caseText(failing: Scenario, seedOfRun: number, path: string | null): string {
  return writeScenario(failing, [
    'save as property.yaml; npm run play -- property.yaml --out DIR',
    `found with seed ${seedOfRun}, path ${path ?? ''}`,
  ])
}

/**
 * Checks a property of random sessions; `check` throws when it does not hold. Throws Error with the smallest failing
 * session found, as a scenario file. `runs` = sessions played unless PROPERTY_RUNS says otherwise.
 */
export function assertCase(runs: number, check: (scenario: Scenario) => void, sessions: fc.Arbitrary<Scenario> = scenario): void {
  const result = fc.check(
    fc.property(sessions, (s) => {
      check(s)
    }),
    search(runs),
  )
  if (!result.failed || result.counterexample === null) return
  const error = result.errorInstance as Error | undefined
  throw new Error(`${error?.message}\n\n${caseText(result.counterexample[0], result.seed, result.counterexamplePath)}`, { cause: error })
}
