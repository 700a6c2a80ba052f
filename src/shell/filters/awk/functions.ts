import { type Arguments, formatText } from '../../escapes.ts'
import type { Runtime } from './runtime.ts'
import { Input, toNumber, toText, type Value } from './value.ts'

/** An argument of a function: its value, where to write, the array it names, the pattern it is. */
export interface Argument {
  get(): Value
  set?(value: Value): void
  readonly arrayName?: string
  readonly pattern?: string
}

export function formatValues(values: readonly Value[]): string {
  const [format, ...rest] = values
  const next: Arguments = { text: () => toText(rest.shift()), number: () => toNumber(rest.shift()) }
  return formatText(toText(format), next)
}

const patternOf = (runtime: Runtime, argument: Argument): RegExp => runtime.pattern(argument.pattern ?? toText(argument.get()))

function substitute(runtime: Runtime, args: readonly Argument[], all: boolean): number {
  const [what, by, target = { get: () => runtime.field(0), set: (v: Value) => runtime.setField(0, v) }] = args
  if (!what || !by) return 0
  const replacement = toText(by.get())
  let count = 0
  const changed = toText(target.get()).replace(patternOf(runtime, what), (match: string) => {
    if (!all && count > 0) return match
    count++
    return replacement.replace(/\\&|&/g, (mark) => (mark === '&' ? match : '&'))
  })
  if (count) target.set?.(changed)
  return count
}

type Function = (runtime: Runtime, args: readonly Argument[]) => Value

const ofText =
  (answer: (text: string) => Value): Function =>
  (runtime, [argument]) =>
    answer(toText(argument ? argument.get() : runtime.field(0)))

const ofNumber =
  (answer: (n: number) => number): Function =>
  (_, [argument]) =>
    answer(toNumber(argument?.get()))

/** The functions of awk that are understood. */
export const functions: ReadonlyMap<string, Function> = new Map<string, Function>([
  [
    'length',
    (runtime, args) =>
      args[0]?.arrayName && runtime.arrays.has(args[0].arrayName) ? runtime.array(args[0].arrayName).size : ofText((t) => t.length)(runtime, args),
  ],
  ['tolower', ofText((t) => t.toLowerCase())],
  ['toupper', ofText((t) => t.toUpperCase())],
  ['int', ofNumber(Math.trunc)],
  ['sqrt', ofNumber(Math.sqrt)],
  ['index', (_, [text, part]) => toText(text?.get()).indexOf(toText(part?.get())) + 1],
  [
    'substr',
    (_, [text, from, count]) => {
      const start = Math.round(toNumber(from?.get()))
      const end = count ? start + Math.round(toNumber(count.get())) : Number.POSITIVE_INFINITY
      return toText(text?.get()).slice(Math.max(0, start - 1), Math.max(0, end - 1))
    },
  ],
  ['sprintf', (_, args) => formatValues(args.map((a) => a.get()))],
  ['sub', (runtime, args) => substitute(runtime, args, false)],
  ['gsub', (runtime, args) => substitute(runtime, args, true)],
  [
    'split',
    (runtime, [text, array, separator]) => {
      const parts = runtime.split(toText(text?.get()), separator ? (separator.pattern ?? toText(separator.get())) : runtime.text('FS'))
      const target = runtime.array(array?.arrayName ?? '')
      target.clear()
      for (const [i, part] of parts.entries()) target.set(String(i + 1), new Input(part))
      return parts.length
    },
  ],
  [
    'match',
    (runtime, [text, what]) => {
      const found = what ? patternOf(runtime, what).exec(toText(text?.get())) : null
      runtime.variables.set('RSTART', found ? found.index + 1 : 0)
      runtime.variables.set('RLENGTH', found ? found[0].length : -1)
      return found ? found.index + 1 : 0
    },
  ],
])
