import { ShellError } from './io.ts'

/** Thrown when more text could complete the line (open quote, missing here-document end, trailing `|`). */
export class IncompleteLine extends ShellError {}

/** A place in a text that is being read. */
export interface Cursor {
  readonly source: string
  at: number
}

/** A piece of a word. `quoted` pieces are kept as they are; unquoted results of variables and commands are split at blanks. */
export type Part =
  | { kind: 'text'; text: string; quoted: boolean }
  | { kind: 'variable'; name: string; quoted: boolean; modifier?: Modifier }
  | { kind: 'command'; script: Script; quoted: boolean }

/** `${NAME<operator><word>}`: `:-` `-` `:+` `+` `:=` `=` for defaults, `#` `##` `%` `%%` to cut a prefix or suffix, `length` for `${#NAME}`. */
export interface Modifier {
  operator: string
  word: Word
}

export type Word = Part[]

/** `to` of an output redirection is `1`/`2` for `2>&1`, otherwise a word naming a file. */
export type Redirect = { kind: 'output'; fd: 1 | 2; to: Word | 1 | 2 } | { kind: 'input'; from: Word } | { kind: 'text'; text: Word }

export interface Command {
  assignments: { name: string; value: Word }[]
  words: Word[]
  redirects: Redirect[]
}

export interface Pipeline {
  negated: boolean
  commands: Command[]
}

/** Pipelines in order; `after` says on which outcome of the previous one each runs. */
export type Script = { after: ';' | '&&' | '||'; pipeline: Pipeline }[]
