/** Parser of the part of Go's text/template that people use with kubectl. Not modelled: define, template, block, break, continue. */

export type Operand =
  | { type: 'literal'; value: string | number | boolean | null }
  | { type: 'field'; path: readonly string[] }
  | { type: 'variable'; name: string; path: readonly string[] }
  | { type: 'function'; name: string }
  | { type: 'pipe'; pipe: Pipeline; path: readonly string[] }

export interface Pipeline {
  /** Variables that are set: one, or two in `range $i, $x := …`. */
  set: readonly string[]
  declare: boolean
  commands: readonly (readonly Operand[])[]
}

export type TemplateNode =
  | { type: 'text'; text: string }
  | { type: 'action'; pipe: Pipeline }
  | { type: 'if' | 'range' | 'with'; pipe: Pipeline; body: TemplateNode[]; otherwise: TemplateNode[] }

const token = /\s*("(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])+'|:=|[|(),=]|\$\w*(?:\.\w+)*|(?:\.\w+)+|\.|[+-]?\d[\w.]*|[A-Za-z_]\w*)/y

function tokenize(text: string): string[] {
  const tokens: string[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    token.lastIndex = at
    const match = token.exec(text)
    if (!match) throw new Error(`unexpected ${JSON.stringify(text.slice(at).trim()[0])} in command`)
    const glued = match[0] === match[1] && at > 0 && (match[1] as string).startsWith('.') && text[at - 1] === ')'
    tokens.push(glued ? `)${match[1]}` : (match[1] as string))
    at = token.lastIndex
  }
  return tokens
}

/** What `functions` of go-template.ts has. */
const functionNames = new Set('len index eq ne lt le gt ge and or not print println printf slice html urlquery exists base64decode'.split(' '))

function unquote(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1)
  const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" }
  return literal.slice(1, -1).replace(/\\(u[\da-fA-F]{4}|.)/g, (_, e: string) => escapes[e] ?? String.fromCharCode(Number.parseInt(e.slice(1), 16)))
}

class ActionParser {
  private at = 0
  private readonly tokens: readonly string[]

  constructor(text: string) {
    this.tokens = tokenize(text)
  }

  /** Takes a keyword when it is next. */
  keyword(...words: string[]): string | undefined {
    const word = this.tokens[this.at]
    if (word === undefined || !words.includes(word)) return undefined
    this.at++
    return word
  }

  get isEmpty(): boolean {
    return this.at >= this.tokens.length
  }

  /** `context` = what the pipeline belongs to, as errors name it. */
  pipeline(end?: string, context = 'command'): Pipeline {
    const set: string[] = []
    let declare = false
    const assign = this.tokens.findIndex((t, i) => i >= this.at && (t === ':=' || t === '='))
    if (assign > 0 && this.tokens.slice(this.at, assign).every((t) => /^\$\w*$|^,$/.test(t))) {
      set.push(...this.tokens.slice(this.at, assign).filter((t) => t !== ','))
      declare = this.tokens[assign] === ':='
      this.at = assign + 1
    }
    const commands: Operand[][] = [[]]
    while (!this.isEmpty && !(end && (this.tokens[this.at] as string).startsWith(end))) {
      const next = this.tokens[this.at++] as string
      if (next === '|') commands.push([])
      else (commands.at(-1) as Operand[]).push(this.operand(next))
    }
    if (commands.some((c) => c.length === 0)) throw new Error(`missing value for ${commands.length === 1 ? context : 'command'}`)
    return { set, declare, commands }
  }

  private operand(text: string): Operand {
    const first = text[0] as string
    if (first === '"' || first === '`' || first === "'") return { type: 'literal', value: unquote(text) }
    if (/[\d+-]/.test(first)) return { type: 'literal', value: Number(text) }
    if (text === '.') return { type: 'field', path: [] }
    if (first === '.') return { type: 'field', path: text.slice(1).split('.') }
    if (first === '$') {
      const [name = '$', ...path] = text.split('.')
      return { type: 'variable', name, path }
    }
    if (text === '(') {
      const pipe = this.pipeline(')')
      const close = this.tokens[this.at]
      if (close === undefined) throw new Error('unclosed left paren')
      this.at++
      // `(…).field` arrives as `)` followed by a field that touches it
      const after = this.tokens[this.at]
      const path = after?.startsWith(').') ? after.slice(2).split('.') : []
      if (path.length > 0) this.at++
      return { type: 'pipe', pipe, path }
    }
    if (text === 'true' || text === 'false') return { type: 'literal', value: text === 'true' }
    if (text === 'nil') return { type: 'literal', value: null }
    if (!functionNames.has(text)) throw new Error(`function ${JSON.stringify(text)} not defined`)
    return { type: 'function', name: text }
  }
}

interface Piece {
  text?: string
  action?: string
}

/** Text and actions in turn; `{{-` and `-}}` take the blanks beside them. */
function split(template: string): Piece[] {
  const pieces: Piece[] = []
  let rest = template
  let trim = false
  for (;;) {
    const open = rest.indexOf('{{')
    let text = open < 0 ? rest : rest.slice(0, open)
    if (trim) text = text.trimStart()
    if (open < 0) return [...pieces, { text }]
    const body = /^\{\{(- )?((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?)( -)?\}\}/.exec(rest.slice(open))
    if (!body) throw new Error('unclosed action')
    pieces.push({ text: body[1] ? text.trimEnd() : text }, { action: body[2] as string })
    trim = body[3] !== undefined
    rest = rest.slice(open + body[0].length)
  }
}

/** The nodes of a template; throws an Error that says what is wrong. */
export function parseGoTemplate(template: string): TemplateNode[] {
  const pieces = split(template)
  let at = 0
  const parseList = (nested: boolean): { nodes: TemplateNode[]; end?: ActionParser; word?: string } => {
    const nodes: TemplateNode[] = []
    while (at < pieces.length) {
      const piece = pieces[at++] as Piece
      if (piece.action === undefined) {
        if (piece.text) nodes.push({ type: 'text', text: piece.text })
        continue
      }
      if (/^\s*\/\*.*\*\/\s*$/s.test(piece.action)) continue
      const action = new ActionParser(piece.action)
      const word = action.keyword('if', 'range', 'with', 'else', 'end')
      if (word === 'else' || word === 'end') {
        if (!nested) throw new Error(`unexpected {{${word}}}`)
        return { nodes, end: action, word }
      }
      nodes.push(word ? parseBlock(word as 'if' | 'range' | 'with', action) : { type: 'action', pipe: action.pipeline() })
    }
    if (nested) throw new Error('unexpected EOF')
    return { nodes }
  }
  const parseBlock = (type: 'if' | 'range' | 'with', action: ActionParser): TemplateNode => {
    const pipe = action.pipeline(undefined, type)
    const body = parseList(true)
    let otherwise: TemplateNode[] = []
    if (body.word === 'else') {
      const again = body.end?.keyword('if', 'with') as 'if' | 'with' | undefined
      otherwise = again ? [parseBlock(again, body.end as ActionParser)] : parseList(true).nodes
    }
    return { type, pipe, body: body.nodes, otherwise }
  }
  return parseList(false).nodes
}
