import { describe, expect, it } from 'vitest'
import { reasonIn } from './reason.ts'

describe('reasonIn', () => {
  it('comes to the point of an answer to a patch', () => {
    const patch = JSON.stringify(`map[metadata:map[annotations:map[last-applied:{"a":"${'x'.repeat(200)}"}]]]`)
    expect(reasonIn(`The request is invalid: patch: Invalid value: ${patch}: strict decoding error: unknown field "spec.x"`)).toBe(
      'The request is invalid: patch: Invalid value: "…": strict decoding error: unknown field "spec.x"',
    )
  })

  it('leaves out the patch and what it was for', () => {
    const why =
      'Operation cannot be fulfilled on nodes "a": the object has been modified; please apply your changes to the latest version and try again'
    const to = 'Resource: "/v1, Resource=nodes", GroupVersionKind: "/v1, Kind=Node"\nName: "a", Namespace: ""'
    const said = (before: string) =>
      `Error from server (Conflict): error when applying patch:\n{"metadata":{}}\nto:\n${to}\nfor: "x.yaml": ${before}${why}`
    for (const before of ['', 'error when patching "x.yaml": ']) expect(reasonIn(said(before))).toBe(`Error from server (Conflict): ${why}`)
  })

  it('leaves out the three states of an object that no patch could be made of', () => {
    const why = 'map: map[image:x] does not contain declared merge key: name'
    const states = 'creating patch with:\noriginal:\n{"a":"\\nfor: x"}\n\nmodified:\n{}\n\ncurrent:\n{}\n\nfor: '
    const said = `error: error when applying patch:\n\nto:\nResource: "/v1, Resource=pods"\nfor: "x.yaml": error when patching "x.yaml": ${states}${why}`
    expect(reasonIn(said)).toBe(`error: ${why}`)
  })

  it('leaves out what conflicts', () => {
    const patch = 'spec:\n  replicas: 1\n'
    const states = `creating patch with:\noriginal:\n{}\nmodified:\n{}\n\ncurrent:\n{}\n\nfor: patch:\n${patch}\n`
    const said = `error: error when applying patch:\n\nto:\nResource: "/v1, Resource=pods"\nfor: "x.yaml": error when patching "x.yaml": ${states}`
    const conflict = `conflicts with changes made from original to current:\n${patch}\n`
    expect(reasonIn(said + conflict)).toBe('error: the patch conflicts with changes made from original to current')
  })

  it('leaves a value that can be read', () => {
    const said = 'metadata.labels: Invalid value: "c d": a valid label must be an empty string'
    expect(reasonIn(said)).toBe(said)
  })
})
