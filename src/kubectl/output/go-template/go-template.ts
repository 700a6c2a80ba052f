import { sortedKeys } from '#k8s/schema/go-format.ts'
import { functions, isTrue } from './functions.ts'
import { type Command, commandText, type Operand, operandText, type Pipeline, pipelineText, type TemplateNode } from './nodes.ts'
import { parseGoTemplate, type Template, templateName } from './parser.ts'
import { Counted, sprint, typeName, wholeOf } from './printf.ts'

/** A value, and whether Go holds it as an `interface {}`, as it does what stands in maps and lists. Undefined is no value at all. */
interface Value {
  value: unknown
  boxed?: boolean
}

/** A template that broke off: what had come out by then. */
export class TemplateError extends Error {
  constructor(
    message: string,
    readonly printed: string,
  ) {
    super(message)
  }
}

class LoopEnd {
  constructor(readonly goesOn: boolean) {}
}

/** How deep templates may call each other. */
const deepest = 1000

type Place = { pos: number; text: string }

class Run {
  out = ''
  private variables: [name: string, value: Value][] = []
  private depth = 0
  /** What was looked at last, where Go says that something is wrong. */
  private last: Place = { pos: 0, text: '' }

  constructor(
    private readonly template: Template,
    private readonly allowMissingKeys: boolean,
    private name = templateName,
  ) {}

  run(nodes: readonly TemplateNode[], dot: Value): void {
    const before = this.variables
    this.variables = [['$', dot]]
    this.list(nodes, dot)
    this.variables = before
  }

  private fail(place: Place, text: string): never {
    const before = this.template.text.slice(0, place.pos).split('\n')
    const at = `${templateName}:${before.length}:${[...(before.at(-1) as string)].length}`
    throw new TemplateError(`template: ${at}: executing ${JSON.stringify(this.name)} at <${place.text}>: ${text}`, this.out)
  }

  private list(nodes: readonly TemplateNode[], dot: Value): void {
    for (const node of nodes) {
      switch (node.type) {
        case 'text':
          this.out += node.text
          break
        case 'action': {
          const value = this.pipe(node.pipe, dot)
          if (node.pipe.set.length === 0) this.out += value.value === undefined || value.value === null ? '<no value>' : sprint(value.value)
          break
        }
        case 'break':
        case 'continue':
          throw new LoopEnd(node.type === 'continue')
        case 'template':
          this.call(node, dot)
          break
        default:
          this.scoped(() => this.control(node, dot))
      }
    }
  }

  private scoped(work: () => void): void {
    const { length } = this.variables
    work()
    this.variables.length = length
  }

  private call(node: Extract<TemplateNode, { type: 'template' }>, dot: Value): void {
    const { name, pipe } = node
    const nodes = this.template.named.get(name) ?? (name === templateName ? this.template.root : undefined)
    const place = { pos: node.pos, text: `{{template ${JSON.stringify(name)}${pipe ? ` ${pipelineText(pipe)}` : ''}}}` }
    if (!nodes) this.fail(place, `template ${JSON.stringify(name)} not defined`)
    if (this.depth === deepest) this.fail(place, 'exceeded maximum template depth (100000)')
    const given = pipe ? this.pipe(pipe, dot) : { value: undefined }
    const before = this.name
    this.name = name
    this.depth++
    this.run(nodes, given)
    this.depth--
    this.name = before
  }

  private control(node: Extract<TemplateNode, { body: TemplateNode[] }>, dot: Value): void {
    if (node.type === 'range') {
      this.range(node, dot)
      return
    }
    const found = this.pipe(node.pipe, dot)
    if (isTrue(found.value)) this.list(node.body, node.type === 'with' ? found : dot)
    else this.list(node.otherwise, dot)
  }

  private range(node: Extract<TemplateNode, { body: TemplateNode[] }>, dot: Value): void {
    const { value } = this.pipe({ ...node.pipe, set: [] }, dot)
    const entries = this.entriesOf(value, { pos: node.pipe.pos, text: pipelineText(node.pipe) })
    for (const [key, item] of entries) {
      const [first, second] = node.pipe.set
      const element = { value: item, boxed: true }
      try {
        this.scoped(() => {
          if (first) this.set(first, second ? { value: key } : element, node.pipe.isAssign)
          if (second) this.set(second, element, node.pipe.isAssign)
          this.list(node.body, element)
        })
      } catch (error) {
        if (!(error instanceof LoopEnd)) throw error
        if (!error.goesOn) return
      }
    }
    if (entries.length === 0) this.list(node.otherwise, dot)
  }

  private entriesOf(value: unknown, place: Place): [unknown, unknown][] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value.map((item, i) => [new Counted(i), item])
    const whole = wholeOf(value)
    if (whole !== undefined) return Array.from({ length: Math.max(0, whole) }, (_, i) => [new Counted(i), new Counted(i)])
    if (typeof value !== 'object' || value instanceof Counted) this.fail(place, `range can't iterate over ${sprint(value)}`)
    return sortedKeys(value).map((key) => [key, (value as Record<string, unknown>)[key]])
  }

  private set(name: string, value: Value, isAssign: boolean): void {
    const known = isAssign ? this.variables.findLast(([n]) => n === name) : undefined
    if (known) known[1] = value
    else if (isAssign) this.fail(this.last, `undefined variable: ${name}`)
    else this.variables.push([name, value])
  }

  private pipe(pipe: Pipeline, dot: Value): Value {
    let found: Value | undefined
    for (const command of pipe.commands) found = { value: this.command(command, dot, found).value }
    for (const name of pipe.set) this.set(name, found as Value, pipe.isAssign)
    return found as Value
  }

  private command(command: Command, dot: Value, piped: Value | undefined): Value {
    const [first, ...rest] = command.words as [Operand, ...Operand[]]
    const place = { pos: first.pos, text: operandText(first) }
    if (first.type === 'function') return this.function(first.name, command, rest, dot, piped)
    const hasArguments = rest.length > 0 || piped !== undefined
    if (hasArguments && first.type !== 'field' && first.type !== 'variable' && first.type !== 'chain')
      this.fail(place, `can't give argument to non-function ${operandText(first)}`)
    if (first.type === 'nil') this.fail(place, 'nil is not a command')
    return this.operand(first, dot, hasArguments)
  }

  private function(name: string, command: Command, words: readonly Operand[], dot: Value, piped: Value | undefined): Value {
    const { least, most, call } = functions[name] as (typeof functions)[string]
    const place = { pos: command.pos, text: commandText(command) }
    const count = words.length + (piped ? 1 : 0)
    if (count < least || count > (most ?? Number.POSITIVE_INFINITY)) {
      const wanted = most === undefined ? `at least ${least}` : String(least)
      this.fail({ pos: command.pos, text: name }, `wrong number of args for ${name}: want ${wanted} got ${count}`)
    }
    if (name === 'and' || name === 'or') {
      let found: Value = { value: undefined }
      for (const word of words) {
        found = this.operand(word, dot)
        if (isTrue(found.value) === (name === 'or')) return found
      }
      return piped ?? found
    }
    const values = [...words.map((word) => this.operand(word, dot).value), ...(piped ? [piped.value] : [])]
    if (name === 'call') this.fail(place, `error calling call: non-function ${operandText(words[0] as Operand)} of type ${typeName(values[0])}`)
    if (name === 'printf' && typeof values[0] !== 'string') {
      this.fail(words[0] ? { pos: words[0].pos, text: operandText(words[0]) } : place, noString(values[0], words[0]))
    }
    try {
      return { value: call(...values) }
    } catch (error) {
      return this.fail(place, `error calling ${name}: ${(error as Error).message}`)
    }
  }

  private operand(operand: Operand, dot: Value, hasArguments = false): Value {
    const place = { pos: operand.pos, text: operandText(operand) }
    if (operand.type !== 'pipe') this.last = place
    switch (operand.type) {
      case 'string':
      case 'bool':
        return { value: operand.value }
      case 'number':
        return { value: new Counted(operand.value, operand.isFloat ? 'float64' : 'int') }
      case 'nil':
        return { value: null }
      case 'dot':
        return dot
      case 'field':
        return this.fields(dot, operand.path, place, hasArguments)
      case 'variable':
        return this.fields(this.variables.findLast(([n]) => n === operand.name)?.[1] as Value, operand.path, place, hasArguments)
      case 'pipe':
        return this.pipe(operand.pipe, dot)
      case 'chain':
        return this.chain(operand, dot, hasArguments)
      case 'function':
        return this.function(operand.name, { words: [operand], pos: operand.pos }, [], dot, undefined)
    }
  }

  private chain({ of, path }: Extract<Operand, { type: 'chain' }>, dot: Value, hasArguments: boolean): Value {
    const from = this.operand(of, dot)
    return this.fields(from, path, this.last, hasArguments)
  }

  private fields(from: Value, path: readonly string[], place: Place, hasArguments: boolean): Value {
    return path.reduce((found, key, i) => this.field(found, key, place, hasArguments && i === path.length - 1), from)
  }

  private field({ value, boxed }: Value, key: string, place: Place, hasArguments: boolean): Value {
    if (value === undefined) {
      if (!this.allowMissingKeys) this.fail(place, `nil data; no entry for key ${JSON.stringify(key)}`)
      return { value: undefined }
    }
    if (value === null) this.fail(place, `nil pointer evaluating interface {}.${key}`)
    if (typeof value !== 'object' || Array.isArray(value) || value instanceof Counted)
      this.fail(place, `can't evaluate field ${key} in type ${boxed ? 'interface {}' : typeName(value)}`)
    if (hasArguments) this.fail(place, `${key} is not a method but has arguments`)
    const found = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
    if (found === undefined && !this.allowMissingKeys) this.fail(place, `map has no entry for key ${JSON.stringify(key)}`)
    return { value: found, boxed: true }
  }
}

/** Why the first argument of printf is none. */
function noString(value: unknown, word: Operand | undefined): string {
  if (word && /^(number|bool)$/.test(word.type)) return `expected string; found ${operandText(word)}`
  if (word?.type === 'nil') return 'cannot assign nil to string'
  return value === undefined || value === null ? 'invalid value; expected string' : `wrong type for value; expected string; got ${typeName(value)}`
}

/**
 * A template of Go's text/template as a function of one object. Throws an Error with what Go says, both here (syntax) and, as a
 * TemplateError, when it is run. Not modelled: `call`, and methods.
 * @source text/template/exec.go
 */
export function compileGoTemplate(text: string, { allowMissingKeys = true } = {}): (object: unknown) => string {
  const template = parseGoTemplate(text)
  return (object) => {
    const run = new Run(template, allowMissingKeys)
    run.run(template.root, { value: object })
    return run.out
  }
}
