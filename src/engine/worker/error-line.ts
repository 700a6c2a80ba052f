import { ApiError } from '#k8s/api-error.ts'
import { findKind } from '#k8s/resources.ts'
import { decode } from '#k8s/schema/decode.ts'
import { newestVersion } from '#k8s/version.ts'
import type { Manifest } from '#kubectl/manifest.ts'
import { type FieldMessage, fieldMessages, fieldPath } from './error-fields.ts'

type Path = (string | number)[]

const valueAt = (manifest: Manifest, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | null | undefined)?.[step], manifest.value)

/** The answer to a patch with a value of the wrong type names no field: what reading the manifest would have said does. */
function wrongType({ value }: Manifest): string {
  const resource = findKind(String(value.kind))
  if (!resource) return ''
  try {
    decode(resource.kind, value, newestVersion)
  } catch (error) {
    if (error instanceof ApiError) return fieldMessages(error.message)[0]?.field ?? ''
    throw error
  }
  return ''
}

/** Of a map of labels the one that is spoken of, by its key or by its value. */
function entryIn(map: unknown, message: string): string[] {
  const wrong = /: Invalid value: "((?:[^"\\]|\\.)*)"/.exec(message)?.[1]
  if (wrong === undefined || typeof map !== 'object' || map === null || Array.isArray(map)) return []
  const said: unknown = JSON.parse(`"${wrong}"`)
  return Object.entries(map)
    .flatMap(([key, value]) => (key === said || value === said ? [key] : []))
    .slice(0, 1)
}

/**
 * The line of a manifest that an error speaks of: that of its field, or of the nearest one above it that is written.
 * `spec.template.labels` is how the API server calls the labels of the template's metadata.
 */
export function errorLine(manifest: Manifest, { field, message }: FieldMessage): number {
  const named = fieldPath(field || (message.startsWith('The request is invalid: patch:') ? wrongType(manifest) : ''))
  const inMetadata = [...named.slice(0, -1), 'metadata', ...named.slice(-1)]
  const path = named.at(-2) === 'template' && !manifest.placeOf(named) && manifest.placeOf(inMetadata) ? inMetadata : named
  return manifest.lineOf([...path, ...entryIn(valueAt(manifest, path), message)])
}
