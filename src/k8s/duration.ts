/** Ages as kubectl prints them, and Go durations (`1m30s`). */

const minute = 60
const hour = 3600
const day = 24 * hour
const year = 365 * day

const withRest = (whole: number, unit: string, rest: number, restUnit: string): string => `${whole}${unit}${rest ? `${rest}${restUnit}` : ''}`

/**
 * An age in seconds as kubectl shows it (`2m59s`, `3h`, `2d16h`); below −1 s `<invalid>`.
 * @source apimachinery/pkg/util/duration HumanDuration; PR-3.1
 */
export function formatAge(ageSeconds: number): string {
  const seconds = Math.trunc(ageSeconds)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 2 * minute) return `${seconds}s`
  const minutes = Math.floor(seconds / minute)
  if (minutes < 10) return withRest(minutes, 'm', seconds % minute, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(seconds / hour)
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.floor(seconds / day)
  if (hours < 192) return withRest(days, 'd', hours % 24, 'h')
  if (seconds < 2 * year) return `${days}d`
  const years = Math.floor(seconds / year)
  if (seconds < 8 * year) return withRest(years, 'y', days % 365, 'd')
  return `${years}y`
}

const unitsMs: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** int64 nanoseconds hold some 292 years. */
const maxMs = 2 ** 63 / 1e6

function readDuration(text: string): number | string {
  const quoted = JSON.stringify(text)
  const body = text.replace(/^[-+]/, '')
  if (body === '0') return 0
  let total = 0
  let rest = body
  do {
    // a unit is everything up to the next digit or dot
    const part = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest)
    if (!part) return `time: invalid duration ${quoted}`
    const [whole, value, unit = ''] = part
    const unitMs = unitsMs[unit]
    if (unit === '') return `time: missing unit in duration ${quoted}`
    if (unitMs === undefined) return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`
    total += Number(value) * unitMs
    rest = rest.slice(whole.length)
  } while (rest !== '')
  if (total >= maxMs) return `time: invalid duration ${quoted}`
  return text.startsWith('-') ? -total : total
}

/**
 * `1m30s` → 90000. Undefined when the text is no Go duration (`goDurationError` says why).
 * @source Go time.ParseDuration
 */
export function parseGoDuration(text: string): number | undefined {
  const read = readDuration(text)
  return typeof read === 'number' ? read : undefined
}

/** What Go says about text that is no duration: missing unit, unknown unit, or plainly invalid. */
export function goDurationError(text: string): string | undefined {
  const read = readDuration(text)
  return typeof read === 'string' ? read : undefined
}

const decimal = (value: number): string => String(Number(value.toFixed(9)))

/** 90000 → `1m30s`, 500 → `500ms`, 0 → `0s`. @source Go time.Duration String */
export function formatGoDuration(ms: number): string {
  if (ms < 0) return `-${formatGoDuration(-ms)}`
  if (ms === 0) return '0s'
  if (ms < 1e-3) return `${decimal(ms * 1e6)}ns`
  if (ms < 1) return `${decimal(ms * 1e3)}µs`
  if (ms < 1000) return `${decimal(ms)}ms`
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = `${decimal((ms % 60_000) / 1000)}s`
  if (hours) return `${hours}h${minutes}m${seconds}`
  return minutes ? `${minutes}m${seconds}` : seconds
}
