import { expectationsTimeoutMs } from './constants.ts'

/** Writes of one DaemonSet that the watch has not shown yet. */
interface Expectation {
  add: number
  del: number
  readonly sinceMs: number
}

/** By DaemonSet key. Plain data. */
export type ExpectationsState = Map<string, Expectation>

/**
 * What the controller waits to see of its own writes; until then it creates and deletes nothing more. Waits end after five minutes.
 * @source pkg/controller/controller_utils.go ControllerExpectations; DS-2
 */
export interface Expectations {
  set(key: string, add: number, del: number): void
  lower(key: string, add: number, del: number): void
  satisfied(key: string): boolean
  forget(key: string): void
}

export function createExpectations(state: () => ExpectationsState, now: () => number): Expectations {
  return {
    set: (key, add, del) => state().set(key, { add, del, sinceMs: now() }),
    lower(key, add, del) {
      const expectation = state().get(key)
      if (!expectation) return
      expectation.add -= add
      expectation.del -= del
    },
    satisfied(key) {
      const expectation = state().get(key)
      if (!expectation) return true
      return (expectation.add <= 0 && expectation.del <= 0) || now() - expectation.sinceMs > expectationsTimeoutMs
    },
    forget: (key) => state().delete(key),
  }
}
