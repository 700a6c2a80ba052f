import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTimestamp, toMicroTimestamp, toTimestamp } from './time.ts'

describe('timestamps', () => {
  it('agree with the calendar of the language', () => {
    const date = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2399-12-31T23:59:59Z'), noInvalidDate: true })
    fc.assert(
      fc.property(date, (moment) => {
        const iso = moment.toISOString()
        expect(toTimestamp(moment.getTime())).toBe(`${iso.slice(0, 19)}Z`)
        expect(toMicroTimestamp(moment.getTime())).toBe(`${iso.slice(0, 23)}000Z`)
        expect(parseTimestamp(iso)).toBe(moment.getTime())
      }),
    )
  })

  it('reads offsets and fractions', () => {
    expect(parseTimestamp('2026-01-01T02:30:00+02:30')).toBe(parseTimestamp('2026-01-01T00:00:00Z'))
    expect(parseTimestamp('2026-01-01T00:00:00.250Z') - parseTimestamp('2026-01-01T00:00:00Z')).toBe(250)
  })

  it('gives NaN for anything else', () => {
    for (const text of ['', 'now', '2026-13-01T00:00:00Z', '2026-01-01', '2026-01-01T25:00:00Z']) expect(parseTimestamp(text)).toBeNaN()
  })
})
