import type { MappingNode, Node, SequenceNode } from './node.ts'
import { Scanner } from './scanner.ts'
import { TagHandles } from './tag-handles.ts'
import type { Token, TokenType } from './tokens.ts'
import { decoderError, parserError, TooMuchError } from './yaml-error.ts'

type Shape = 'block sequence' | 'indentless sequence' | 'block mapping' | 'flow sequence' | 'flow mapping' | 'flow pair'

/** A collection whose end has not come. */
interface Open {
  shape: Shape
  node: SequenceNode | MappingNode
  /** A key whose value has not come. */
  key?: Node
  isBegun?: boolean
  /** Nothing can follow but an empty value: there was a key without `?` and `:`. */
  isBare?: boolean
}

/** Nesting that is read at all; the limits of a text let hardly more through. */
const deepest = 1000

/** The collection that a token begins. */
function shapeOf(type: TokenType, inBlock: boolean, mayBeIndentless: boolean): Shape | undefined {
  if (type === '[') return 'flow sequence'
  if (type === '{') return 'flow mapping'
  if (type === '-' && mayBeIndentless) return 'indentless sequence'
  if (type === 'block sequence start' && inBlock) return 'block sequence'
  return type === 'block mapping start' && inBlock ? 'block mapping' : undefined
}

const is = (token: Token, ...types: TokenType[]): boolean => types.includes(token.type)

/** The first document of a text as nodes; undefined when there is none. What stands behind it is not read. Throws YamlError. */
export function parseDocument(text: string): Node | undefined {
  return new Parser(text).parse()
}

class Parser {
  private readonly scanner: Scanner
  private readonly anchors = new Map<string, Node>()
  private readonly tags = new TagHandles()
  private readonly open: Open[] = []
  private root: Node | undefined

  constructor(private readonly text: string) {
    this.scanner = new Scanner(text)
  }

  parse(): Node | undefined {
    const { scanner } = this
    let token = scanner.peek()
    if (is(token, 'stream end')) return undefined
    if (is(token, 'version directive', 'tag directive', 'document start')) {
      this.readDirectives()
      token = scanner.peek()
      if (!is(token, 'document start')) throw parserError(token.start.line, 'did not find expected <document start>')
      const { end, start } = scanner.take()
      if (is(scanner.peek(), 'version directive', 'tag directive', 'document start', 'document end', 'stream end')) this.addEmpty(end, start.line)
      else this.readNode(true, false)
    } else this.readNode(true, false)
    for (let top = this.open.at(-1); top; top = this.open.at(-1)) this.step(top)
    scanner.peek()
    return this.root
  }

  private readDirectives(): void {
    let hasVersion = false
    for (let token = this.scanner.peek(); is(token, 'version directive', 'tag directive'); token = this.scanner.peek()) {
      if (is(token, 'version directive')) {
        if (hasVersion) throw parserError(token.start.line, 'found duplicate %YAML directive')
        if (token.value !== '1.1') throw parserError(token.start.line, 'found incompatible YAML document')
        hasVersion = true
      } else if (!this.tags.add(token.value as string, token.suffix as string)) throw parserError(token.start.line, 'found duplicate %TAG directive')
      this.scanner.take()
    }
  }

  private step(top: Open): void {
    if (top.shape === 'block sequence') this.stepBlockSequence()
    else if (top.shape === 'indentless sequence') this.stepIndentless(top)
    else if (top.shape === 'flow sequence') this.stepFlowSequence(top)
    else if (top.key) this.stepValue(top)
    else if (top.shape === 'block mapping') this.stepBlockKey()
    else if (top.shape === 'flow mapping') this.stepFlowKey(top)
    else this.stepPairKey(top)
  }

  private stepBlockSequence(): void {
    const token = this.scanner.peek()
    if (is(token, '-')) this.readBehind(['-', 'block end'], true, false)
    else if (is(token, 'block end')) this.closeBlock()
    else throw parserError(token.start.line, "did not find expected '-' indicator")
  }

  private stepIndentless(top: Open): void {
    if (is(this.scanner.peek(), '-')) this.readBehind(['-', 'key', 'value', 'block end'], true, false)
    else this.close(top.node.end)
  }

  /** What stands behind the next token; it is empty where one of some tokens follows. */
  private readBehind(ends: TokenType[], inBlock: boolean, mayBeIndentless: boolean): void {
    const { end, start } = this.scanner.take()
    if (is(this.scanner.peek(), ...ends)) this.addEmpty(end, start.line)
    else this.readNode(inBlock, mayBeIndentless)
  }

  private stepBlockKey(): void {
    const token = this.scanner.peek()
    if (is(token, 'block end')) {
      this.closeBlock()
      return
    }
    if (!is(token, 'key')) throw parserError(token.start.line, 'did not find expected key')
    this.readBehind(['key', 'value', 'block end'], true, true)
  }

  /** The value of a mapping's key. */
  private stepValue(top: Open): void {
    const token = this.scanner.peek()
    const isBlock = top.shape === 'block mapping'
    if (is(token, 'value') && !top.isBare) {
      this.readBehind(isBlock ? ['key', 'value', 'block end'] : top.shape === 'flow mapping' ? [',', '}'] : [',', ']'], isBlock, isBlock)
      return
    }
    top.isBare = false
    const { end, line } = top.key as Node
    this.addEmpty(end, line)
  }

  /** Goes behind the comma that must stand before all items but the first. */
  private takeComma(top: Open, close: TokenType): void {
    const token = this.scanner.peek()
    if (top.isBegun && !is(token, close)) {
      if (!is(token, ',')) throw parserError(token.start.line, `did not find expected ',' or '${close}'`)
      this.scanner.take()
    }
    top.isBegun = true
  }

  private stepFlowSequence(top: Open): void {
    this.takeComma(top, ']')
    const { type, start, end } = this.scanner.peek()
    if (type === ']') this.closeFlow()
    else if (type === 'key') {
      this.scanner.take()
      this.push('flow pair', { kind: 'mapping', inFlow: true, pairs: [], line: start.line, start: start.offset, end })
    } else this.readNode(false, false)
  }

  /** A pair without braces in a list. */
  private stepPairKey(top: Open): void {
    const token = this.scanner.peek()
    if (top.isBegun) this.close(top.node.end)
    else if (is(token, 'value', ',', ']')) {
      this.scanner.take()
      this.addEmpty(token.end, token.start.line)
    } else this.readNode(false, false)
    top.isBegun = true
  }

  private stepFlowKey(top: Open): void {
    this.takeComma(top, '}')
    const token = this.scanner.peek()
    if (is(token, '}')) this.closeFlow()
    else if (is(token, 'key')) this.readBehind(['value', ',', '}'], false, false)
    else {
      top.isBare = true
      this.readNode(false, false)
    }
  }

  /** A node with its name and tag. Of a collection, only that it begins is read here. */
  private readNode(inBlock: boolean, mayBeIndentless: boolean): void {
    const first = this.scanner.peek()
    if (is(first, 'alias')) {
      this.addAlias(this.scanner.take())
      return
    }
    const { anchor, tag, end } = this.readProperties()
    const token = this.scanner.peek()
    const place = { line: first.start.line, start: token.start.offset, end: token.end, ...(anchor !== undefined && { anchor }) }
    const shape = shapeOf(token.type, inBlock, mayBeIndentless)
    if (shape) {
      if (shape !== 'indentless sequence') this.scanner.take()
      const inFlow = shape.startsWith('flow')
      this.push(
        shape,
        shape.endsWith('mapping') ? { kind: 'mapping', inFlow, pairs: [], ...place } : { kind: 'sequence', inFlow, items: [], ...place },
      )
    } else if (is(token, 'scalar')) {
      this.scanner.take()
      this.add({ kind: 'scalar', value: token.value as string, tag, isImplicit: tag === '!' || (!tag && token.isPlain === true), ...place })
    } else if (anchor === undefined && !tag) throw parserError(token.start.line, 'did not find expected node content')
    else this.add({ ...place, kind: 'scalar', value: '', tag, isImplicit: !tag, start: end, end })
  }

  /** A name and a tag, in any order, each at most once. */
  private readProperties(): { anchor?: string; tag: string; end: number } {
    let anchor: Token | undefined
    let tag: Token | undefined
    for (;;) {
      const token = this.scanner.peek()
      if (!anchor && is(token, 'anchor')) anchor = this.scanner.take()
      else if (!tag && is(token, 'tag')) tag = this.scanner.take()
      else break
    }
    const longTag = tag && this.tags.resolve(tag.value as string, tag.suffix as string)
    if (tag && !longTag) throw parserError(tag.start.line, 'found undefined tag handle')
    return { anchor: anchor?.value, tag: longTag ?? '', end: Math.max(anchor?.end ?? 0, tag?.end ?? 0) }
  }

  private addAlias({ value: name = '', start, end }: Token): void {
    const target = this.anchors.get(name)
    if (!target) throw decoderError(start.line, `unknown anchor '${name}' referenced`)
    this.add({ kind: 'alias', name, target, line: start.line, start: start.offset, end })
  }

  /** An empty value stands behind the blanks that follow what calls for it. */
  private addEmpty(offset: number, line: number): void {
    let at = offset
    while (this.text[at] === ' ') at++
    this.add({ kind: 'scalar', value: '', tag: '', isImplicit: true, line, start: at, end: at })
  }

  private add(node: Node): void {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node)
    const top = this.open.at(-1)
    if (!top) this.root = node
    else if (top.node.kind === 'sequence') top.node.items.push(node)
    else if (top.key) {
      top.node.pairs.push({ key: top.key, value: node })
      top.key = undefined
    } else {
      top.key = node
      return
    }
    if (top) top.node.end = Math.max(top.node.end, node.end)
  }

  private push(shape: Shape, node: SequenceNode | MappingNode): void {
    this.add(node)
    this.open.push({ shape, node })
    if (this.open.length > deepest) throw new TooMuchError(`the document is nested more than ${deepest} deep, which is not read here`)
  }

  private closeFlow(): void {
    this.close(this.scanner.take().end)
  }

  private closeBlock(): void {
    this.scanner.take()
    this.close((this.open.at(-1) as Open).node.end)
  }

  private close(end: number): void {
    const closed = this.open.pop() as Open
    closed.node.end = end
    const parent = this.open.at(-1)
    if (parent) parent.node.end = Math.max(parent.node.end, end)
  }
}
