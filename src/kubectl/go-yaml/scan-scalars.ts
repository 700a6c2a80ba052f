import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, type Reader } from './reader.ts'
import { endLine } from './scan-names.ts'
import { scannerError } from './yaml-error.ts'

/** What a value has for a gap between words: its blanks, or for line breaks a blank, or the breaks behind the first. */
class Gap {
  blanks = ''
  first: string | undefined
  more = ''

  get text(): string {
    if (this.first === undefined) return this.blanks
    if (this.first !== '\n') return this.first + this.more
    return this.more || ' '
  }

  /** Reads blanks and line breaks. `refuseBlank` sees each blank behind a break. */
  read(reader: Reader, refuseBlank?: () => void): void {
    for (;;) {
      const code = reader.code()
      if (isBlank(code)) {
        if (this.first === undefined) this.blanks += String.fromCharCode(code)
        else refuseBlank?.()
        reader.skip()
      } else if (!isBreak(code)) return
      else if (this.first === undefined) this.first = reader.takeBreak()
      else this.more += reader.takeBreak()
    }
  }
}

const flowIndicators = new Set([...',?[]{}'].map((char) => char.charCodeAt(0)))

export interface PlainScalar {
  value: string
  /** Offset behind its last word. */
  end: number
  /** The reader has gone on to another line. */
  isBehindBreak: boolean
}

/** A text without quotes; `indent` = the column its further lines must reach outside of brackets. */
export function scanPlain(reader: Reader, indent: number, inFlow: boolean): PlainScalar {
  const endsWord = (): boolean => {
    const code = reader.code()
    return isBlankOrEnd(code) || (code === 58 && isBlankOrEnd(reader.code(1))) || (inFlow && flowIndicators.has(code))
  }
  const refuseTab = (): void => {
    if (reader.column < indent && reader.code() === 9) throw scannerError(reader.line, 'found a tab character that violates indentation')
  }
  let value = ''
  let end = reader.offset
  let gap = new Gap()
  while (!reader.isAtDocument() && reader.code() !== 35) {
    const start = reader.offset
    while (!endsWord()) reader.skip()
    if (reader.offset > start) {
      end = reader.offset
      value += gap.text + reader.text.slice(start, end)
      gap = new Gap()
    }
    if (!isBlank(reader.code()) && !isBreak(reader.code())) break
    gap.read(reader, refuseTab)
    if (!inFlow && reader.column < indent) break
  }
  return { value, end, isBehindBreak: gap.first !== undefined }
}

const escapes: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const hexDigits: Record<string, number> = { x: 2, u: 4, U: 8 }

/** A text in quotes of one kind. */
export function scanQuoted(reader: Reader, isSingle: boolean): string {
  const quote = isSingle ? 39 : 34
  let value = ''
  reader.skip()
  for (;;) {
    if (reader.isAtDocument()) throw scannerError(reader.line, 'found unexpected document indicator')
    if (reader.code() === 0) throw scannerError(reader.line, 'found unexpected end of stream')
    const gap = new Gap()
    while (!isBlankOrEnd(reader.code())) {
      const code = reader.code()
      if (code === quote) {
        if (!isSingle || reader.code(1) !== quote) break
        value += "'"
        reader.skip(2)
      } else if (isSingle || code !== 92) {
        const start = reader.offset
        reader.skip()
        value += reader.text.slice(start, reader.offset)
      } else if (isBreak(reader.code(1))) {
        reader.skip()
        reader.takeBreak()
        gap.first = ''
        break
      } else value += scanEscape(reader)
    }
    if (reader.code() === quote) break
    gap.read(reader)
    value += gap.text
  }
  reader.skip()
  return value
}

function scanEscape(reader: Reader): string {
  const sign = String.fromCharCode(reader.code(1))
  const known = Object.hasOwn(escapes, sign) ? escapes[sign] : undefined
  const length = Object.hasOwn(hexDigits, sign) ? hexDigits[sign] : undefined
  if (known === undefined && !length) throw scannerError(reader.line, 'found unknown escape character')
  reader.skip(2)
  if (!length) return known as string
  const hex = reader.text.slice(reader.offset, reader.offset + length)
  if (!/^[\da-f]+$/i.test(hex) || hex.length < length) throw scannerError(reader.line, 'did not find expected hexdecimal number')
  const code = Number.parseInt(hex, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) throw scannerError(reader.line, 'found invalid Unicode character escape code')
  reader.skip(length)
  return String.fromCodePoint(code)
}

/** A text behind `|` (`isLiteral`) or `>`; `parentIndent` = column of the block it stands in, -1 for none. Its header says chomping and indent. */
export function scanBlock(reader: Reader, parentIndent: number, isLiteral: boolean): { value: string; end: number } {
  reader.skip()
  const { chomping, increment } = scanBlockHeader(reader)
  const lines = new BlockLines(reader, parentIndent)
  if (increment) lines.indent = Math.max(parentIndent, 0) + increment
  const parts: string[] = []
  let end = reader.offset
  let lineBreak = ''
  let emptyLines = lines.skipEmpty()
  let wasBlank = false
  while (reader.column === lines.indent && reader.code() !== 0) {
    const beginsBlank = isBlank(reader.code())
    const isFolded = !isLiteral && !wasBlank && !beginsBlank && lineBreak === '\n'
    parts.push(isFolded ? (emptyLines ? '' : ' ') : lineBreak, emptyLines)
    wasBlank = beginsBlank
    const start = reader.offset
    while (!isBreakOrEnd(reader.code())) reader.skip()
    parts.push(reader.text.slice(start, reader.offset))
    lineBreak = reader.takeBreak()
    end = reader.offset
    emptyLines = lines.skipEmpty()
  }
  if (chomping !== '-') parts.push(lineBreak)
  if (chomping === '+') parts.push(emptyLines)
  return { value: parts.join(''), end }
}

function scanBlockHeader(reader: Reader): { chomping: string; increment: number } {
  let chomping = ''
  let increment = 0
  for (let i = 0; i < 2; i++) {
    const code = reader.code()
    if (!chomping && (code === 43 || code === 45)) chomping = String.fromCharCode(code)
    else if (!increment && isDigit(code)) {
      if (code === 48) throw scannerError(reader.line, 'found an indentation indicator equal to 0')
      increment = code - 48
    } else break
    reader.skip()
  }
  endLine(reader)
  return { chomping, increment }
}

/** The lines of a block text; without an indent from its header, its first lines say how far they are indented. */
class BlockLines {
  indent = 0

  constructor(
    private readonly reader: Reader,
    private readonly parentIndent: number,
  ) {}

  /** Goes to the next line that is not empty and says which breaks were passed. */
  skipEmpty(): string {
    const { reader } = this
    let breaks = ''
    let widest = 0
    const isBefore = (): boolean => this.indent === 0 || reader.column < this.indent
    for (;;) {
      while (isBefore() && reader.code() === 32) reader.skip()
      widest = Math.max(widest, reader.column)
      if (isBefore() && reader.code() === 9) throw scannerError(reader.line, 'found a tab character where an indentation space is expected')
      if (!isBreak(reader.code())) break
      breaks += reader.takeBreak()
    }
    this.indent ||= Math.max(widest, this.parentIndent + 1, 1)
    return breaks
  }
}
