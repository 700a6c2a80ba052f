import { expect, it } from 'vitest'
import { haveConflicts } from './conflicts.ts'
import type { JsonObject } from './json.ts'
import { typeOfKind } from './merge-meta.ts'

const conflict = (left: JsonObject, right: JsonObject) => haveConflicts(left, right, typeOfKind('Pod'))
const containers = (...list: JsonObject[]): JsonObject => ({ spec: { containers: list } })
const labels = (of: JsonObject): JsonObject => ({ metadata: { labels: of } })

it.each<[what: string, left: JsonObject, right: JsonObject, conflicts: boolean]>([
  ['other fields', labels({ a: '1' }), labels({ b: '2' }), false],
  ['one value', labels({ a: '1' }), labels({ a: '1' }), false],
  ['two values', labels({ a: '1' }), labels({ a: '2' }), true],
  ['a value and its removal', labels({ a: '1' }), labels({ a: null }), true],
  ['a part and the removal of the whole', labels({ a: '1' }), { metadata: { labels: null } }, true],
  ['items of other keys', containers({ name: 'a', image: '1' }), containers({ name: 'b', image: '2' }), false],
  ['other fields of an item', containers({ name: 'a', image: '1' }), containers({ name: 'a', tty: true }), false],
  ['one field of an item', containers({ name: 'a', image: '1' }), containers({ name: 'a', image: '2' }), true],
  ['an item and its removal', containers({ name: 'a', image: '1' }), containers({ name: 'a', $patch: 'delete' }), true],
  ['lists that are replaced, of one length', containers({ name: 'a', args: ['x'] }), containers({ name: 'a', args: ['y'] }), true],
  ['lists that are replaced, alike', containers({ name: 'a', args: ['x'] }), containers({ name: 'a', args: ['x'] }), false],
  ['lists that are replaced, of two lengths', containers({ name: 'a', args: [] }), containers({ name: 'a', args: ['x'] }), true],
  ['merged lists of plain values', { metadata: { finalizers: ['a'] } }, { metadata: { finalizers: ['b'] } }, false],
])('%s', (_what, left, right, conflicts) => {
  expect([conflict(left, right), conflict(right, left)]).toEqual([conflicts, conflicts])
})
