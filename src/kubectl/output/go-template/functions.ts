/** Functions of Go's templates, and the two that kubectl adds. @source text/template/funcs.go, cli-runtime/pkg/printers/template.go */
import { Counted, plain, sprint, sprintf, typeName, wholeOf } from './printf.ts'

/**
 * A function of a template: how many arguments it takes, and what it does with them. Values are what JSON has; undefined is no value at
 * all. Throws an Error with what Go says behind `error calling NAME: `.
 */
export interface TemplateFunction {
  least: number
  most?: number
  call(...args: unknown[]): unknown
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Counted)

export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(plain(value))
}

const noValue = 'reflect: call of reflect.Value.Type on zero Value'

type Basic = 'bool' | 'int' | 'float' | 'string'

function basicKind(value: unknown): Basic | undefined {
  if (typeof plain(value) === 'number') return wholeOf(value) === undefined ? 'float' : 'int'
  return typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : undefined
}

const incompatible = (a: unknown, b: unknown): Error => new Error(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`)

function equal(first: unknown, ...others: unknown[]): boolean {
  if (others.length === 0) throw new Error('missing argument for comparison')
  return others.some((other) => {
    const isNil = [first, other].map((v) => v === null || v === undefined)
    if (isNil[0] || isNil[1]) return isNil[0] === isNil[1]
    const kinds = [basicKind(first), basicKind(other)]
    if (kinds[0] !== kinds[1]) throw incompatible(first, other)
    if (kinds[0] === undefined) throw new Error(`non-comparable type ${sprint(first)}: ${typeName(first)}`)
    return plain(first) === plain(other)
  })
}

function less(a: unknown, b: unknown): boolean {
  const kinds = [basicKind(a), basicKind(b)]
  if (kinds.includes(undefined)) throw new Error('invalid type for comparison')
  if (kinds[0] !== kinds[1]) throw incompatible(a, b)
  if (kinds[0] === 'bool') throw new Error('invalid type for comparison')
  return (plain(a) as number) < (plain(b) as number)
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

function lengthOf(value: unknown): number {
  if (value === undefined) throw new Error(noValue)
  if (value === null) throw new Error('len of nil pointer')
  if (typeof value === 'string') return byteLength(value)
  if (Array.isArray(value)) return value.length
  if (isObject(value)) return Object.keys(value).length
  throw new Error(`len of type ${typeName(value)}`)
}

function position(index: unknown, most: number): number {
  if (index === null || index === undefined) throw new Error('cannot index slice/array with nil')
  const at = wholeOf(index)
  if (at === undefined) throw new Error(`cannot index slice/array with type ${typeName(index)}`)
  if (at < 0 || at > most) throw new Error(`index out of range: ${at}`)
  return at
}

function itemOf(value: unknown, index: unknown, at: number): unknown {
  if (value === undefined || value === null) throw new Error(at === 0 ? 'index of untyped nil' : 'index of nil pointer')
  if (Array.isArray(value)) return value[position(index, value.length - 1)]
  if (typeof value === 'string') return new TextEncoder().encode(value)[position(index, byteLength(value) - 1)]
  if (!isObject(value)) throw new Error(`can't index item of type ${typeName(value)}`)
  if (typeof index !== 'string') throw new Error(`value has type ${index === undefined ? 'nil' : typeName(index)}; should be string`)
  return Object.hasOwn(value, index) ? value[index] : undefined
}

function sliceOf(value: unknown, ...indices: unknown[]): unknown {
  if (value === undefined) throw new Error('slice of untyped nil')
  if (typeof value !== 'string' && !Array.isArray(value)) throw new Error(`can't slice item of type ${typeName(value)}`)
  if (typeof value === 'string' && indices.length === 3) throw new Error('cannot 3-index slice a string')
  const [from = 0, to = value.length] = indices.map((index) => position(index, value.length))
  if (from > to) throw new Error(`invalid slice index: ${from} > ${to}`)
  return value.slice(from, to)
}

function print(...values: unknown[]): string {
  // blanks stand between values of which neither is a string
  return values.map((v, i) => (i > 0 && typeof v !== 'string' && typeof values[i - 1] !== 'string' ? ' ' : '') + sprint(v)).join('')
}

const evaluated = (values: unknown[]): string => (values.length === 1 && typeof values[0] === 'string' ? values[0] : print(...values))

const htmlNames: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;', '\0': '\uFFFD' }
const jsNames: Record<string, string> = { '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D' }
const escapeJs = (c: string): string => jsNames[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

const exists = (value: unknown, ...keys: unknown[]): boolean =>
  keys.reduce((v, key) => (isObject(v) || Array.isArray(v) ? (v as never)[plain(key) as never] : undefined), value) !== undefined

export const functions: Readonly<Record<string, TemplateFunction>> = {
  // these two stop at the argument that decides, so the caller does them
  and: { least: 1, call: (...values) => values.find((v) => !isTrue(v)) },
  or: { least: 1, call: (...values) => values.find(isTrue) },
  not: { least: 1, most: 1, call: (value) => !isTrue(value) },
  len: { least: 1, most: 1, call: (value) => new Counted(lengthOf(value)) },
  index: { least: 1, call: (value, ...keys) => keys.reduce(itemOf, value) },
  slice: { least: 1, call: sliceOf },
  eq: { least: 1, call: equal },
  ne: { least: 2, most: 2, call: (a, b) => !equal(a, b) },
  lt: { least: 2, most: 2, call: less },
  le: { least: 2, most: 2, call: (a, b) => less(a, b) || equal(a, b) },
  gt: { least: 2, most: 2, call: (a, b) => !(less(a, b) || equal(a, b)) },
  ge: { least: 2, most: 2, call: (a, b) => !less(a, b) },
  print: { least: 0, call: print },
  println: { least: 0, call: (...values) => `${values.map(sprint).join(' ')}\n` },
  printf: { least: 1, call: (format, ...values) => sprintf(String(format), values) },
  html: { least: 0, call: (...values) => evaluated(values).replace(/[&<>"'\0]/g, (c) => htmlNames[c] as string) },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  js: { least: 0, call: (...values) => evaluated(values).replace(/[\\'"<>&=\x00-\x1f]/g, escapeJs) },
  urlquery: {
    least: 0,
    call: (...values) =>
      encodeURIComponent(evaluated(values))
        .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%20', '+'),
  },
  // there are no functions among the values, so this one always fails
  call: { least: 1, call: () => undefined },
  exists: { least: 1, call: exists },
  base64decode: {
    least: 1,
    most: 1,
    call: (value) => {
      try {
        return new TextDecoder().decode(Uint8Array.from(atob(String(value)), (c) => c.charCodeAt(0)))
      } catch {
        const bad = /[^A-Za-z0-9+/]/.exec(String(value))
        throw new Error(`base64 decode failed: illegal base64 data at input byte ${bad?.index ?? String(value).length - (String(value).length % 4)}`)
      }
    },
  },
}
