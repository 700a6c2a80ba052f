import { describe, expect, it } from 'vitest'
import { canonicalJson, fnv1a32, fnv132, revisionHash, safeEncodeString, templateHash } from './hash.ts'

describe('hashes', () => {
  it('FNV check values (NM-2.3)', () => {
    expect(fnv1a32('abc')).toBe(440_920_331)
    expect(fnv132('abc')).toBe(1_134_309_195)
  })

  it('safe encoding (NM-2.2, TRAP-12)', () => {
    expect(safeEncodeString('0123456789')).toBe('456789bcdf')
    expect(safeEncodeString('2166136261')).toBe('65bb57b6b5')
    expect(safeEncodeString('4294967295')).toBe('86f8fbc6f9')
    expect(safeEncodeString('1234567890')).toBe('56789bcdf4')
  })

  it('canonical JSON sorts keys and leaves undefined out', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}')
  })

  it('equal templates have equal hashes, others others (DS-9.7)', () => {
    const template = { spec: { containers: [{ name: 'c', image: 'a' }] } }
    const same = { spec: { containers: [{ image: 'a', name: 'c' }] } }
    const other = { spec: { containers: [{ name: 'c', image: 'b' }] } }
    expect(templateHash(template)).toMatch(/^[456789bcdf]{1,10}$/)
    expect(templateHash(same)).toBe(templateHash(template))
    expect(templateHash(other)).not.toBe(templateHash(template))
    expect(templateHash(template, 0)).not.toBe(templateHash(template))
    expect(templateHash(template, 1)).not.toBe(templateHash(template, 0))
    expect(revisionHash(template, 1)).not.toBe(revisionHash(template))
  })
})

it('a template’s hash goes on with the collision count, a revision’s is FNV-1 over its data (NM-2.1, NM-2.5, NM-2.7)', () => {
  const template = { a: 'abc' }
  const text = canonicalJson(template)
  expect(templateHash(template)).toBe(safeEncodeString(String(fnv1a32(text))))
  expect(templateHash(template, 258)).toBe(safeEncodeString(String(fnv1a32(new Uint8Array([2, 1, 0, 0, 0, 0, 0, 0]), fnv1a32(text)))))
  expect(revisionHash(template)).toBe(safeEncodeString(String(fnv132(text))))
  expect(revisionHash(template, 3)).toBe(safeEncodeString(String(fnv132('3', fnv132(text)))))
})
