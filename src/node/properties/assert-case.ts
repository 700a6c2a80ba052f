import fc from 'fast-check'
import type { Scenario } from '#scenario/format.ts'
import { writeScenario } from '#scenario/write.ts'
import { scenario } from './scenario-arbitrary.ts'

/**
 * `PROPERTY_RUNS=2000 PROPERTY_SEED=7 npx vitest run src/node/properties` searches longer and elsewhere; with `PROPERTY_FIRST=1` the first
 * failing session is printed as it is, without the long search for a smaller one.
 */
const runsFactor = Number(process.env.PROPERTY_RUNS ?? 0)
const seed = Number(process.env.PROPERTY_SEED ?? 20261123)

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
    {
      seed,
      numRuns: runsFactor || runs,
      endOnFailure: process.env.PROPERTY_FIRST === '1',
      interruptAfterTimeLimit: process.env.PROPERTY_LIMIT ? Number(process.env.PROPERTY_LIMIT) * 1000 : undefined,
    },
  )
  if (!result.failed || result.counterexample === null) return
  const error = result.errorInstance as Error | undefined
  throw new Error(`${error?.message}\n\n${caseText(result.counterexample[0], result.seed, result.counterexamplePath)}`, { cause: error })
}
