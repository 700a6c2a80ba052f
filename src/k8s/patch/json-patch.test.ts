import { describe, expect, it } from 'vitest'
import { applyJsonPatch } from './json-patch.ts'
import { applyMergePatch } from './merge-patch.ts'

const object = { name: 'x', labels: { a: '1' }, list: [1, 2, 3] }

/** Answers of `kubectl patch --local --type=json`. */
const applied: [name: string, patch: object[], expected: object][] = [
  ['replace', [{ op: 'replace', path: '/labels/a', value: '2' }], { ...object, labels: { a: '2' } }],
  ['replace what is not there adds it', [{ op: 'replace', path: '/labels/b', value: '2' }], { ...object, labels: { a: '1', b: '2' } }],
  ['add with an escaped key', [{ op: 'add', path: '/labels/x~1y', value: 'n' }], { ...object, labels: { a: '1', 'x/y': 'n' } }],
  ['add at the end', [{ op: 'add', path: '/list/-', value: 4 }], { ...object, list: [1, 2, 3, 4] }],
  ['add in between', [{ op: 'add', path: '/list/1', value: 9 }], { ...object, list: [1, 9, 2, 3] }],
  ['remove', [{ op: 'remove', path: '/list/0' }], { ...object, list: [2, 3] }],
  ['remove from the end', [{ op: 'remove', path: '/list/-1' }], { ...object, list: [1, 2] }],
  ['copy', [{ op: 'copy', from: '/labels/a', path: '/labels/c' }], { ...object, labels: { a: '1', c: '1' } }],
  ['move', [{ op: 'move', from: '/labels/a', path: '/labels/c' }], { ...object, labels: { c: '1' } }],
  ['test that holds', [{ op: 'test', path: '/name', value: 'x' }], object],
  ['test of a missing field for null', [{ op: 'test', path: '/labels/z', value: null }], object],
]

const rejected: [name: string, patch: object[]][] = [
  ['remove what is not there', [{ op: 'remove', path: '/labels/nope' }]],
  ['add beyond the end', [{ op: 'add', path: '/list/7', value: 1 }]],
  ['add below what is not there', [{ op: 'add', path: '/annotations/x', value: 'y' }]],
  ['test that fails', [{ op: 'test', path: '/name', value: 'y' }]],
  ['unknown operation', [{ op: 'nope', path: '/name' }]],
  ['path without slash', [{ op: 'remove', path: 'name' }]],
]

describe('applyJsonPatch', () => {
  it.each(applied)('%s', (_, patch, expected) => {
    const before = JSON.stringify(object)
    expect(applyJsonPatch<object>(object, patch)).toEqual(expected)
    expect(JSON.stringify(object)).toBe(before)
  })

  it.each(rejected)('%s', (_, patch) => {
    expect(() => applyJsonPatch(object, patch)).toThrow('the server rejected our request due to an error in our request')
  })

  it('takes only lists', () => {
    expect(() => applyJsonPatch(object, { op: 'x' })).toThrow('json: cannot unmarshal object into Go value of type jsonpatch.Patch')
  })
})

describe('applyMergePatch (RFC 7386)', () => {
  it('takes lists without the nulls in them, as the API server does', () => {
    expect(applyMergePatch<object>({ list: [1] }, { list: [null, 2, { a: null, b: [null] }] })).toEqual({ list: [2, { b: [] }] })
  })

  it('merges objects, replaces lists, removes by null', () => {
    const patch = { labels: { a: null, b: { c: null, d: 1 } }, list: [4], name: 'y' }
    expect(applyMergePatch<object>(object, patch)).toEqual({ name: 'y', labels: { b: { d: 1 } }, list: [4] })
  })
})
