export interface BatchResult {
  /** How many calls did not throw. */
  successes: number
  /** The first error of the batch that stopped the rest. */
  error?: unknown
}

/** No batch is larger: a ReplicaSet's never could be, a StatefulSet's are held to it. @source pkg/controller/statefulset MaxBatchSize */
const maxBatchSize = 500

/**
 * Calls `work(i)` for 0 ≤ i < count in batches of 1, 2, 4, 8 … 500: every call of a batch is made, and the first batch with an
 * error is the last one.
 * @source pkg/controller/replicaset/replica_set.go slowStartBatch; WC-1.3
 */
export function slowStartBatch(count: number, initialBatchSize: number, work: (index: number) => void): BatchResult {
  let successes = 0
  let done = 0
  for (let size = Math.min(count, initialBatchSize); size > 0; size = Math.min(2 * size, count - done, maxBatchSize)) {
    let failed = false
    let error: unknown
    for (const end = done + size; done < end; done++) {
      try {
        work(done)
        successes++
      } catch (thrown) {
        if (!failed) error = thrown
        failed = true
      }
    }
    if (failed) return { successes, error }
  }
  return { successes }
}
