/** A stretch of a manifest's text; lines and columns count from 1, the end is behind its last character. */
export interface TextRange {
  line: number
  column: number
  endLine: number
  endColumn: number
}

/** Whole lines of a text, from 1, the last one too. */
export interface LineRange {
  line: number
  endLine: number
}

/** A change of the text: what stands in the range is replaced (an empty range inserts). */
export interface TextEdit extends TextRange {
  text: string
}

/** Something in a manifest that the API server may take and that still does not do what it seems to, or that cannot be taken at all. */
export interface Lint extends TextRange {
  /** An error cannot be applied. */
  severity: 'error' | 'warning' | 'info'
  message: string
  /** The rule's number in the specification (`DS-7.6`), where one says more. */
  rule?: string
  fix?: { title: string; edits: readonly TextEdit[] }
  /** In these lines it says all that is to be said: what a YAML reader or a schema finds there only follows from it. */
  speaksFor?: LineRange
}
