/** Parser of Go's text/template. @source text/template/parse/parse.go */
import { quoteGo } from '#k8s/schema/go-format.ts'
import { functions } from './functions.ts'
import { type Token, type TokenType, tokenize } from './lexer.ts'
import { type Command, type Operand, operandText, type Pipeline, type TemplateNode } from './nodes.ts'
import { tokenText, unquote } from './token-text.ts'

/** The name under which kubectl's templates run. */
export const templateName = 'output'

export interface Template {
  text: string
  root: TemplateNode[]
  /** What `define` and `block` give names to. */
  named: ReadonlyMap<string, TemplateNode[]>
}

type End = 'end' | 'else'
type Control = 'if' | 'range' | 'with'

const operandTypes = new Set<TokenType>('bool character dot field identifier number nil string variable paren'.split(' ') as TokenType[])

class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  private variables = ['$']
  private ranges = 0
  readonly named = new Map<string, TemplateNode[]>()

  constructor(private readonly template: string) {
    this.tokens = tokenize(template)
  }

  private get peek(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token
  }

  private next(): Token {
    const token = this.peek
    this.at++
    return token
  }

  private peekNonSpace(): Token {
    while (this.peek.type === 'space') this.at++
    return this.peek
  }

  private nextNonSpace(): Token {
    this.peekNonSpace()
    return this.next()
  }

  private fail(text: string, { pos } = this.peek): never {
    const line = this.template.slice(0, pos).split('\n').length
    throw new Error(`template: ${templateName}:${line}: ${text}`)
  }

  private unexpected(token: Token, context: string): never {
    return token.type === 'error' ? this.fail(token.text, token) : this.fail(`unexpected ${tokenText(token)} in ${context}`, token)
  }

  private expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace()
    return token.type === type ? token : this.unexpected(token, context)
  }

  /** The whole template. */
  parse(): TemplateNode[] {
    const nodes: TemplateNode[] = []
    while (this.peek.type !== 'eof') {
      if (this.peek.type === 'left' && this.isDefinition()) {
        this.definition()
        continue
      }
      const node = this.textOrAction()
      if (typeof node === 'string') this.fail(`unexpected {{${node}}}`)
      nodes.push(node)
    }
    return nodes
  }

  private isDefinition(): boolean {
    const after = this.tokens.slice(this.at + 1).find((t) => t.type !== 'space')
    return after?.type === 'keyword' && after.text === 'define'
  }

  private definition(): void {
    this.next()
    this.nextNonSpace()
    const context = 'define clause'
    const name = unquote(this.expect('string', context).text)
    this.expect('right', context)
    const before = this.variables
    this.variables = ['$']
    const { nodes, end } = this.list()
    if (end !== 'end') this.fail(`unexpected {{${end}}} in ${context}`)
    this.variables = before
    this.named.set(name, nodes)
  }

  /** Nodes up to the `{{end}}` or `{{else}}` that closes them. */
  private list(): { nodes: TemplateNode[]; end: End } {
    const nodes: TemplateNode[] = []
    while (this.peekNonSpace().type !== 'eof') {
      const node = this.textOrAction()
      if (typeof node === 'string') return { nodes, end: node }
      nodes.push(node)
    }
    return this.fail('unexpected EOF')
  }

  private textOrAction(): TemplateNode | End {
    const token = this.nextNonSpace()
    if (token.type === 'text') return { type: 'text', text: token.text, pos: token.pos }
    if (token.type !== 'left') this.unexpected(token, 'input')
    const first = this.peekNonSpace()
    if (first.type !== 'keyword') return { type: 'action', pipe: this.pipeline('command', 'right'), pos: first.pos }
    this.next()
    switch (first.text) {
      case 'if':
      case 'range':
      case 'with':
        return this.control(first.text, first.pos)
      case 'end':
        this.expect('right', 'end')
        return 'end'
      case 'else': {
        const after = this.peekNonSpace()
        if (!(after.type === 'keyword' && (after.text === 'if' || after.text === 'with'))) this.expect('right', 'else')
        return 'else'
      }
      case 'break':
      case 'continue': {
        const after = this.nextNonSpace()
        if (after.type !== 'right') this.unexpected(after, `{{${first.text}}}`)
        if (this.ranges === 0) this.fail(`{{${first.text}}} outside {{range}}`, first)
        return { type: first.text, pos: first.pos }
      }
      case 'template':
        return this.invocation()
      case 'block':
        return this.block()
      default:
        return this.unexpected(first, 'command')
    }
  }

  private invocation(): TemplateNode {
    const context = 'template clause'
    const { text, pos } = this.expect('string', context)
    const name = unquote(text)
    if (this.peekNonSpace().type !== 'right') return { type: 'template', name, pipe: this.pipeline(context, 'right'), pos }
    this.next()
    return { type: 'template', name, pos }
  }

  private block(): TemplateNode {
    const context = 'block clause'
    const { text, pos } = this.expect('string', context)
    const name = unquote(text)
    const pipe = this.pipeline(context, 'right')
    const { nodes, end } = this.list()
    if (end !== 'end') this.fail(`unexpected {{${end}}} in ${context}`)
    this.named.set(name, nodes)
    return { type: 'template', name, pipe, pos }
  }

  private control(type: Control, pos: number): TemplateNode {
    const known = this.variables.length
    const pipe = this.pipeline(type, 'right')
    if (type === 'range') this.ranges++
    const { nodes: body, end } = this.list()
    if (type === 'range') this.ranges--
    let otherwise: TemplateNode[] = []
    if (end === 'else') {
      const again = this.peek
      if (again.type === 'keyword' && again.text === type && type !== 'range') {
        this.next()
        otherwise = [this.control(type, again.pos)]
      } else {
        const rest = this.list()
        if (rest.end !== 'end') this.fail(`expected end; found {{${rest.end}}}`)
        otherwise = rest.nodes
      }
    }
    this.variables.length = known
    return { type, pipe, body, otherwise, pos }
  }

  private declarations(context: string): Pick<Pipeline, 'set' | 'isAssign'> {
    const set: string[] = []
    while (this.peekNonSpace().type === 'variable') {
      const back = this.at
      const variable = this.next()
      const sign = this.peekNonSpace()
      if (sign.type !== 'assign' && sign.type !== 'declare' && sign.type !== 'comma') {
        this.at = back
        break
      }
      this.next()
      set.push(variable.text)
      this.variables.push(variable.text)
      if (sign.type !== 'comma') return { set, isAssign: sign.type === 'assign' }
      if (context !== 'range' || set.length > 1) this.fail(`too many declarations in ${context}`)
      if (this.peekNonSpace().type !== 'variable') this.fail('range can only initialize variables')
    }
    return { set, isAssign: false }
  }

  private pipeline(context: string, end: TokenType): Pipeline {
    const { pos } = this.peekNonSpace()
    const declared = this.declarations(context)
    const commands: Command[] = []
    for (;;) {
      const token = this.peekNonSpace()
      if (token.type === end) {
        this.next()
        break
      }
      if (!operandTypes.has(token.type)) this.unexpected(token, context)
      commands.push(this.command())
    }
    if (commands.length === 0) this.fail(`missing value for ${context}`)
    commands.slice(1).forEach(({ words: [first] }, i) => {
      if (/^(bool|dot|nil|number|string)$/.test(first?.type ?? '')) this.fail(`non executable command in pipeline stage ${i + 2}`)
    })
    return { ...declared, commands, pos }
  }

  private command(): Command {
    const words: Operand[] = []
    const { pos } = this.peekNonSpace()
    for (;;) {
      this.peekNonSpace()
      const operand = this.operand()
      if (operand) words.push(operand)
      const token = this.next()
      if (token.type === 'space') continue
      if (token.type === 'right' || token.type === 'closing') this.at--
      else if (token.type !== 'pipe') this.unexpected(token, 'operand')
      break
    }
    if (words.length === 0) this.fail('empty command')
    return { words, pos }
  }

  private operand(): Operand | undefined {
    const term = this.term()
    if (!term || this.peek.type !== 'field') return term
    const { pos } = this.peek
    const path: string[] = []
    while (this.peek.type === 'field') path.push(this.next().text.slice(1))
    if (term.type === 'field' || term.type === 'variable') return { ...term, path: [...term.path, ...path], pos }
    if (term.type !== 'pipe' && term.type !== 'function' && term.type !== 'chain') this.fail(`unexpected . after term ${quoteGo(operandText(term))}`)
    return { type: 'chain', of: term, path, pos }
  }

  private term(): Operand | undefined {
    const token = this.peekNonSpace()
    const { text, pos } = token
    if (!operandTypes.has(token.type)) return undefined
    this.next()
    switch (token.type) {
      case 'identifier':
        if (!Object.hasOwn(functions, text)) this.fail(`function ${quoteGo(text)} not defined`, token)
        return { type: 'function', name: text, pos }
      case 'variable':
        if (!this.variables.includes(text)) this.fail(`undefined variable ${quoteGo(text)}`, token)
        return { type: 'variable', name: text, path: [], pos }
      case 'field':
        return { type: 'field', path: [text.slice(1)], pos }
      case 'bool':
        return { type: 'bool', value: text === 'true', pos }
      case 'string':
        return { type: 'string', value: unquote(text), text, pos }
      case 'character':
        return { type: 'number', value: unquote(text).codePointAt(0) ?? 0, isFloat: false, text, pos }
      case 'number': {
        const value = Number(text.replaceAll('_', ''))
        if (Number.isNaN(value)) this.fail(`bad number syntax: ${quoteGo(text)}`, token)
        return { type: 'number', value, isFloat: /[.eE]/.test(text) && !/^[+-]?0x/i.test(text), text, pos }
      }
      case 'paren':
        return { type: 'pipe', pipe: this.pipeline('parenthesized pipeline', 'closing'), pos }
      default:
        return { type: token.type as 'dot' | 'nil', pos }
    }
  }
}

/** Throws an Error with what Go says is wrong, and in which line. */
export function parseGoTemplate(text: string): Template {
  const parser = new Parser(text)
  const root = parser.parse()
  return { text, root, named: parser.named }
}
