import { describe, expect, it } from 'vitest'
import { formatAge, formatGoDuration, goDurationError, parseGoDuration } from './duration.ts'

it.each([
  [-1.9, '0s'],
  [-2, '<invalid>'],
  [0, '0s'],
  [119.9, '119s'],
  [120, '2m'],
  [121, '2m1s'],
  [599, '9m59s'],
  [600, '10m'],
  [179 * 60 + 59, '179m'],
  [180 * 60, '3h'],
  [181 * 60, '3h1m'],
  [8 * 3600 - 1, '7h59m'],
  [8 * 3600, '8h'],
  [48 * 3600 - 1, '47h'],
  [48 * 3600, '2d'],
  [49 * 3600, '2d1h'],
  [192 * 3600 - 1, '7d23h'],
  [192 * 3600, '8d'],
  [730 * 86_400 - 1, '729d'],
  [730 * 86_400, '2y'],
  [731 * 86_400, '2y1d'],
  [2920 * 86_400 - 1, '7y364d'],
  [2920 * 86_400, '8y'],
  [2921 * 86_400, '8y'],
])('PR-3.1 an age of %d s is %s', (seconds, text) => {
  expect(formatAge(seconds)).toBe(text)
})

describe('Go durations', () => {
  const cases: [text: string, ms: number][] = [
    ['0s', 0],
    ['300ms', 300],
    ['5s', 5000],
    ['1m30s', 90_000],
    ['1h0m0s', 3_600_000],
    ['1.5s', 1500],
    ['-1m0s', -60_000],
    ['2µs', 0.002],
  ]
  it.each(cases)('%s', (text, ms) => {
    expect(parseGoDuration(text)).toBe(ms)
    expect(formatGoDuration(ms)).toBe(text)
  })

  it('reads what is not written that way', () => {
    expect(parseGoDuration('0')).toBe(0)
    expect(parseGoDuration('1h')).toBe(3_600_000)
    expect(parseGoDuration('.5m')).toBe(30_000)
  })

  it('says what is wrong', () => {
    expect(goDurationError('5')).toBe('time: missing unit in duration "5"')
    expect(goDurationError('5d')).toBe('time: unknown unit "d" in duration "5d"')
    expect(goDurationError('abc')).toBe('time: invalid duration "abc"')
    expect(goDurationError('')).toBe('time: invalid duration ""')
    expect(goDurationError('1m')).toBeUndefined()
    expect(goDurationError('1h-5m')).toBe('time: unknown unit "h-" in duration "1h-5m"')
    expect(goDurationError('99999999999h')).toBe('time: invalid duration "99999999999h"')
  })
})
