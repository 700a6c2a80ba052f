import { ProgramError } from '../io.ts'
import { byLine, type FilterFactory, readOptions, withFiles } from './filter.ts'
import { toRegExp } from './regexp.ts'

/** Where a command holds: a line number, the last line, a pattern, or from one to another. */
type Address = number | '$' | RegExp

interface Command {
  from?: Address
  to?: Address
  negated: boolean
  /** Inside the range `from,to`. */
  inside: boolean
  run(state: State): 'delete' | 'quit' | undefined
}

interface State {
  line: string
  number: number
  isLast: boolean
  out(text: string): void
  after: string[]
}

const understood = 's/…/…/gIp, y/…/…/, d, p, q, =, a, i, c, { … }, with addresses N, $, /…/ and ranges'

/** Reads sed's commands one after the other. */
class Reader {
  /** Some command asks for the last line. */
  usesLast = false
  private at = 0
  private readonly text: string
  private readonly extended: boolean

  constructor(text: string, extended: boolean) {
    this.text = text
    this.extended = extended
  }

  private fail(why: string): never {
    throw new ProgramError(`sed: -e expression #1, char ${this.at}: ${why}`)
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.text.slice(this.at))
    if (match) this.at += match[0].length
    return match ?? undefined
  }

  /** Text up to the next `mark` that is not escaped. */
  private until(mark: string, command: string): string {
    let text = ''
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] as string
      if (char === mark) {
        this.at++
        return text
      }
      if (char === '\\' && this.text[this.at + 1] === mark) this.at++
      else if (char === '\\') text += this.text[this.at++]
      text += this.text[this.at] ?? ''
    }
    return this.fail(`unterminated ${command}`)
  }

  private regexp(pattern: string, flags = ''): RegExp {
    return toRegExp({ program: 'sed', dialect: this.extended ? 'extended' : 'basic' }, pattern, flags)
  }

  private address(): Address | undefined {
    const number = this.take(/^(\d+|\$)/)?.[1]
    if (number === '$') this.usesLast = true
    if (number) return number === '$' ? '$' : Number(number)
    return this.take(/^\//) ? this.regexp(this.until('/', 'address regex')) : undefined
  }

  readAll(nested = false): Command[] {
    const commands: Command[] = []
    for (;;) {
      this.take(/^[\s;]+/)
      if (this.at >= this.text.length) return nested ? this.fail("unmatched `{'") : commands
      if (nested && this.take(/^\}/)) return commands
      const from = this.address()
      const to = from !== undefined && this.take(/^\s*,\s*/) ? (this.address() ?? this.fail("unexpected `,'")) : undefined
      const negated = Boolean(this.take(/^\s*!\s*|^\s+(?=!)/))
      this.take(/^\s+/)
      commands.push({ from, to, negated, inside: false, run: this.readCommand() })
    }
  }

  private readCommand(): Command['run'] {
    const kind = this.text[this.at++]
    switch (kind) {
      case 'd':
        return () => 'delete'
      case 'p':
        return (state) => void state.out(`${state.line}\n`)
      case 'q':
        return () => 'quit'
      case '=':
        return (state) => void state.out(`${state.number}\n`)
      case 'a':
      case 'i':
      case 'c': {
        const text = `${this.take(/^\s*\\?\s*([^\n]*)/)?.[1] ?? ''}\n`
        if (kind === 'a') return (state) => void state.after.push(text)
        return (state) => {
          state.out(text)
          return kind === 'c' ? 'delete' : undefined
        }
      }
      case '{': {
        const commands = this.readAll(true)
        return (state) => runCommands(commands, state)
      }
      case 's':
        return this.readSubstitution()
      case 'y': {
        const mark = this.text[this.at++] ?? '/'
        const from = [...this.until(mark, "`y' command")]
        const to = [...this.until(mark, "`y' command")]
        return (state) => {
          state.line = [...state.line].map((char) => to[from.indexOf(char)] ?? char).join('')
          return undefined
        }
      }
      default:
        return kind === undefined ? this.fail('missing command') : this.fail(`unknown command: \`${kind}' (understood here: ${understood})`)
    }
  }

  private readSubstitution(): Command['run'] {
    const mark = this.text[this.at++] ?? '/'
    const pattern = this.until(mark, "`s' command")
    const by = this.until(mark, "`s' command")
    const flags = this.take(/^[gIip0-9]*/)?.[0] ?? ''
    if (!this.take(/^\s*(?=[;}\n]|$)/)) this.fail("unknown option to `s'")
    const expression = this.regexp(pattern, `g${/i/i.test(flags) ? 'i' : ''}`)
    const nth = Number(/\d+/.exec(flags)?.[0] ?? 1)
    return (state) => {
      let count = 0
      let changed = false
      let end = -1
      state.line = state.line.replace(expression, (...match: unknown[]) => {
        const at = match.find((part) => typeof part === 'number') as number
        // nothing is matched right behind a match
        if (match[0] === '' && at === end) return ''
        end = at + (match[0] as string).length
        count++
        if (count < nth || (count > nth && !flags.includes('g'))) return match[0] as string
        changed = true
        return by.replace(/\\([\s\S])|&/g, (all, char?: string) =>
          all === '&'
            ? (match[0] as string)
            : char && /\d/.test(char)
              ? ((match[Number(char)] as string) ?? '')
              : ({ n: '\n', t: '\t' }[char ?? ''] ?? char ?? ''),
        )
      })
      if (changed && flags.includes('p')) state.out(`${state.line}\n`)
      return undefined
    }
  }
}

function holds(address: Address, { line, number, isLast }: State): boolean {
  return address === '$' ? isLast : typeof address === 'number' ? number === address : address.test(line)
}

function applies(command: Command, state: State): boolean {
  const { from, to } = command
  if (from === undefined) return true
  if (to === undefined) return holds(from, state)
  if (command.inside) {
    if (holds(to, state) || (typeof to === 'number' && state.number >= to)) command.inside = false
    return !(typeof to === 'number' && state.number > to)
  }
  if (!holds(from, state)) return false
  command.inside = !(typeof to === 'number' && state.number >= to)
  return true
}

function runCommands(commands: readonly Command[], state: State): 'delete' | 'quit' | undefined {
  for (const command of commands) {
    if (applies(command, state) === command.negated) continue
    const outcome = command.run(state)
    if (outcome) return outcome
  }
  return undefined
}

/** `sed [-nE] [-e] PROGRAM [DOCUMENT…]`: the commands of `understood`, nothing else of sed. */
export const sed: FilterFactory = (args, output) => {
  const { flags, all, operands } = readOptions('sed', args, 'nErsu', 'e', { expression: 'e', quiet: 'n', silent: 'n', 'regexp-extended': 'E' })
  const programs = all('e').length ? all('e') : operands.splice(0, 1)
  if (!programs.length) throw new ProgramError("sed: a program is needed, as in `sed 's/old/new/'`")
  const reader = new Reader(programs.join('\n'), flags.has('E') || flags.has('r'))
  const commands = reader.readAll()
  let held: [string, number] | undefined
  let ended = false
  const process = (isLast: boolean): void => {
    if (!held || ended) return
    const state: State = { line: held[0], number: held[1], isLast, out: output.out, after: [] }
    const outcome = runCommands(commands, state)
    if (outcome !== 'delete' && !flags.has('n')) output.out(`${state.line}\n`)
    for (const text of state.after) output.out(text)
    ended = outcome === 'quit'
  }
  // a line is looked at when the next one comes only where `$` asks for the last
  const looksAhead = reader.usesLast
  const filter = byLine(
    (line, number) => {
      if (looksAhead) process(false)
      held = [line, number]
      if (!looksAhead) process(false)
    },
    () => {
      if (looksAhead) process(true)
      return 0
    },
    () => ended,
  )
  return withFiles('sed', operands, filter, output)
}
