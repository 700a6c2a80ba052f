import { unescapeText } from '../escapes.ts'
import { ProgramError } from '../io.ts'
import { byLine, type FilterFactory, readOptions, withFiles } from './filter.ts'
import { characterClass } from './regexp.ts'

const cutLong = { delimiter: 'd', fields: 'f', characters: 'c', bytes: 'b', 'only-delimited': 's', complement: 'C', 'output-delimiter': 'o' }

/** `cut -d SEPARATOR -f LIST` or `cut -c LIST`; lists are `1`, `1,3`, `2-4`, `3-`, `-2`. */
export const cut: FilterFactory = (args, output) => {
  const { out } = output
  const { flags, values, operands } = readOptions('cut', args, 'sC', 'dfcbo', cutLong)
  const byField = values.has('f')
  const list = values.get('f') ?? values.get('c') ?? values.get('b')
  if (list === undefined) throw new ProgramError('cut: you must specify a list of bytes, characters, or fields: -f 1 or -c 1-5')
  const separator = values.get('d') ?? '\t'
  if (separator.length !== 1) throw new ProgramError('cut: the delimiter must be a single character')
  const ranges = list.split(',').map((r) => {
    const [, a, dash, b] = /^(\d*)(-?)(\d*)$/.exec(r) ?? []
    if (a === undefined || (!a && !b)) throw new ProgramError(`cut: invalid ${byField ? 'field value' : 'byte/character position'} ‘${r}’`)
    const range = [Number(a || 1), dash ? Number(b || Number.MAX_SAFE_INTEGER) : Number(a)] as const
    if (range[0] === 0 || range[1] === 0) throw new ProgramError(`cut: ${byField ? 'fields' : 'byte/character positions'} are numbered from 1`)
    if (range[1] < range[0]) throw new ProgramError('cut: invalid decreasing range')
    return range
  })
  const wanted = (i: number): boolean => ranges.some(([from, to]) => i + 1 >= from && i + 1 <= to) !== flags.has('C')
  const joint = values.get('o') ?? (byField ? separator : '')
  const filter = byLine((line) => {
    const parts = byField ? line.split(separator) : [...line]
    if (byField && parts.length === 1) out(flags.has('s') ? '' : `${line}\n`)
    else out(`${parts.filter((_, i) => wanted(i)).join(joint)}\n`)
  })
  return withFiles('cut', operands, filter, output)
}

/** The characters of a set of `tr`: ranges, classes, escapes. */
function charactersOf(text: string): string[] {
  const named = text.replace(/\[:(\w+):\]/g, (all, name: string) => (name === 'space' ? ' \t\n\r\v\f' : (characterClass(name) ?? all)))
  return [
    ...unescapeText(named).replace(/(.)-(.)/gs, (all, a: string, b: string) =>
      a > b ? all : Array.from({ length: b.charCodeAt(0) - a.charCodeAt(0) + 1 }, (_, i) => String.fromCharCode(a.charCodeAt(0) + i)).join(''),
    ),
  ]
}

/** `tr [-cdst] SET1 [SET2]` on characters, ranges and classes. */
export const tr: FilterFactory = (args, { out }) => {
  const { flags, operands } = readOptions('tr', args, 'cCdst', '', { delete: 'd', 'squeeze-repeats': 's', complement: 'c' })
  if (!operands.length) throw new ProgramError('tr: missing operand: two sets of characters, as in `tr a-z A-Z`')
  if (operands.length === 1 && !flags.has('d') && !flags.has('s'))
    throw new ProgramError(`tr: missing operand after ‘${operands[0]}’: two strings must be given when translating`)
  const from = charactersOf(operands[0] as string)
  const to = charactersOf(operands[1] ?? '')
  if (flags.has('t')) from.length = Math.min(from.length, to.length)
  const inverted = flags.has('c') || flags.has('C')
  const set = new Map(from.map((char, i) => [char, to[Math.min(i, to.length - 1)]]))
  const squeezed = new Set(to.length ? to : from)
  let last = ''
  return {
    write: (text) => {
      let result = ''
      for (const char of text) {
        const isIn = set.has(char) !== inverted
        if (flags.has('d') && isIn) continue
        const changed = isIn && to.length && !flags.has('d') ? ((inverted ? to.at(-1) : set.get(char)) as string) : char
        if (flags.has('s') && changed === last && squeezed.has(changed) !== (inverted && !to.length)) continue
        result += changed
        last = changed
      }
      out(result)
    },
    end: () => 0,
  }
}
