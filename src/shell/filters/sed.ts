import { ShellError } from '../io.ts'
import { byLine, type FilterFactory, readOptions } from './filter.ts'

/** `sed [-E] 's/…/…/[gi]'`, `Nd`, `/regexp/d`, and `-n Np`/`-n /regexp/p`; several joined by `;`. Nothing else of sed. */
export const sed: FilterFactory = (args, { out }) => {
  const { flags, values, operands } = readOptions('sed', args, 'nEr', 'e')
  const program = values.get('e') ?? operands[0] ?? ''
  const steps = program
    .split(/[\n;]/)
    .filter((s) => s.trim())
    .map((step) => readStep(step.trim(), flags.has('E') || flags.has('r')))
  if (!steps.length) throw new ShellError("sed: a program is needed, as in `sed 's/old/new/'`")
  return byLine((line, number) => {
    let text: string | undefined = line
    for (const step of steps) {
      if (text === undefined) break
      if (step.at && !step.at(text, number)) continue
      if (step.kind === 'd') text = undefined
      else if (step.kind === 'p') out(`${text}\n`)
      else if (step.kind === 's') text = text.replace(step.pattern, step.replacement)
    }
    if (text !== undefined && !flags.has('n')) out(`${text}\n`)
  })
}

type At = ((line: string, number: number) => boolean) | undefined
type Step = { kind: 'd' | 'p'; at: At } | { kind: 's'; at: At; pattern: RegExp; replacement: string }

function readStep(text: string, extended: boolean): Step {
  const address = /^(?:(\d+)(?:,(\d+|\$))?|\/((?:\\.|[^/])*)\/)?\s*([sdp])(.*)$/s.exec(text)
  if (!address) throw new ShellError(`sed: only s/…/…/, d and p are understood here, not: ${text}`)
  const [, from, to, pattern, kind, rest = ''] = address
  const expression = pattern === undefined ? undefined : toRegExp(pattern, extended, '')
  const last = to === '$' ? Number.MAX_SAFE_INTEGER : Number(to ?? from)
  const at = from ? (_: string, n: number) => n >= Number(from) && n <= last : expression && ((line: string) => expression.test(line))
  if (kind !== 's') return { at, kind: kind as 'd' | 'p' }
  const mark = (rest[0] ?? '/').replace(/[.*+?^${}()|[\]\\]/, '\\$&')
  const parts = new RegExp(`^${mark}((?:\\\\.|(?!${mark}).)*)${mark}((?:\\\\.|(?!${mark}).)*)${mark}([gi]*)$`, 's').exec(rest)
  if (!parts) throw new ShellError(`sed: this command cannot be read: ${text}`)
  const replacement = (parts[2] as string)
    .replace(/\$/g, '$$$$')
    .replace(/\\(.)|&/g, (all, char?: string) =>
      all === '&' ? '$&' : char && /\d/.test(char) ? `$${char}` : char === 'n' ? '\n' : char === 't' ? '\t' : (char ?? ''),
    )
  return { at, kind: 's', pattern: toRegExp(parts[1] as string, extended, parts[3] as string), replacement }
}

function toRegExp(pattern: string, extended: boolean, flags: string): RegExp {
  const source = extended
    ? pattern
    : pattern.replace(/\\([(){}|+?])|([(){}|+?])|\\.|\[[^\]]*\]/g, (all, operator, plain) => operator ?? (plain ? `\\${plain}` : all))
  try {
    return new RegExp(source, flags)
  } catch {
    throw new ShellError(`sed: this pattern cannot be read: ${pattern}`)
  }
}
