/**
 * How far the properties are searched. `PROPERTY_RUNS=2000 PROPERTY_SEED=7 npx vitest run src/node/properties` searches longer and elsewhere,
 * `PROPERTY_LIMIT` ends a search after so many seconds; with `PROPERTY_FIRST=1` the first failing case is printed as it is, without the long
 * search for a smaller one.
 */
const { PROPERTY_RUNS: runs, PROPERTY_SEED: seed, PROPERTY_LIMIT: seconds, PROPERTY_FIRST: first } = process.env

/** What fast-check is to do; `usual` = cases unless PROPERTY_RUNS says otherwise. */
export const search = (usual: number) => ({
  seed: Number(seed ?? 20261123),
  numRuns: Number(runs ?? 0) || usual,
  endOnFailure: first === '1',
  interruptAfterTimeLimit: seconds ? Number(seconds) * 1000 : undefined,
})

/** For a test, ms. */
export const timeout = runs ? 86_400_000 : 60_000
