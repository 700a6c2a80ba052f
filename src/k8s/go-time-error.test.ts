import { expect, it } from 'vitest'
import { goTimeError } from './go-time-error.ts'
import { parseTimestamp } from './time.ts'

const layout = '2006-01-02T15:04:05Z07:00'

/** As `kubectl logs --since-time` says it. */
it.each([
  ['yesterday', `as "${layout}": cannot parse "yesterday" as "2006"`],
  ['2024-01-01', `as "${layout}": cannot parse "" as "T"`],
  ['2024-01-01T00:00:00', `as "${layout}": cannot parse "" as "Z07:00"`],
  ['2024-2-28T05:00:00Z', `as "${layout}": cannot parse "2-28T05:00:00Z" as "01"`],
  ['2024-13-01T00:00:00Z', ': month out of range'],
  ['2024-02-30T00:00:00Z', ': day out of range'],
  ['2024-02-00T00:00:00Z', ': day out of range'],
  ['2024-02-77T00:00:00Z', ': day out of range'],
  ['2024-01-01T00:00:00Zx', ': extra text: "x"'],
])('%s: %s', (text, said) => expect(goTimeError(text)).toBe(`parsing time "${text}"${said.startsWith(':') ? '' : ' '}${said}`))

it.each(['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.5+01:30', '2024-12-31T00:00:00-08:00'])('%s is a time', (text) => {
  expect(goTimeError(text)).toBeUndefined()
  expect(parseTimestamp(text)).not.toBeNaN()
})

it('a layout with a fraction asks for its digits', () => {
  expect(goTimeError('2024-01-01T00:00:00.123456Z', '.000000')).toBeUndefined()
  expect(goTimeError('2024-01-01T00:00:00Z', '.000000')).toContain('cannot parse "Z" as ".000000"')
})
