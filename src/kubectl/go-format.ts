/** How Go's encoding/json prints JSON-like values: object keys come out sorted. */

import { isObject } from '#k8s/patch/json.ts'
import { sortedKeys } from '#k8s/schema/go-format.ts'

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    sortedKeys(value)
      .filter((k) => value[k] !== undefined)
      .map((k) => [k, sorted(value[k])]),
  )
}

/** `<`, `>` and `&` as encoding/json writes them. */
export const escapeHtml = (json: string): string => json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** `json.Marshal` (sorted keys, `<`, `>`, `&` escaped); with indent as `json.MarshalIndent`, which is also `-o json` with four spaces. */
export function marshalJson(value: unknown, indent?: number): string {
  return escapeHtml(JSON.stringify(sorted(value), null, indent) ?? 'null')
}

/** JSON as `kubectl -o json` prints objects: four spaces, keys sorted; no newline at the end. */
export function printJson(value: unknown): string {
  return marshalJson(value, 4)
}
