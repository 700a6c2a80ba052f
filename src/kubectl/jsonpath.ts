import { formatGo, goTypeName } from '#k8s/schema/go-format.ts'
import { marshalJson } from './go-format.ts'
import { JsonPathError, type JsonPathNode, parseJsonPath, type SliceBound } from './jsonpath-parser.ts'

/** A number as Go has it: JSON integers are int64 for kubectl, literals are int or float64. */
type Kind = 'bool' | 'int' | 'float' | 'string' | undefined

export interface JsonPathOptions {
  /** Numbers are float64, as Go's plain JSON decoder gives them; kubectl's own objects have integers. */
  floatNumbers?: boolean
  /** Keys that are not there find nothing (the default); else they are an error (`--allow-missing-template-keys=false`). */
  allowMissingKeys?: boolean
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNil = (value: unknown): boolean => value === null || value === undefined

const comparisons: Record<string, (a: number | string | boolean, b: number | string | boolean) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** Numbers written in a template keep whether they were floats, since Go compares only equal kinds. */
class Literal {
  readonly value: number | boolean
  readonly float: boolean
  constructor(value: number | boolean, float: boolean) {
    this.value = value
    this.float = float
  }
}

const plain = (value: unknown): unknown => (value instanceof Literal ? value.value : value)

/** Walks a parsed template over one object. @source client-go/util/jsonpath/jsonpath.go JSONPath */
class Evaluation {
  private beginRange = 0
  private inRange = 0
  private endRange = 0
  private lastEnd = -1
  private readonly nodes: readonly JsonPathNode[]
  private readonly options: JsonPathOptions

  constructor(nodes: readonly JsonPathNode[], options: JsonPathOptions) {
    this.nodes = nodes
    this.options = options
  }

  findResults(data: unknown, from = 0): unknown[][] {
    const full: unknown[][] = []
    for (let i = from; i < this.nodes.length; i++) {
      const results = this.walk([data], this.nodes[i] as JsonPathNode)
      if (this.endRange > 0 && this.endRange <= this.inRange) {
        this.endRange--
        this.lastEnd = i
        break
      }
      if (this.beginRange === 0) {
        full.push(results)
        continue
      }
      this.beginRange--
      this.inRange++
      for (const value of results) for (const found of this.findResults(plain(value), i + 1)) full.push(found)
      if (results.length === 0) this.findResults(undefined, i + 1)
      this.inRange--
      if (this.lastEnd > i) i = this.lastEnd
    }
    return full
  }

  private walkList(input: unknown[], nodes: readonly JsonPathNode[]): unknown[] {
    return nodes.reduce((values, node) => this.walk(values, node), input)
  }

  private walk(input: unknown[], node: JsonPathNode): unknown[] {
    switch (node.type) {
      case 'list':
        return this.walkList(input, node.nodes)
      case 'text':
        return [node.text]
      case 'value':
        return input.map(() => new Literal(node.value, node.float === true))
      case 'identifier':
        return this.identifier(input, node.name)
      case 'field':
        return this.field(input, node.name)
      case 'array':
        return this.slice(input, node.params)
      case 'union':
        return node.lists.flatMap((list) => this.walkList(input, list))
      case 'filter':
        return this.filter(input, node)
      case 'wildcard':
        return input.flatMap(children)
      case 'recursive':
        return recursive(input)
    }
  }

  private identifier(input: unknown[], name: string): unknown[] {
    if (name === 'range') {
      this.beginRange++
      return input
    }
    if (name !== 'end') throw new JsonPathError(`unrecognized identifier ${name}`, input)
    if (this.inRange === 0) throw new JsonPathError('not in range, nothing to end')
    this.endRange++
    return []
  }

  private field(input: unknown[], name: string): unknown[] {
    if (input.length === 0) return []
    const found = input
      .filter((v): v is Record<string, unknown> => isObject(v) && Object.hasOwn(v, name) && v[name] !== undefined)
      .map((v) => v[name])
    if (found.length === 0 && this.options.allowMissingKeys === false) throw new JsonPathError(`${name} is not found`)
    return found
  }

  private slice(input: unknown[], [from, to, step]: readonly [SliceBound, SliceBound, SliceBound]): unknown[] {
    const out: unknown[] = []
    for (const value of input) {
      if (isNil(value)) continue
      if (!Array.isArray(value)) throw new JsonPathError(`${this.typeName(value)} is not array or slice`, input)
      const length = value.length
      let start = from.known ? from.value : 0
      if (start < 0) start += length
      let end = to.known ? to.value : length
      if (end < 0 || (end === 0 && to.derived)) end += length
      if (start === end) return out
      if (start >= length || start < 0) throw new JsonPathError(`array index out of bounds: index ${start}, length ${length}`, input)
      if (end > length || end < 0) throw new JsonPathError(`array index out of bounds: index ${end - 1}, length ${length}`, input)
      if (start > end) throw new JsonPathError(`starting index ${start} is greater than ending index ${end}`, input)
      if (step.known && step.value <= 0) throw new JsonPathError('step must be > 0', input)
      for (let i = start; i < end; i += step.known ? step.value : 1) out.push(value[i])
    }
    return out
  }

  private filter(input: unknown[], { left, right, operator }: Extract<JsonPathNode, { type: 'filter' }>): unknown[] {
    const out: unknown[] = []
    for (const value of input) {
      if (!Array.isArray(value)) throw new JsonPathError(`${formatGo(plain(value))} is not array or slice and cannot be filtered`)
      for (const item of value) {
        if (operator === 'exists') {
          if (this.exists(item, left)) out.push(item)
          continue
        }
        const lefts = this.walkList([item], left)
        if (lefts.length === 0) continue
        if (lefts.length > 1) throw new JsonPathError('can only compare one element at a time')
        const rights = this.walkList([item], right)
        if (rights.length === 0) continue
        if (rights.length > 1) throw new JsonPathError('can only compare one element at a time')
        const compare = comparisons[operator]
        if (!compare) throw new JsonPathError(`unrecognized filter operator ${operator}`)
        if (this.compares(lefts[0], rights[0], operator, compare)) out.push(item)
      }
    }
    return out
  }

  /** Where client-go fails it looks at what it had until then. */
  private exists(item: unknown, left: readonly JsonPathNode[]): boolean {
    try {
      return this.walkList([item], left).length > 0
    } catch (error) {
      return error instanceof JsonPathError && error.found.length > 0
    }
  }

  private compares(a: unknown, b: unknown, operator: string, compare: (a: never, b: never) => boolean): boolean {
    const [left, right] = [this.kind(a), this.kind(b)]
    if (!left || !right) throw new JsonPathError('invalid type for comparison')
    if (left !== right) throw new JsonPathError('incompatible types for comparison')
    if (left === 'bool' && operator !== '==' && operator !== '!=') throw new JsonPathError('invalid type for comparison')
    return compare(plain(a) as never, plain(b) as never)
  }

  private kind(value: unknown): Kind {
    const inner = plain(value)
    if (typeof inner === 'boolean') return 'bool'
    if (typeof inner === 'string') return 'string'
    if (typeof inner !== 'number') return undefined
    if (value instanceof Literal) return value.float ? 'float' : 'int'
    return this.options.floatNumbers || !Number.isInteger(inner) ? 'float' : 'int'
  }

  private typeName(value: unknown): string {
    if (value instanceof Literal) return typeof value.value === 'boolean' ? 'bool' : value.float ? 'float64' : 'int'
    return typeof value === 'number' && this.options.floatNumbers ? 'float64' : goTypeName(value)
  }
}

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (isObject(value)) return Object.values(value).filter((v) => v !== undefined)
  return typeof value === 'string' ? [...new TextEncoder().encode(value)] : []
}

function recursive(input: unknown[]): unknown[] {
  return input.flatMap((value) => {
    const inner = children(value)
    if (inner.length === 0) return []
    return typeof value === 'string' ? [value] : [value, ...recursive(inner)]
  })
}

function resultText(value: unknown): string {
  if (isNil(value)) return 'null'
  return typeof value === 'object' ? marshalJson(value) : String(value)
}

export interface JsonPath {
  /** The values found by each part of the template. Throws JsonPathError. */
  findResults(data: unknown): unknown[][]
  /** The template filled in. Throws JsonPathError. */
  print(data: unknown): string
}

/** Compiles a template of kubectl's JSONPath dialect (`{range .items[*]}{.metadata.name}{"\n"}{end}`). Throws JsonPathError. */
export function compileJsonPath(template: string, options: JsonPathOptions = {}): JsonPath {
  const nodes = parseJsonPath(template)
  const findResults = (data: unknown) => new Evaluation(nodes, options).findResults(data).map((results) => results.map(plain))
  return {
    findResults,
    print: (data) =>
      findResults(data)
        .map((results) => results.map(resultText).join(' '))
        .join(''),
  }
}
