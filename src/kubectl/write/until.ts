import type { ApiClient, Wait } from '#protocol/api-client.ts'

/**
 * Asks again after every change in the cluster until `check` gives a value; undefined when `timeoutMs` of cluster time
 * have passed before (no timeout: waits as long as it takes).
 */
export function* untilChange<T>(client: ApiClient, timeoutMs: number | undefined, check: () => T | undefined): Generator<Wait, T | undefined, void> {
  const end = timeoutMs === undefined ? undefined : client.now() + timeoutMs
  for (;;) {
    const value = check()
    if (value !== undefined) return value
    const left = end === undefined ? undefined : end - client.now()
    if (left !== undefined && left <= 0) return undefined
    yield left === undefined ? { kind: 'change' } : { kind: 'change', ms: left }
  }
}
