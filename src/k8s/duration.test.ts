import { describe, expect, it } from 'vitest'
import { formatGoDuration, goDurationError, parseGoDuration } from './duration.ts'

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
