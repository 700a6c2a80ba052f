import { goDurationError, parseGoDuration } from '#k8s/duration.ts'
import type { Flag, Parsed } from './command.ts'

/** A command line that the flag parser refuses; `message` is pflag's text. */
export class FlagError extends Error {}

const booleans: Record<string, boolean> = {
  '1': true,
  t: true,
  T: true,
  TRUE: true,
  true: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  FALSE: false,
  false: false,
  False: false,
}

/** What a flag is worth when it stands without a value (`--watch`, `--cascade`); undefined when it needs one. */
export function noOptDefault(flag: Flag): string | undefined {
  return flag.noOptDefault ?? (flag.kind === 'bool' ? 'true' : undefined)
}

/** A whole number as Go writes them: `10`, `0xa`, `012`, `0b1010`, `1_0`. */
const goNumber = /^[-+]?(0x(_?[\da-f])+|0b(_?[01])+|0o?(_?[0-7])+|0|[1-9](_?\d)*)$/i

function numberOf(text: string): bigint {
  const digits = text.replace(/^[-+]|_/g, '').replace(/^0(?=\d)/, '0o')
  return text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
}

/** Why a text is no whole number of so many bits, in strconv's words; undefined when it is one. */
export function wholeNumberError(text: string, bits: 32 | 64, pattern = goNumber): string | undefined {
  const why = !pattern.test(text) ? 'invalid syntax' : BigInt.asIntN(bits, numberOf(text)) === numberOf(text) ? undefined : 'value out of range'
  return why && `strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`
}

/** A whole number cut to 32 bits, as Go does it. */
export const asInt32 = (text: string): number => Number(BigInt.asIntN(32, numberOf(text)))

/** Why a text is no value of this flag, in strconv's words or its own; undefined when it is one. */
function typeError(flag: Flag, text: string): string | undefined {
  if (flag.refuse) return flag.refuse(text)
  switch (flag.kind) {
    case 'bool':
      return text in booleans ? undefined : `strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`
    case 'int':
      return wholeNumberError(text, flag.bits ?? 64)
    case 'duration':
      return goDurationError(text)
    default:
      return undefined
  }
}

/** The parts of a stringSlice: an empty text has none. */
const splitSlice = (text: string): string[] => (text === '' ? [] : text.split(','))

class ParsedArgs implements Parsed {
  readonly operands: string[] = []
  readonly given: [flag: Flag, text: string][] = []
  dashAt = -1
  private readonly values = new Map<string, string[]>()
  private readonly byName: ReadonlyMap<string, Flag>

  constructor(byName: ReadonlyMap<string, Flag>) {
    this.byName = byName
  }

  set(flag: Flag, text: string): void {
    const why = typeError(flag, text)
    if (why) {
      const names = flag.shorthand ? `-${flag.shorthand}, --${flag.name}` : `--${flag.name}`
      throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${names}" flag: ${why}`)
    }
    this.given.push([flag, text])
    const many = flag.kind === 'stringArray' || flag.kind === 'stringSlice'
    const before = many ? (this.values.get(flag.name) ?? []) : []
    this.values.set(flag.name, [...before, ...(flag.kind === 'stringSlice' ? splitSlice(text) : [text])])
  }

  has(flag: string): boolean {
    return this.values.has(flag)
  }

  string(flag: string): string {
    return this.values.get(flag)?.at(-1) ?? this.byName.get(flag)?.default ?? ''
  }

  bool(flag: string): boolean {
    return booleans[this.string(flag)] ?? false
  }

  int(flag: string): number {
    return Number(numberOf(this.string(flag) || '0'))
  }

  durationMs(flag: string): number {
    return parseGoDuration(this.string(flag) || '0') ?? 0
  }

  list(flag: string): readonly string[] {
    return this.values.get(flag) ?? this.byName.get(flag)?.default?.split(',') ?? []
  }
}

/**
 * Flags and operands of the words behind a verb, by pflag's rules (flags and operands mixed, `--` ends the flags).
 * Throws FlagError with pflag's words.
 * @source github.com/spf13/pflag FlagSet.parseArgs
 */
export function parseArgs(words: readonly string[], flags: readonly Flag[]): Parsed {
  const byName = new Map(flags.map((f) => [f.name, f]))
  const byShorthand = new Map(flags.filter((f) => f.shorthand).map((f) => [f.shorthand as string, f]))
  const parsed = new ParsedArgs(byName)
  let at = 0
  const next = () => words[at++] as string

  const parseLong = (word: string) => {
    const [name = '', ...values] = word.slice(2).split('=')
    if (name === '' || name.startsWith('-')) throw new FlagError(`bad flag syntax: ${word}`)
    const flag = byName.get(name)
    if (!flag) throw new FlagError(`unknown flag: --${name}`)
    const alone = noOptDefault(flag)
    if (values.length > 0) parsed.set(flag, values.join('='))
    else if (alone !== undefined) parsed.set(flag, alone)
    else if (at < words.length) parsed.set(flag, next())
    else throw new FlagError(`flag needs an argument: --${name}`)
  }

  const parseShort = (word: string) => {
    let letters = word.slice(1)
    while (letters) {
      const letter = letters[0] as string
      const flag = byShorthand.get(letter)
      if (!flag) throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`)
      const alone = noOptDefault(flag)
      if (letters.length > 2 && letters[1] === '=') {
        parsed.set(flag, letters.slice(2))
        return
      }
      if (alone !== undefined) {
        parsed.set(flag, alone)
        letters = letters.slice(1)
      } else {
        if (letters.length > 1) parsed.set(flag, letters.slice(1))
        else if (at < words.length) parsed.set(flag, next())
        else throw new FlagError(`flag needs an argument: '${letter}' in -${letters}`)
        return
      }
    }
  }

  while (at < words.length) {
    const word = next()
    if (word === '--') {
      parsed.dashAt = parsed.operands.length
      for (const operand of words.slice(at)) parsed.operands.push(operand)
      break
    }
    if (word.startsWith('--')) parseLong(word)
    else if (word.startsWith('-') && word.length > 1) parseShort(word)
    else parsed.operands.push(word)
  }
  return parsed
}
