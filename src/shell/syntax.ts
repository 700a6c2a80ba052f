import { ShellError } from './io.ts'

/** Thrown when more text could complete the line (open quote, missing here-document end, trailing `|`, loop without `done`). */
export class IncompleteLine extends ShellError {}

export const unmatched = (mark: string): IncompleteLine => new IncompleteLine(`unexpected EOF while looking for matching \`${mark}'`)

/** A here-document whose text has not been reached yet. */
export interface HereDocument {
  redirect: { kind: 'text'; text: Word }
  end: string
  stripTabs: boolean
  literal: boolean
}

/** A place in a text that is being read. */
export interface Cursor {
  readonly source: string
  at: number
  /** Read at the next line break. */
  readonly pending: HereDocument[]
  /** How many expansions and groups the cursor is in. */
  depth?: number
}

/** What a sticky pattern finds exactly at the cursor; the text behind it is not copied. */
export function matchAt(pattern: RegExp, { source, at }: Cursor): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}

/** A piece of a word. `quoted` pieces are kept as they are; unquoted results of variables and commands are split into fields. */
export type Part =
  | { kind: 'text'; text: string; quoted: boolean }
  | { kind: 'variable'; name: string; quoted: boolean; modifier?: Modifier }
  | { kind: 'command'; script: Script; quoted: boolean }
  | { kind: 'arithmetic'; text: Word; quoted: boolean }

/**
 * `${NAME<operator><word>}`: `:-` `-` `:+` `+` `:=` `=` `:?` `?` for what is not set, `#` `##` `%` `%%` to cut a prefix or suffix, `/` `//` to
 * replace by `second`, `:` for a part, `^` `^^` `,` `,,` for case, `length` for `${#NAME}`.
 */
export interface Modifier {
  operator: string
  word: Word
  second?: Word
}

export type Word = Part[]

/** `to` of an output redirection is `1`/`2` for `2>&1`, otherwise a word naming a file. */
export type Redirect = { kind: 'output'; fd: 1 | 2; to: Word | 1 | 2 } | { kind: 'input'; from: Word } | { kind: 'text'; text: Word }

export interface SimpleCommand {
  kind: 'simple'
  assignments: { name: string; append: boolean; value: Word }[]
  words: Word[]
}

export type Compound =
  | { kind: 'group'; subshell: boolean; body: Script }
  | { kind: 'for'; name: string; words: Word[]; body: Script }
  | { kind: 'while'; until: boolean; test: Script; body: Script }
  /** The branch without a test is `else`. */
  | { kind: 'if'; branches: { test?: Script; body: Script }[] }
  | { kind: 'case'; word: Word; branches: { patterns: Word[]; body: Script }[] }
  | { kind: 'condition'; condition: Condition }
  /** `((…))` */
  | { kind: 'arithmetic'; text: Word }
  /** `for ((start; test; step))` */
  | { kind: 'count'; start: Word; test: Word; step: Word; body: Script }

/** What stands in `[[ … ]]`. */
export type Condition =
  | { kind: 'and' | 'or'; left: Condition; right: Condition }
  | { kind: 'not'; of: Condition }
  | { kind: 'unary'; operator: string; word: Word }
  | { kind: 'binary'; operator: string; left: Word; right: Word }

/** What a function does when it is called. */
export type Body = Compound & { redirects: Redirect[] }

export type Command = ((SimpleCommand | { kind: 'function'; name: string; body: Body }) & { redirects: Redirect[] }) | Body

export interface Pipeline {
  negated: boolean
  commands: Command[]
}

/** Pipelines in order; `after` says on which outcome of the previous one each runs. */
export type Script = { after: ';' | '&&' | '||'; pipeline: Pipeline }[]

const maxDepth = 100

/** Reads something that may have its like inside, at most so deep that the reader keeps its stack. Throws `ShellError`. */
export function readInside<T>(cursor: Cursor, read: () => T): T {
  const depth = cursor.depth ?? 0
  if (depth >= maxDepth) throw new ShellError(`syntax error: more than ${maxDepth} expansions or groups inside of one another`)
  cursor.depth = depth + 1
  const made = read()
  cursor.depth = depth
  return made
}
