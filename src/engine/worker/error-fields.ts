import { findKind } from '#k8s/resources.ts'

/** A part of a kubectl error that is about one field. */
export interface FieldMessage {
  /** `spec.template.metadata.labels`; empty when the error names none. */
  field: string
  message: string
}

const invalid = /^The \w+ "[^"]*" is invalid: ?/
const cause = /^([a-zA-Z][\w.[\]/-]*): (.*)$/s

const patterns: readonly ((text: string) => string[] | undefined)[] = [
  // server-side strict decoding
  (text) =>
    text.includes('strict decoding error') ? [...text.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map((m) => m[1] as string) : undefined,
  // a value of the wrong type
  (text) => {
    const found = /Go struct field \w+\.([\w.]+) of type/.exec(text)
    return found ? [found[1] as string] : undefined
  },
  // no API has such a kind, or not of this apiVersion
  (text) => {
    const kind = /no matches for kind "([^"]*)"/.exec(text)?.[1]
    return kind === undefined ? undefined : [findKind(kind) ? 'apiVersion' : 'kind']
  },
  // the client's own check against the schema
  (text) => {
    const found = [...text.matchAll(/ValidationError\(\w+\.?([^)]*)\): (?:(?:unknown|missing required) field "([^"]+)")?/g)]
    return found.length ? found.map((m) => [m[1], m[0].includes('unknown') ? m[2] : undefined].filter(Boolean).join('.')) : undefined
  },
]

/** What an error says, field by field: one entry for each cause of an Invalid answer, else one or more for the whole text. */
export function fieldMessages(text: string): FieldMessage[] {
  const trimmed = text.trim()
  if (invalid.test(trimmed)) {
    const body = trimmed.replace(invalid, '')
    const causes = body.includes('* ') && !cause.test(body.split('\n')[0] ?? '') ? body.split(/\n?\* /).filter((line) => line.trim()) : [body]
    return causes.map((line) => {
      const found = cause.exec(line.trim())
      return found ? { field: found[1] as string, message: line.trim() } : { field: '', message: line.trim() }
    })
  }
  for (const pattern of patterns) {
    const fields = pattern(trimmed)
    if (fields?.length) return fields.map((field) => ({ field, message: trimmed }))
  }
  return [{ field: '', message: trimmed }]
}

/** `spec.containers[0].limits[a.b/c]` as the keys that lead there. */
export function fieldPath(field: string): (string | number)[] {
  return [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name as string) : /^\d+$/.test(index) ? Number(index) : index,
  )
}
