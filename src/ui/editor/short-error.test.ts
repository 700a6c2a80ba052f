import { describe, expect, it } from 'vitest'
import { shortError } from './short-error.ts'

describe('shortError', () => {
  it('comes to the point of an answer to a patch', () => {
    const patch = JSON.stringify(`map[metadata:map[annotations:map[last-applied:{"a":"${'x'.repeat(200)}"}]]]`)
    expect(shortError(`The request is invalid: patch: Invalid value: ${patch}: strict decoding error: unknown field "spec.x"`)).toBe(
      'The request is invalid: patch: Invalid value: "…": strict decoding error: unknown field "spec.x"',
    )
  })

  it('leaves a value that can be read', () => {
    const said = 'metadata.labels: Invalid value: "c d": a valid label must be an empty string'
    expect(shortError(said)).toBe(said)
  })
})
