import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatAge } from './duration.ts'
import { scaledValue, scaledValueError } from './int-or-percent.ts'
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from './name.ts'
import { canonicalQuantity, quantityError, toMilli, toValue } from './quantity.ts'
import { parseFieldSelector, parseLabelSelector } from './selector.ts'
import type { StringMap } from './types.ts'

/** Answers of the real functions, `e2e/conformance/vectors`. */
function cases<T>(name: string): { cases: T[] } & Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../../e2e/conformance/vectors/${name}.json`, import.meta.url), 'utf8'))
}

describe('quantities as the real parser reads them', () => {
  const list = cases<{ input: string; canonical?: string; milli?: string; value?: string; error?: string }>('quantities').cases
  it.each(list)('$input', ({ input, canonical, milli, value, error }) => {
    expect(quantityError(input)).toBe(error)
    if (error) return
    expect(canonicalQuantity(input)).toBe(canonical)
    expect(toMilli(input)).toBe(Number(milli))
    expect(toValue(input)).toBe(Number(value))
  })
})

describe('ages as kubectl prints them (PR-3.1)', () => {
  it.each(cases<{ seconds: number; human: string }>('durations').cases)('$seconds', ({ seconds, human }) => {
    expect(formatAge(seconds)).toBe(human)
  })
})

describe('scaled integers and percentages', () => {
  const list = cases<{ value: string; total: number; roundUp: boolean; result?: number; error?: string }>('int-or-percent').cases
  it('all of them', () => {
    for (const { value, total, roundUp, result, error } of list) {
      const parsed = /^-?\d+$/.test(value) ? Number(value) : value
      expect([value, total, scaledValue(parsed, total, roundUp)]).toEqual([value, total, result])
      expect(scaledValueError(parsed)).toBe(error)
    }
  })
})

describe('names and labels', () => {
  const list = cases<{ input: string } & Record<'dns1123Label' | 'dns1123Subdomain' | 'labelValue' | 'qualifiedName', string[] | null>>('names').cases
  it.each(list)('$input', (expected) => {
    expect(dns1123Label(expected.input)).toEqual(expected.dns1123Label ?? [])
    expect(dns1123Subdomain(expected.input)).toEqual(expected.dns1123Subdomain ?? [])
    expect(labelValue(expected.input)).toEqual(expected.labelValue ?? [])
    expect(qualifiedName(expected.input)).toEqual(expected.qualifiedName ?? [])
  })
})

describe('label selectors as text', () => {
  const { cases: list, sets } = cases<{ selector: string; canonical?: string; matches?: boolean[]; error?: string }>('label-selectors')
  it.each(list)('$selector', ({ selector, canonical, matches, error }) => {
    if (error) return expect(() => parseLabelSelector(selector)).toThrow(new Error(error))
    const parsed = parseLabelSelector(selector)
    expect(parsed.canonical).toBe(canonical)
    expect((sets as StringMap[]).map((set) => parsed.matches(set))).toEqual(matches)
  })
})

describe('field selectors as text', () => {
  const { cases: list, set } = cases<{ selector: string; canonical?: string; matches?: boolean; error?: string }>('field-selectors')
  it.each(list)('$selector', ({ selector, canonical, matches, error }) => {
    if (error) return expect(() => parseFieldSelector(selector)).toThrow(new Error(error))
    const parsed = parseFieldSelector(selector)
    expect(parsed.canonical).toBe(canonical)
    expect(parsed.matches(set as StringMap)).toBe(matches)
  })
})
