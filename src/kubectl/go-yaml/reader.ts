import { decoderError } from './yaml-error.ts'

/** Where something stands: `offset` in the text, line and column from 0, `index` counts characters. */
export interface Mark {
  readonly offset: number
  readonly index: number
  readonly line: number
  readonly column: number
}

export const isBlank = (code: number): boolean => code === 32 || code === 9
export const isBreak = (code: number): boolean => code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029
export const isBreakOrEnd = (code: number): boolean => code === 0 || isBreak(code)
export const isBlankOrEnd = (code: number): boolean => code === 0 || isBlank(code) || isBreak(code)
export const isDigit = (code: number): boolean => code >= 48 && code <= 57
/** Letters, digits, `_` and `-`. */
export const isAlpha = (code: number): boolean =>
  isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 45

const control = /[^\t\n\r -~\x85\xa0-\ufffd]/

/** Bytes go-yaml reads at once. */
const chunkBytes = 512

/** Where the chunk begins that has the first character YAML does not allow; nowhere when it allows all. */
function refusedFrom(text: string): number {
  const bad = text.search(control)
  if (bad < 0) return Number.POSITIVE_INFINITY
  let start = 0
  let bytes = 0
  for (let at = 0; at < bad; at++) {
    const code = text.charCodeAt(at)
    const isPair = code >= 0xd800 && code < 0xdc00
    const width = code < 0x80 ? 1 : code < 0x800 ? 2 : isPair ? 4 : 3
    if (bytes + width > chunkBytes) {
      start = at
      bytes = 0
    }
    bytes += width
    if (isPair) at++
  }
  return bytes >= chunkBytes ? bad : start
}

/** The text with a place in it. Its end reads as 0, which no text may have. */
export class Reader {
  offset = 0
  index = 0
  line = 0
  column = 0
  private readonly refused: number

  constructor(readonly text: string) {
    this.refused = refusedFrom(text)
    if (text.charCodeAt(0) === 0xfeff) this.offset = 1
  }

  get mark(): Mark {
    return { offset: this.offset, index: this.index, line: this.line, column: this.column }
  }

  /** The character here, or some characters ahead. */
  code(ahead = 0): number {
    const at = this.offset + ahead
    if (at >= this.refused) throw decoderError(this.line, 'control characters are not allowed')
    return at < this.text.length ? this.text.charCodeAt(at) : 0
  }

  skip(count = 1): void {
    for (let i = 0; i < count; i++) {
      const code = this.code()
      this.offset += code >= 0xd800 && code < 0xdc00 ? 2 : 1
      this.index++
      this.column++
    }
  }

  /** Goes behind a line break, and says what stands for it in a value. */
  takeBreak(): string {
    const code = this.code()
    if (!isBreak(code)) return ''
    const width = code === 13 && this.code(1) === 10 ? 2 : 1
    this.offset += width
    this.index += width
    this.line++
    this.column = 0
    return code > 0x2000 ? String.fromCharCode(code) : '\n'
  }

  /** Goes behind characters of a kind and says what they were. */
  takeWhile(isOne: (code: number) => boolean): string {
    const start = this.offset
    while (isOne(this.code())) this.skip()
    return this.text.slice(start, this.offset)
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.skip()
  }

  skipComment(): void {
    if (this.code() === 35) while (!isBreakOrEnd(this.code())) this.skip()
  }

  /** Whether `---` or `...` begins a line here. */
  isAtDocument(): boolean {
    if (this.column > 0) return false
    const code = this.code()
    return (code === 45 || code === 46) && this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3))
  }
}
