import { isBlank, isBlankOrEnd, isBreak, type Mark, Reader } from './reader.ts'
import { scanAnchor, scanDirective, scanTag } from './scan-names.ts'
import { scanBlock, scanPlain, scanQuoted } from './scan-scalars.ts'
import type { Token, TokenType } from './tokens.ts'
import { scannerError, type YamlError } from './yaml-error.ts'

/** What may turn out to be a key, if `:` follows in the same line. */
interface SimpleKey {
  isPossible: boolean
  /** Nothing but a key can stand there. */
  isRequired: boolean
  /** Number of its first token. */
  token: number
  mark: Mark
}

/** Most characters between the begin of a key without `?` and its `:`. */
const longestKey = 1024
const deepest = 10_000

const indicators = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map((char) => char.charCodeAt(0)))
const flowTokens: Record<number, TokenType> = { 91: '[', 123: '{', 93: ']', 125: '}', 44: ',' }

/** Takes a text apart into the tokens go-yaml sees. A token is given out when it is known whether it begins a key. */
export class Scanner {
  private readonly reader: Reader
  private readonly queue: Token[] = []
  private taken = 0
  /** Column of the block that is open; those around it are in `indents`. */
  private indent = -1
  private readonly indents: number[] = []
  /** One for the block, one for each open bracket. */
  private readonly keys: SimpleKey[]
  private readonly levelOfToken = new Map<number, number>()
  private isKeyAllowed = true

  constructor(text: string) {
    this.reader = new Reader(text)
    this.keys = [{ isPossible: false, isRequired: false, token: 0, mark: this.reader.mark }]
  }

  peek(): Token {
    while (!this.queue[0] || this.mayBeginKey()) this.fetchNext()
    return this.queue[0]
  }

  take(): Token {
    const token = this.peek()
    this.queue.shift()
    this.taken++
    return token
  }

  private mayBeginKey(): boolean {
    const level = this.levelOfToken.get(this.taken)
    const key = level === undefined ? undefined : this.keys[level]
    return key !== undefined && this.isStillPossible(key)
  }

  private get inFlow(): boolean {
    return this.keys.length > 1
  }

  private refuse(problem: string): YamlError {
    return scannerError(this.reader.line, problem)
  }

  private add(type: TokenType, start: Mark, rest?: Partial<Token>, place = -1): void {
    const token: Token = { type, start, end: this.reader.offset, ...rest }
    if (place < 0) this.queue.push(token)
    else this.queue.splice(place, 0, token)
  }

  private fetchNext(): void {
    const { reader } = this
    this.skipToToken()
    this.closeBlocks(reader.column)
    reader.code(3)
    const code = reader.code()
    if (code === 0) this.fetchEnd()
    else if (reader.column === 0 && code === 37) this.fetchAtMargin(() => scanDirective(reader))
    else if (reader.isAtDocument()) this.fetchDocument(code === 45)
    else if (flowTokens[code]) this.fetchFlow(flowTokens[code])
    else if (!this.fetchedIndicator(code) && !this.fetchedContent(code)) throw this.refuse('found character that cannot start any token')
  }

  private fetchFlow(type: TokenType): void {
    if (type === ',') this.fetchIndicator(type, true)
    else if (type === '[' || type === '{') this.openFlow(type)
    else this.closeFlow(type)
  }

  /** Whether `-`, `?` or `:` stood here for a collection. */
  private fetchedIndicator(code: number): boolean {
    const isAlone = isBlankOrEnd(this.reader.code(1))
    if (code === 45 && isAlone) this.fetchEntry()
    else if (code === 63 && (this.inFlow || isAlone)) this.fetchKey()
    else if (code === 58 && (this.inFlow || isAlone)) this.fetchValue()
    else return false
    return true
  }

  /** Whether a scalar, or what names or tags a value, stood here. */
  private fetchedContent(code: number): boolean {
    const { reader } = this
    if (code === 42) this.fetchContent(() => scanAnchor(reader, 'alias'))
    else if (code === 38) this.fetchContent(() => scanAnchor(reader, 'anchor'))
    else if (code === 33) this.fetchContent(() => scanTag(reader))
    else if ((code === 124 || code === 62) && !this.inFlow) this.fetchBlockScalar(code === 124)
    else if (code === 39 || code === 34) this.fetchContent(() => ({ type: 'scalar', value: scanQuoted(reader, code === 39) }))
    else if (this.beginsPlain(code)) this.fetchPlain()
    else return false
    return true
  }

  private beginsPlain(code: number): boolean {
    const next = this.reader.code(1)
    if (code === 45) return !isBlank(next)
    if (code === 63 || code === 58) return !this.inFlow && !isBlankOrEnd(next)
    return !indicators.has(code) && !isBlankOrEnd(code)
  }

  /** A tab is no indentation: it may only stand where no key could. */
  private skipToToken(): void {
    const { reader } = this
    if (reader.index === 0 && reader.code() === 0xfeff) reader.skip()
    for (;;) {
      while (reader.code() === 32 || (reader.code() === 9 && (this.inFlow || !this.isKeyAllowed))) reader.skip()
      reader.skipComment()
      if (!isBreak(reader.code())) return
      reader.takeBreak()
      if (!this.inFlow) this.isKeyAllowed = true
    }
  }

  private isStillPossible(key: SimpleKey): boolean {
    if (!key.isPossible) return false
    if (key.mark.line === this.reader.line && key.mark.index + longestKey >= this.reader.index) return true
    this.giveUp(key)
    return false
  }

  private giveUp(key: SimpleKey): void {
    if (key.isPossible && key.isRequired) throw this.refuse("could not find expected ':'")
    key.isPossible = false
  }

  private get topKey(): SimpleKey {
    return this.keys[this.keys.length - 1] as SimpleKey
  }

  private get nextNumber(): number {
    return this.taken + this.queue.length
  }

  private forgetKey(): void {
    const key = this.topKey
    if (!key.isPossible) return
    this.giveUp(key)
    this.levelOfToken.delete(key.token)
  }

  /** What comes now may be a key. */
  private keepKey(): void {
    if (!this.isKeyAllowed) return
    const { mark } = this.reader
    const isRequired = !this.inFlow && this.indent === mark.column
    this.forgetKey()
    this.keys[this.keys.length - 1] = { isPossible: true, isRequired, token: this.nextNumber, mark }
    this.levelOfToken.set(this.nextNumber, this.keys.length - 1)
  }

  /** A block begins where a column is further right than that of the open one. `place` = of its token in the queue. */
  private openBlock(type: 'block sequence start' | 'block mapping start', mark: Mark, place: number): void {
    if (this.inFlow || this.indent >= mark.column) return
    this.indents.push(this.indent)
    this.indent = mark.column
    if (this.indents.length > deepest) throw this.refuse(`exceeded max depth of ${deepest}`)
    this.add(type, mark, { end: mark.offset }, place)
  }

  private closeBlocks(column: number): void {
    if (this.inFlow) return
    while (this.indent > column) {
      this.add('block end', this.reader.mark)
      this.indent = this.indents.pop() as number
    }
  }

  private fetchEnd(): void {
    const { reader } = this
    if (reader.column !== 0) {
      reader.column = 0
      reader.line++
    }
    this.fetchAtMargin(() => ({ type: 'stream end' }))
  }

  private fetchDocument(isStart: boolean): void {
    this.fetchAtMargin(() => {
      this.reader.skip(3)
      return { type: isStart ? 'document start' : 'document end' }
    })
  }

  /** What ends all blocks. */
  private fetchAtMargin(scan: () => Pick<Token, 'type' | 'value' | 'suffix'>): void {
    const start = this.reader.mark
    this.closeBlocks(-1)
    this.forgetKey()
    this.isKeyAllowed = false
    const token = scan()
    this.add(token.type, start, token)
  }

  private openFlow(type: '[' | '{'): void {
    this.keepKey()
    const start = this.reader.mark
    this.keys.push({ isPossible: false, isRequired: false, token: this.nextNumber, mark: start })
    if (this.keys.length - 1 > deepest) throw this.refuse(`exceeded max depth of ${deepest}`)
    this.isKeyAllowed = true
    this.reader.skip()
    this.add(type, start)
  }

  private closeFlow(type: TokenType): void {
    this.forgetKey()
    const closed = this.inFlow ? this.keys.pop() : undefined
    if (closed) this.levelOfToken.delete(closed.token)
    this.isKeyAllowed = false
    this.addIndicator(type)
  }

  private addIndicator(type: TokenType): void {
    const start = this.reader.mark
    this.reader.skip()
    this.add(type, start)
  }

  private fetchIndicator(type: TokenType, isKeyAllowed: boolean): void {
    this.forgetKey()
    this.isKeyAllowed = isKeyAllowed
    this.addIndicator(type)
  }

  private fetchEntry(): void {
    if (!this.inFlow && !this.isKeyAllowed) throw this.refuse('block sequence entries are not allowed in this context')
    this.openBlock('block sequence start', this.reader.mark, -1)
    this.fetchIndicator('-', true)
  }

  private fetchKey(): void {
    if (!this.inFlow && !this.isKeyAllowed) throw this.refuse('mapping keys are not allowed in this context')
    this.openBlock('block mapping start', this.reader.mark, -1)
    this.fetchIndicator('key', !this.inFlow)
  }

  private fetchValue(): void {
    const key = this.topKey
    if (this.isStillPossible(key)) {
      const place = key.token - this.taken
      this.add('key', key.mark, { end: key.mark.offset }, place)
      this.openBlock('block mapping start', key.mark, place)
      key.isPossible = false
      this.levelOfToken.delete(key.token)
      this.isKeyAllowed = false
    } else {
      if (!this.inFlow && !this.isKeyAllowed) throw this.refuse('mapping values are not allowed in this context')
      this.openBlock('block mapping start', this.reader.mark, -1)
      this.isKeyAllowed = !this.inFlow
    }
    this.addIndicator('value')
  }

  private fetchContent(scan: () => Pick<Token, 'type' | 'value' | 'suffix'>): void {
    this.keepKey()
    this.isKeyAllowed = false
    const start = this.reader.mark
    const token = scan()
    this.add(token.type, start, token)
  }

  private fetchBlockScalar(isLiteral: boolean): void {
    this.forgetKey()
    this.isKeyAllowed = true
    const start = this.reader.mark
    this.add('scalar', start, scanBlock(this.reader, this.indent, isLiteral))
  }

  private fetchPlain(): void {
    this.keepKey()
    this.isKeyAllowed = false
    const start = this.reader.mark
    const { isBehindBreak, ...scalar } = scanPlain(this.reader, this.indent + 1, this.inFlow)
    this.add('scalar', start, { ...scalar, isPlain: true })
    if (isBehindBreak) this.isKeyAllowed = true
  }
}
