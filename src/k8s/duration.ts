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

/**
 * `1m30s` → 90000. Undefined when the text is no Go duration (`time: invalid duration "…"` is the caller's to say).
 * @source Go time.ParseDuration
 */
export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1
  const body = text.replace(/^[-+]/, '')
  if (body === '0') return 0
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y
  let total = 0
  let at = 0
  while (at < body.length) {
    part.lastIndex = at
    const match = part.exec(body)
    if (!match) return undefined
    total += Number(match[1]) * (unitsMs[match[2] as string] as number)
    at = part.lastIndex
  }
  return body === '' ? undefined : sign * total
}

/** What Go says about text that is no duration: missing unit, unknown unit, or plainly invalid. */
export function goDurationError(text: string): string | undefined {
  if (parseGoDuration(text) !== undefined) return undefined
  const quoted = JSON.stringify(text)
  const rest = text.replace(/^[-+]/, '').replace(/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))*/, '')
  const match = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest)
  if (!match) return `time: invalid duration ${quoted}`
  return match[2] ? `time: unknown unit ${JSON.stringify(match[2])} in duration ${quoted}` : `time: missing unit in duration ${quoted}`
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
