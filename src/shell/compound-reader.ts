import type { ShellError } from './io.ts'
import type { Cursor, Script, Word } from './syntax.ts'

/** What reading a compound command needs of the parser. */
export interface CompoundReader {
  readonly cursor: Cursor
  /** Up to one of these words, which is not read. */
  readScript(stops?: readonly string[], oneLine?: boolean): Script
  /** `end` = where it ends; by default at a blank or an operator. */
  readWord(end?: RegExp): Word | undefined
  /** What stands in `((…))`; the cursor is behind its beginning, and goes behind its end. */
  readArithmetic(): Word
  /** The bare word that comes next, over line breaks. */
  peekWord(): string
  unexpected(): ShellError
}
