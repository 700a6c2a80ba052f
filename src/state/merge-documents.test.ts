import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeDocuments, type Texts } from './merge-documents.ts'

const texts = (object: Record<string, string>): Texts => new Map(Object.entries(object))
const merge = (before: Record<string, string>, ours: Record<string, string>, theirs: Record<string, string>) => [
  ...mergeDocuments(texts(before), texts(ours), texts(theirs)),
]

describe('what two windows made of the same documents', () => {
  it('what one of them wrote, added or closed is so', () => {
    expect(merge({ a: '1', b: '1', c: '1' }, { a: '2', b: '1', c: '1', d: 'new' }, { a: '1', b: '2', e: 'new' })).toEqual([
      ['a', '2'],
      ['b', '2'],
      ['d', 'new'],
      ['e', 'new'],
    ])
  })

  it('what one closed and the other wrote in stays', () => {
    expect(merge({ a: '1', b: '1' }, { a: '2' }, { b: '2' })).toEqual([
      ['a', '2'],
      ['b', '2'],
    ])
  })

  it('where both wrote in one, or made one of the same name, both texts stay', () => {
    expect(merge({ 'a.yaml': '1' }, { 'a.yaml': '2' }, { 'a.yaml': '3', 'a-2.yaml': 'x' })).toEqual([
      ['a.yaml', '2'],
      ['a-3.yaml', '3'],
      ['a-2.yaml', 'x'],
    ])
    expect(merge({}, { 'a.yaml': '2' }, { 'a.yaml': '2' })).toEqual([['a.yaml', '2']])
  })

  it('no text that somebody wrote is lost, nothing that nobody wrote appears, and what was merged stays so', () => {
    const some = fc.dictionary(fc.constantFrom('a.yaml', 'a-2.yaml', 'b', 'c'), fc.constantFrom('1', '2', '3')).map(texts)
    fc.assert(
      fc.property(some, some, some, (before, ours, theirs) => {
        const merged = mergeDocuments(before, ours, theirs)
        const kept = [...merged.values()]
        const written = [ours, theirs].flatMap((side) => [...side].filter(([name, text]) => text !== before.get(name)).map(([, text]) => text))
        expect(kept).toEqual(expect.arrayContaining(written))
        for (const text of kept) expect([...ours.values(), ...theirs.values()]).toContain(text)
        expect([...mergeDocuments(theirs, merged, theirs)]).toEqual([...merged])
      }),
    )
  })
})
