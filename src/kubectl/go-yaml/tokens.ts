import type { Mark } from './reader.ts'

export type TokenType =
  | 'version directive'
  | 'tag directive'
  | 'document start'
  | 'document end'
  | 'stream end'
  | 'block sequence start'
  | 'block mapping start'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly type: TokenType
  readonly start: Mark
  /** Offset of what follows. */
  readonly end: number
  /** Of a scalar, its text; of an alias or anchor, its name; of a tag or its directive, the handle; of a version, `1.1`. */
  readonly value?: string
  /** Of a tag what follows its handle, of its directive what stands for the handle. */
  readonly suffix?: string
  readonly isPlain?: boolean
}
