/** Creations and deletions a controller has asked for and not yet seen on its watch. */
export interface Expectation {
  adds: number
  /** `namespace/name` of pods whose deletion was asked for. */
  deletes: Set<string>
  atMs: number
}

/** By the key of the owner. Plain data, part of a controller's state. */
export type Expectations = Map<string, Expectation>

/** Unmet expectations are forgotten after this long. @source controller.ExpectationsTimeout */
export const expectationsTimeoutMs = 300_000

export function expectCreations(expectations: Expectations, key: string, adds: number, atMs: number): void {
  expectations.set(key, { adds, deletes: new Set(), atMs })
}

export function expectDeletions(expectations: Expectations, key: string, podKeys: readonly string[], atMs: number): void {
  expectations.set(key, { adds: 0, deletes: new Set(podKeys), atMs })
}

/** One creation less to wait for (or several that will not happen). */
export function creationObserved(expectations: Expectations, key: string, count = 1): void {
  const expectation = expectations.get(key)
  if (expectation) expectation.adds -= count
}

export function deletionObserved(expectations: Expectations, key: string, podKey: string): void {
  expectations.get(key)?.deletes.delete(podKey)
}

/**
 * Whether the controller may create and delete again for this owner: nothing outstanding, or nothing heard for five minutes.
 * @source pkg/controller/controller_utils.go SatisfiedExpectations; WC-1.1
 */
export function satisfiedExpectations(expectations: Expectations, key: string, nowMs: number): boolean {
  const expectation = expectations.get(key)
  if (!expectation) return true
  return (expectation.adds <= 0 && expectation.deletes.size === 0) || nowMs - expectation.atMs > expectationsTimeoutMs
}
