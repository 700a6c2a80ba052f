/** RFC 3339 timestamps to and from milliseconds since 1970, by calendar arithmetic alone: no clock, no time zone. */

const dayMs = 86_400_000

/** Days since 1970-01-01 of a civil date; months from 1. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function civilFromDays(days: number): [number, number, number] {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1]
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

function upToSeconds(epochMs: number): string {
  const days = Math.floor(epochMs / dayMs)
  const second = Math.floor((epochMs - days * dayMs) / 1000)
  const [year, month, day] = civilFromDays(days)
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`
}

let lastSecond = Number.NaN
let lastText = ''

/** `2026-01-01T00:00:00Z`: whole seconds, UTC, the fraction dropped, as the API stores metav1.Time. */
export function toTimestamp(epochMs: number): string {
  const second = Math.floor(epochMs / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastText = `${upToSeconds(epochMs)}Z`
  }
  return lastText
}

/** `2026-01-01T00:00:00.000000Z`, as the API stores metav1.MicroTime. */
export function toMicroTimestamp(epochMs: number): string {
  const micros = Math.floor((epochMs - Math.floor(epochMs / 1000) * 1000) * 1000)
  return `${toTimestamp(epochMs).slice(0, -1)}.${pad(micros, 6)}Z`
}

const syntax = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/
const parsed = new Map<string, number>()

function parse(text: string): number {
  const parts = syntax.exec(text)
  if (!parts) return Number.NaN
  const number = (index: number): number => Number(parts[index] ?? 0)
  if (number(2) < 1 || number(2) > 12 || number(3) < 1 || number(3) > 31 || number(4) > 23 || number(5) > 59 || number(6) > 59) return Number.NaN
  const offsetMinutes = (parts[8] === '-' ? -1 : 1) * (number(9) * 60 + number(10))
  const seconds = number(4) * 3600 + (number(5) - offsetMinutes) * 60 + number(6)
  return daysFromCivil(number(1), number(2), number(3)) * dayMs + (seconds + number(7)) * 1000
}

/** Milliseconds since 1970 of an RFC 3339 text; NaN when it is none. */
export function parseTimestamp(text: string): number {
  let result = parsed.get(text)
  if (result === undefined) {
    if (parsed.size >= 10_000) parsed.clear()
    result = parse(text)
    parsed.set(text, result)
  }
  return result
}
