import { parseTimestamp, toTimestamp } from './time.ts'

/** A part of the layout: how it reads, what it is called when it is out of range, and its range. */
interface Part {
  readonly layout: string
  readonly text: RegExp
  readonly name?: string
  readonly least?: number
  readonly most?: number
}

const parts: readonly Part[] = [
  { layout: '2006', text: /^\d{4}/ },
  { layout: '-', text: /^-/ },
  { layout: '01', text: /^\d\d/, name: 'month', least: 1, most: 12 },
  { layout: '-', text: /^-/ },
  { layout: '02', text: /^\d\d/ },
  { layout: 'T', text: /^T/ },
  { layout: '15', text: /^\d\d/, name: 'hour', most: 23 },
  { layout: ':', text: /^:/ },
  { layout: '04', text: /^\d\d/, name: 'minute', most: 59 },
  { layout: ':', text: /^:/ },
  { layout: '05', text: /^\d\d/, name: 'second', most: 59 },
]

const layoutWithout = (fraction: string) => `2006-01-02T15:04:05${fraction}Z07:00`

/**
 * What Go says of a text that is no RFC 3339 time; undefined for one that is. `fraction` = what the layout has behind the seconds
 * (`.000000`); such digits are taken where it has none, too. @source time.Parse
 */
export function goTimeError(value: string, fraction = ''): string | undefined {
  const parsing = `parsing time ${JSON.stringify(value)}`
  const cannot = (rest: string, layout: string) =>
    `${parsing} as "${layoutWithout(fraction)}": cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(layout)}`
  let rest = value
  for (const { layout, text, name, least = 0, most = Number.POSITIVE_INFINITY } of parts) {
    const found = text.exec(rest)?.[0]
    if (found === undefined) return cannot(rest, layout)
    if (name && (Number(found) < least || Number(found) > most)) return `${parsing}: ${name} out of range`
    rest = rest.slice(found.length)
  }
  const digits = /^[.,]\d+/.exec(rest)?.[0] ?? ''
  if (digits.length < fraction.length) return cannot(rest, fraction)
  rest = rest.slice(fraction ? fraction.length : digits.length)
  const zone = /^(?:Z|[+-]\d\d:\d\d)/.exec(rest)?.[0]
  if (zone === undefined) return cannot(rest, 'Z07:00')
  rest = rest.slice(zone.length)
  if (rest) return `${parsing}: extra text: ${JSON.stringify(rest)}`
  const date = value.slice(0, value.indexOf('T'))
  const midnight = parseTimestamp(`${date}T00:00:00Z`)
  return Number.isNaN(midnight) || !toTimestamp(midnight).startsWith(date) ? `${parsing}: day out of range` : undefined
}
