import { ProgramError } from '../io.ts'
import { byAllLines, type FilterFactory, readOptions, withFiles } from './filter.ts'

interface Key {
  from: number
  fromCharacter: number
  to: number
  toCharacter: number
  flags: Set<string>
}

const long = {
  reverse: 'r',
  'numeric-sort': 'n',
  'human-numeric-sort': 'h',
  'version-sort': 'V',
  'ignore-case': 'f',
  'ignore-leading-blanks': 'b',
  unique: 'u',
  stable: 's',
  key: 'k',
  'field-separator': 't',
}

/** `-k 2,3nr`; the flags of the command hold where a key has none of its own. */
function readKey(text: string, common: Set<string>): Key {
  const [all, from, fromCharacter, a, to, toCharacter, b] = /^(\d+)(?:\.(\d+))?([bfhnrVd]*)(?:,(\d+)(?:\.(\d+))?([bfhnrVd]*))?$/.exec(text) ?? []
  if (all === undefined) throw new ProgramError(`sort: invalid number at field start: invalid count at start of ‘${text}’`, 2)
  if (Number(from) === 0) throw new ProgramError(`sort: field number is zero: invalid field specification ‘${text}’`, 2)
  const own = new Set(`${a ?? ''}${b ?? ''}`)
  const flags = own.size ? own : common
  return { from: Number(from), fromCharacter: Number(fromCharacter ?? 1), to: Number(to ?? 0), toCharacter: Number(toCharacter ?? 0), flags }
}

/** The part of a line a key names. Without a separator a field begins with the blanks before it. */
function keyText(line: string, key: Key, separator: string | undefined): string {
  const fields = separator === undefined ? (line.match(/\s*[^\s]+|\s+$/g) ?? []) : line.split(separator)
  const skip = key.flags.has('b') ? /^\s+/ : /^(?!)/
  const first = (fields[key.from - 1] ?? '').replace(skip, '').slice(key.fromCharacter - 1)
  if (key.to === key.from) return key.toCharacter ? first.slice(0, key.toCharacter - key.fromCharacter + 1) : first
  const last = key.to ? fields.slice(key.from, key.to) : fields.slice(key.from)
  if (key.toCharacter && last.length) last.push((last.pop() as string).slice(0, key.toCharacter))
  return [first, ...last].join(separator ?? '')
}

const scales = 'KMGTPE'

function toNumber(text: string, human: boolean): number {
  const [, digits, unit] = /^\s*(-?\d*\.?\d+)([KMGTPEk])?/.exec(text) ?? []
  if (digits === undefined) return 0
  return Number(digits) * (human && unit ? 1024 ** (scales.indexOf(unit.toUpperCase()) + 1) : 1)
}

const versions = new Intl.Collator('en', { numeric: true })

function compareBy(a: string, b: string, flags: Set<string>): number {
  if (flags.has('n') || flags.has('h')) return toNumber(a, flags.has('h')) - toNumber(b, flags.has('h'))
  if (flags.has('V')) return versions.compare(a, b)
  const [s, t] = flags.has('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b]
  return s < t ? -1 : s > t ? 1 : 0
}

/** `sort [-rnuVhbfsc] [-t SEPARATOR] [-k KEY]… [DOCUMENT…]` */
export const sort: FilterFactory = (args, output) => {
  const { flags, values, all, operands } = readOptions('sort', args, 'rnuVhbfscd', 'kt', long, 2)
  const separator = values.get('t')
  const keys = all('k').map((text) => readKey(text, flags))
  const signOf = (of: Set<string>): number => (of.has('r') ? -1 : 1)
  const compareKeys = (a: string, b: string): number => {
    if (!keys.length) return signOf(flags) * compareBy(flags.has('b') ? a.trimStart() : a, flags.has('b') ? b.trimStart() : b, flags)
    for (const key of keys) {
      const order = compareBy(keyText(a, key, separator), keyText(b, key, separator), key.flags)
      if (order) return signOf(key.flags) * order
    }
    return 0
  }
  const compare = (a: string, b: string): number => {
    const order = compareKeys(a, b)
    return order || flags.has('s') || flags.has('u') ? order : signOf(flags) * (a < b ? -1 : a > b ? 1 : 0)
  }
  const filter = byAllLines((lines) => {
    if (flags.has('c')) {
      const at = lines.findIndex((line, i) => i > 0 && compare(lines[i - 1] as string, line) > 0)
      if (at >= 0) output.err(`sort: -:${at + 1}: disorder: ${lines[at]}\n`)
      return at < 0 ? 0 : 1
    }
    const sorted = lines.sort(compare)
    const shown = flags.has('u') ? sorted.filter((l, i) => i === 0 || compareKeys(sorted[i - 1] as string, l) !== 0) : sorted
    for (const l of shown) output.out(`${l}\n`)
    return 0
  })
  return withFiles('sort', operands, filter, output, 2)
}
