import { RE2JS } from 're2js'
import { ProgramError } from '../io.ts'

/**
 * A RegExp that takes time in proportion to the text, whatever the pattern: what is typed must not stop the simulation. It finds the longest
 * of the matches that begin first, as POSIX has it, or with `isPerl` the one that its alternatives come to first.
 * Patterns are written as for JavaScript, without look-ahead and back-references. Throws where they are not.
 */
class LinearRegExp extends RegExp {
  private readonly engine: RE2JS
  private searched: { text: string; matcher: ReturnType<RE2JS['matcher']> } | undefined

  constructor(pattern: string | LinearRegExp, flags: string, isPerl = false) {
    super('', flags)
    const longest = isPerl ? 0 : RE2JS.LONGEST_MATCH
    const ignoreCase = flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0
    this.engine = typeof pattern === 'string' ? RE2JS.compile(pattern, RE2JS.LOOKBEHINDS | RE2JS.DOTALL | longest | ignoreCase) : pattern.engine
  }

  override exec(text: string): RegExpExecArray | null {
    const from = this.global || this.sticky ? this.lastIndex : 0
    if (this.searched?.text !== text) this.searched = { text, matcher: this.engine.matcher(text) }
    const { matcher } = this.searched
    const isFound = from <= text.length && matcher.find(from) && (!this.sticky || matcher.start() === from)
    if (this.global || this.sticky) this.lastIndex = isFound ? matcher.end() : 0
    if (!isFound) return null
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? undefined)
    return Object.assign(groups as [string, ...string[]], { index: matcher.start(), input: text, groups: undefined })
  }

  /** The texts between matches; what is empty does not part them. */
  override [Symbol.split](text: string): string[] {
    const parts: string[] = []
    let start = 0
    for (const match of text.matchAll(new LinearRegExp(this, 'g'))) {
      if (match[0] === '') continue
      parts.push(text.slice(start, match.index))
      start = match.index + match[0].length
    }
    return [...parts, text.slice(start)]
  }
}

/** How long a search may take where it grows with a power of the text. */
const mostSteps = 1e8

const longestTried = 1000

const unbounded = /\\.|\[(?:\\.|[^\]\\])*\]|([*+]|\{\d+,\})/gs
/** A group that holds a repetition or a choice, and is repeated itself. */
const repeatsWithin =
  /\((?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\[()])*?(?<!\()(?:[*+?|]|\{\d*,)(?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\[()]|\((?:\\.|[^\\()])*\))*\)(?:[*+]|\{\d+,)/s

/** JavaScript's own, for back-references and look-ahead: it tries all ways there are, so texts must be short. */
class TryingRegExp extends RegExp {
  private readonly most: number

  constructor(
    pattern: string | TryingRegExp,
    flags: string,
    private readonly program = 'grep',
  ) {
    super(pattern, flags)
    const repetitions = [...this.source.matchAll(unbounded)].filter(([, repetition]) => repetition).length
    this.most = Math.floor(mostSteps ** (1 / (repetitions + 1)))
  }

  override exec(text: string): RegExpExecArray | null {
    if (text.length > this.most)
      throw new ProgramError(
        `${this.program}: a text of ${text.length} characters is too long for this pattern (at most ${this.most}): with a back-reference, or (?…), and repetitions it could take for ever`,
        2,
      )
    return super.exec(text)
  }
}

/** A pattern, written as for JavaScript, that can be searched for without fear. Throws SyntaxError, or ProgramError where it is too dear. */
export function safeRegExp(program: string, pattern: string, flags: string, isPerl: boolean): RegExp {
  // says what is wrong with it at all
  new RegExp(pattern, flags)
  try {
    return new LinearRegExp(pattern, flags, isPerl)
  } catch {
    if (pattern.length > longestTried || repeatsWithin.test(pattern))
      throw new ProgramError(
        `${program}: a repetition within a repetition, together with a back-reference or (?…), could take for ever; write the pattern without one of them`,
        2,
      )
    return new TryingRegExp(pattern, flags, program)
  }
}
