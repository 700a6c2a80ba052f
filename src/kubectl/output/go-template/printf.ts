/** Go's fmt for the values of a template. @source go/src/fmt/print.go */
import { formatGo, formatGoSyntax, goTypeName, quoteGo } from '#k8s/schema/go-format.ts'

/** A number that is not from an object, where whole numbers are `int64` and others `float64`. */
export class Counted {
  constructor(
    readonly value: number,
    readonly type: 'int' | 'float64' = 'int',
  ) {}
}

/** The value without its type. */
export const plain = (value: unknown): unknown => (value instanceof Counted ? value.value : value)

/** `%v`: what Go prints of a value by itself. */
export const sprint = (value: unknown): string => formatGo(plain(value))

export const typeName = (value: unknown): string =>
  value instanceof Counted ? value.type : value === null || value === undefined ? '<nil>' : goTypeName(value)

/** The number that Go holds as a whole one; undefined of all others. */
export function wholeOf(value: unknown): number | undefined {
  if (value instanceof Counted) return value.type === 'int' ? value.value : undefined
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

function hex(value: unknown, upper: boolean): string | undefined {
  const text =
    wholeOf(value)?.toString(16) ??
    (typeof value === 'string' ? [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0')).join('') : undefined)
  return upper ? text?.toUpperCase() : text
}

/** What a verb makes of a value; undefined where it does not fit. */
function convert(verb: string, value: unknown, flags: string, precision: number | undefined): string | undefined {
  const whole = wholeOf(value)
  const number = whole === undefined && typeof plain(value) === 'number' ? (plain(value) as number) : undefined
  switch (verb) {
    case 'v':
      return flags.includes('#') ? formatGoSyntax(plain(value)) : sprint(value)
    case 'T':
      return typeName(value)
    case 's':
      if (typeof value === 'string') return precision === undefined ? value : [...value].slice(0, precision).join('')
      return typeof plain(value) === 'object' && value !== null ? sprint(value) : undefined
    case 'q':
      return typeof value === 'string' ? quoteGo(value) : whole === undefined ? undefined : `'${String.fromCodePoint(whole)}'`
    case 'd':
      return whole === undefined ? undefined : flags.includes('+') && whole >= 0 ? `+${whole}` : String(whole)
    case 'b':
    case 'o':
      return whole?.toString(verb === 'b' ? 2 : 8)
    case 'c':
      return whole === undefined ? undefined : String.fromCodePoint(whole)
    case 't':
      return typeof value === 'boolean' ? String(value) : undefined
    case 'x':
    case 'X':
      return hex(value, verb === 'X')
    case 'f':
    case 'F':
      return number?.toFixed(precision ?? 6)
    case 'e':
      return number?.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2')
    case 'g':
      return number === undefined ? undefined : String(number)
    default:
      return undefined
  }
}

function misfit(verb: string, value: unknown): string {
  return value === null || value === undefined ? `%!${verb}(<nil>)` : `%!${verb}(${typeName(value)}=${sprint(value)})`
}

function pad(text: string, flags: string, width: number): string {
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  if (!flags.includes('0')) return ' '.repeat(missing) + text
  return /^[+-]\d/.test(text) ? (text[0] as string) + '0'.repeat(missing) + text.slice(1) : '0'.repeat(missing) + text
}

export function sprintf(format: string, values: readonly unknown[]): string {
  let next = 0
  const text = format.replace(
    /%([-+# 0]*)(\d*)(?:\.(\d*))?([\s\S])|%$/g,
    (_, flags: string | undefined, width: string, precision: string | undefined, verb: string) => {
      if (verb === undefined) return '%!(NOVERB)'
      if (verb === '%') return '%'
      if (next >= values.length) return `%!${verb}(MISSING)`
      const value = values[next++]
      const converted = convert(verb, value, flags ?? '', precision === undefined ? undefined : Number(precision || 0))
      return converted === undefined ? misfit(verb, value) : pad(converted, flags ?? '', Number(width || 0))
    },
  )
  const extra = values.slice(next).map((v) => (v === null || v === undefined ? '<nil>' : `${typeName(v)}=${sprint(v)}`))
  return extra.length > 0 ? `${text}%!(EXTRA ${extra.join(', ')})` : text
}
