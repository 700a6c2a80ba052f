import { describe, expect, it } from 'vitest'
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatBinary,
  formatMilli,
  isQuantity,
  quantityError,
  roundUpToMilli,
  toMilli,
  toValue,
} from './quantity.ts'

describe('quantities beyond the vectors', () => {
  const canonical: [text: string, expected: string][] = [
    ['0.5Ki', '512'],
    ['1.5Ki', '1536'],
    ['0.1Ki', '102400m'],
    ['1.', '1.'],
    ['.5', '500m'],
    ['-1500m', '-1500m'],
    ['-2000m', '-2'],
    ['1E', '1E'],
    ['1e-3', '1e-3'],
    ['1000Mi', '1000Mi'],
    ['000', '0'],
    ['0.0000000001', '1n'],
    ['16Ei', '9223372036854775807'],
    ['1000000000000000000000', '1'],
    ['1e100', '10e99'],
  ]
  it.each(canonical)('%s', (text, expected) => {
    expect(canonicalQuantity(text)).toBe(expected)
  })

  // what apimachinery's ParseQuantity and Quantity of 1.20 answered
  it.each([
    ['021E', 0, 0],
    ['634341261316082534', Number(7151962809957779000n), Number(634341261316082534n)],
    ['-.4n', 1, 1],
    ['5e999999999', 0, 0],
  ] as const)('%s does not fit an int64 in milli, or is less than one', (text, milli, value) => {
    expect(toMilli(text)).toBe(milli)
    expect(toValue(text)).toBe(value)
  })

  it.each([
    ['Pi', 'unable to parse numeric part of quantity'],
    ['-.Ei', 'unable to parse numeric part of quantity'],
    ['3e99999999999999999999', "unable to parse quantity's suffix"],
    ['Ti', undefined],
    ['5e999999999', undefined],
  ])('%s: %s', (text, error) => {
    expect(quantityError(text)).toBe(error)
  })

  it('a large exponent is kept as it was written, or moved to a multiple of three', () => {
    expect(canonicalQuantity('5e999999999')).toBe('5e999999999')
    expect(canonicalQuantity('-5.43e999999999')).toBe('-5430e999999996')
  })

  it('text that is no quantity counts as nothing', () => {
    expect(isQuantity('lots')).toBe(false)
    expect([toMilli('lots'), toValue('lots'), canonicalQuantity('lots')]).toEqual([0, 0, 'lots'])
  })

  it('resource lists are stored in thousandths', () => {
    expect(roundUpToMilli('100.5m')).toBe('101m')
    expect(roundUpToMilli('1n')).toBe('1m')
    expect(roundUpToMilli('1.5')).toBe('1500m')
  })

  it('compares and adds exactly', () => {
    expect([compareQuantities('1', '1000m'), compareQuantities('1Gi', '1G'), compareQuantities('-1', '0')]).toEqual([0, 1, -1])
    expect(addQuantities('1Gi', '512Mi')).toBe('1536Mi')
    expect(addQuantities('0', '250m')).toBe('250m')
  })

  it('prints numbers', () => {
    expect([formatMilli(1500), formatMilli(2000), formatMilli(0)]).toEqual(['1500m', '2', '0'])
    expect([formatBinary(1_610_612_736), formatBinary(1000)]).toEqual(['1536Mi', '1k'])
  })
})
