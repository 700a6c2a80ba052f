/** Parser of kubectl's JSONPath templates. @source client-go/util/jsonpath/parser.go */

export type JsonPathNode =
  | { type: 'text'; text: string }
  | { type: 'value'; value: number | boolean; float?: boolean }
  | { type: 'identifier'; name: string }
  | { type: 'field'; name: string }
  | { type: 'array'; params: readonly [SliceBound, SliceBound, SliceBound] }
  | { type: 'union'; lists: JsonPathNode[][] }
  | { type: 'filter'; left: JsonPathNode[]; right: JsonPathNode[]; operator: string }
  | { type: 'list'; nodes: JsonPathNode[] }
  | { type: 'wildcard' | 'recursive' }

export interface SliceBound {
  known: boolean
  value: number
  /** Made up: the end of a single index. */
  derived?: boolean
}

/** A template that cannot be read, or that does not fit the object; `message` is client-go's text. */
export class JsonPathError extends Error {
  /** What client-go returns beside the error: what it was looking at. */
  readonly found: readonly unknown[]

  constructor(message: string, found: readonly unknown[] = []) {
    super(message)
    this.found = found
  }
}

const isLetterOrDigit = (c: string) => c === '_' || /[\p{L}\p{Nd}]/u.test(c)
const isTerminator = (c: string) => c === '' || ' \t\r\n.,[]$@{}'.includes(c)
const escapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"' }

/** @source client-go/util/jsonpath UnquoteExtend */
function unquote(literal: string): string {
  const quote = literal[0] as string
  const fail = () => new JsonPathError(`unquote string ${literal} error invalid syntax`)
  const body = literal.slice(1, -1)
  let out = ''
  for (let i = 0; i < body.length; i++) {
    if (body[i] !== '\\') {
      out += body[i]
      continue
    }
    const code = /^(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3})/.exec(body.slice(i + 1))?.[0]
    const next = body[i + 1] ?? ''
    if (code) {
      out += String.fromCodePoint(Number.parseInt(/\d/.test(code[0] as string) ? code : code.slice(1), /\d/.test(code[0] as string) ? 8 : 16))
      i += code.length
    } else if (next in escapes && (!`'"`.includes(next) || next === quote)) {
      out += escapes[next]
      i++
    } else throw fail()
  }
  return out
}

class Parser {
  readonly root: JsonPathNode[] = []
  private readonly input: readonly string[]
  private pos = 0
  private start = 0

  constructor(text: string) {
    this.input = [...text]
  }

  parseText(): void {
    while (this.pos < this.input.length) {
      if (this.input[this.pos] === '{') {
        this.appendText()
        this.pos++
        this.consume()
        const nodes: JsonPathNode[] = []
        this.root.push({ type: 'list', nodes })
        this.parseInsideAction(nodes)
      } else this.pos++
    }
    this.appendText()
  }

  private appendText(): void {
    if (this.pos > this.start) this.root.push({ type: 'text', text: this.consume() })
  }

  private consume(): string {
    const text = this.input.slice(this.start, this.pos).join('')
    this.start = this.pos
    return text
  }

  private peek(ahead = 0): string {
    return this.input[this.pos + ahead] ?? ''
  }

  private next(): string {
    const c = this.peek()
    if (c) this.pos++
    return c
  }

  private startsWith(text: string): boolean {
    return [...text].every((c, i) => this.peek(i) === c)
  }

  private parseInsideAction(cur: JsonPathNode[]): void {
    for (;;) {
      if (this.startsWith('}')) {
        this.pos++
        this.consume()
        return
      }
      if (this.startsWith('[?(')) this.parseFilter(cur)
      else if (this.startsWith('..')) this.parseRecursive(cur)
      else this.parseOne(cur)
    }
  }

  private parseOne(cur: JsonPathNode[]): void {
    const c = this.next()
    if (c === '' || c === '\n' || c === '\r') throw new JsonPathError('unclosed action')
    if (c === ' ' || c === '@' || c === '$') this.consume()
    else if (c === '[') this.parseArray(cur)
    else if (c === '"' || c === "'") this.parseQuote(cur, c)
    else if (c === '.') this.parseField(cur)
    else if (c === '+' || c === '-' || /\p{Nd}/u.test(c)) this.parseNumber(cur)
    else if (isLetterOrDigit(c)) this.parseIdentifier(cur)
    else {
      const code = (c.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
      throw new JsonPathError(`unrecognized character in action: U+${code} '${c}'`)
    }
  }

  private parseIdentifier(cur: JsonPathNode[]): void {
    while (!isTerminator(this.peek())) this.pos++
    const name = this.consume()
    cur.push(name === 'true' || name === 'false' ? { type: 'value', value: name === 'true' } : { type: 'identifier', name })
  }

  private parseRecursive(cur: JsonPathNode[]): void {
    if (cur.at(-1)?.type === 'recursive') throw new JsonPathError('invalid multiple recursive descent')
    this.pos += 2
    this.consume()
    cur.push({ type: 'recursive' })
    if (isLetterOrDigit(this.peek())) this.parseField(cur)
  }

  private parseNumber(cur: JsonPathNode[]): void {
    while (this.peek() === '.' || /\p{Nd}/u.test(this.peek())) this.pos++
    const text = this.consume()
    if (/^[+-]?\d+$/.test(text)) cur.push({ type: 'value', value: Number(text) })
    else if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) cur.push({ type: 'value', value: Number(text), float: true })
    else throw new JsonPathError(`cannot parse number ${text}`)
  }

  private parseArray(cur: JsonPathNode[]): void {
    for (;;) {
      const c = this.next()
      if (c === '' || c === '\n') throw new JsonPathError('unterminated array')
      if (c === ']') break
    }
    let text = this.consume().slice(1, -1)
    if (text === '*') text = ':'
    const parts = text.split(',')
    if (parts.length > 1) {
      cur.push({ type: 'union', lists: parts.map((part) => parseAction(`[${part.replace(/^ +| +$/g, '')}]`)) })
      return
    }
    const key = /^'([^']*)'$/.exec(text)
    if (key) {
      cur.push(...parseAction(`.${key[1]}`))
      return
    }
    const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text)
    if (!slice) throw new JsonPathError(`invalid array index ${text}`)
    cur.push({ type: 'array', params: sliceBounds(slice.slice(1)) })
  }

  private parseFilter(cur: JsonPathNode[]): void {
    this.pos += 3
    this.consume()
    let pair = ''
    let closed = false
    for (;;) {
      const c = this.next()
      if (c === '' || c === '\n') throw new JsonPathError('unterminated filter')
      if (c === '"' || c === "'") {
        if (!pair) pair = c
        else if (c === pair && this.peek(-2) !== '\\') closed = true
      } else if (c === ')' && (pair !== '') === closed) break
    }
    if (this.next() !== ']') throw new JsonPathError('unclosed array expect ]')
    const text = this.consume().slice(0, -2)
    const parts = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text)
    if (!parts) cur.push({ type: 'filter', left: parseAction(text), right: [], operator: 'exists' })
    else cur.push({ type: 'filter', left: parseAction(parts[1] as string), right: parseAction(parts[3] as string), operator: parts[2] as string })
  }

  private parseQuote(cur: JsonPathNode[], end: string): void {
    for (;;) {
      const c = this.next()
      if (c === '' || c === '\n') throw new JsonPathError('unterminated quoted string')
      if (c === end && this.peek(-2) !== '\\') break
    }
    cur.push({ type: 'text', text: unquote(this.consume()) })
  }

  private parseField(cur: JsonPathNode[]): void {
    this.consume()
    while (!isTerminator(this.peek())) this.pos += this.peek() === '\\' ? 2 : 1
    this.pos = Math.min(this.pos, this.input.length)
    const name = this.consume()
    cur.push(name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') })
  }
}

function sliceBounds(parts: readonly (string | undefined)[]): [SliceBound, SliceBound, SliceBound] {
  const bound = (text: string | undefined): SliceBound => {
    const digits = text?.replace(/^:/, '')
    if (!digits) return { known: false, value: 0 }
    if (digits === '-') throw new JsonPathError('array index - is not a number')
    return { known: true, value: Number(digits) }
  }
  const from = bound(parts[0])
  const to = parts[1] ? bound(parts[1]) : { known: true, value: from.value + 1, derived: true }
  return [from, to, bound(parts[2])]
}

/** The nodes of one `{action}`. */
function parseAction(text: string): JsonPathNode[] {
  const first = parseJsonPath(`{${text}}`)[0]
  return first?.type === 'list' ? first.nodes : []
}

/** The nodes of a template: texts and lists of what stands in braces. Throws JsonPathError. */
export function parseJsonPath(template: string): JsonPathNode[] {
  const parser = new Parser(template)
  parser.parseText()
  return parser.root
}
