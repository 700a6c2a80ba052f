import { formatGoValue, sortedKeys } from '../go-format.ts'
import { type Operand, type Pipeline, parseGoTemplate, type TemplateNode } from './go-template-parser.ts'

type Scope = Map<string, unknown>

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value)
}

const text = (value: unknown): string => (value === undefined ? '<no value>' : formatGoValue(value))

function sprintf(format: unknown, ...values: unknown[]): string {
  let i = 0
  return String(format).replace(/%(-?)(0?)(\d*)([vsdqt%])/g, (_, left: string, zero: string, width: string, verb: string) => {
    if (verb === '%') return '%'
    const value = values[i++]
    const shown = verb === 'q' ? JSON.stringify(String(value)) : text(value)
    return left ? shown.padEnd(Number(width)) : shown.padStart(Number(width), zero || ' ')
  })
}

function compare(name: string, test: (a: number | string, b: number | string) => boolean) {
  return (a: unknown, b: unknown) => {
    if (typeof a !== typeof b) throw new Error(`error calling ${name}: incompatible types for comparison`)
    return test(a as number, b as number)
  }
}

const htmlNames: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': '#34', "'": '#39' }

function item(value: unknown, key: unknown): unknown {
  if (!Array.isArray(value)) return isObject(value) ? value[String(key)] : undefined
  if (Number(key) < 0 || Number(key) >= value.length) throw new Error(`error calling index: index out of range: ${key}`)
  return value[Number(key)]
}

const functions: Record<string, (...args: never[]) => unknown> = {
  len: (value: unknown) => (Array.isArray(value) || typeof value === 'string' ? value.length : isObject(value) ? Object.keys(value).length : 0),
  index: (value: unknown, ...keys: unknown[]) => keys.reduce(item, value),
  eq: (a: unknown, ...others: unknown[]) => others.some((b) => a === b),
  ne: (a: unknown, b: unknown) => a !== b,
  lt: compare('lt', (a, b) => a < b),
  le: compare('le', (a, b) => a <= b),
  gt: compare('gt', (a, b) => a > b),
  ge: compare('ge', (a, b) => a >= b),
  and: (...values: unknown[]) => values.find((v) => !isTrue(v)) ?? values.at(-1),
  or: (...values: unknown[]) => values.find(isTrue) ?? values.at(-1),
  not: (value: unknown) => !isTrue(value),
  // blanks stand between values of which neither is a string
  print: (...values: unknown[]) =>
    values.map((v, i) => `${i > 0 && typeof v !== 'string' && typeof values[i - 1] !== 'string' ? ' ' : ''}${text(v)}`).join(''),
  slice: (value: unknown, from = 0, to?: number) => (typeof value === 'string' || Array.isArray(value) ? value.slice(from, to) : undefined),
  html: (...values: unknown[]) =>
    values
      .map(text)
      .join('')
      .replace(/[&<>"']/g, (c) => `&${htmlNames[c]};`),
  urlquery: (...values: unknown[]) => encodeURIComponent(values.map(text).join('')).replaceAll('%20', '+'),
  println: (...values: unknown[]) => `${values.map(text).join(' ')}\n`,
  printf: sprintf,
  exists: (value: unknown, ...keys: unknown[]) =>
    keys.reduce((v, k) => (isObject(v) || Array.isArray(v) ? (v as never)[k as never] : undefined), value) !== undefined,
  base64decode: (value: unknown) => new TextDecoder().decode(Uint8Array.from(atob(String(value)), (c) => c.charCodeAt(0))),
}

function walkPath(value: unknown, path: readonly string[]): unknown {
  return path.reduce((v: unknown, key) => {
    if (v === undefined || v === null) return undefined
    if (!isObject(v)) throw new Error(`can't evaluate field ${key} in type interface {}`)
    return v[key]
  }, value)
}

class Run {
  private out = ''
  private readonly root: unknown

  constructor(root: unknown) {
    this.root = root
  }

  run(nodes: readonly TemplateNode[]): string {
    this.list(nodes, this.root, new Map())
    return this.out
  }

  private list(nodes: readonly TemplateNode[], dot: unknown, scope: Scope): void {
    for (const node of nodes) {
      if (node.type === 'text') this.out += node.text
      else if (node.type === 'action') {
        const value = this.pipe(node.pipe, dot, scope)
        if (node.pipe.set.length === 0) this.out += text(value)
      } else this.block(node, dot, scope)
    }
  }

  private block(node: Extract<TemplateNode, { body: TemplateNode[] }>, dot: unknown, outer: Scope): void {
    const scope = new Map(outer)
    const value = this.pipe(node.type === 'range' ? { ...node.pipe, set: [] } : node.pipe, dot, scope)
    if (node.type !== 'range') {
      const holds = isTrue(value)
      this.list(holds ? node.body : node.otherwise, holds && node.type === 'with' ? value : dot, scope)
    } else {
      const entries: [unknown, unknown][] = Array.isArray(value)
        ? [...value.entries()]
        : isObject(value)
          ? sortedKeys(value).map((k) => [k, value[k]])
          : []
      for (const [key, item] of entries) {
        const [first, second] = node.pipe.set
        if (first) scope.set(first, second ? key : item)
        if (second) scope.set(second, item)
        this.list(node.body, item, scope)
      }
      if (entries.length === 0) this.list(node.otherwise, dot, scope)
    }
    for (const name of outer.keys()) outer.set(name, scope.get(name))
  }

  private pipe(pipe: Pipeline, dot: unknown, scope: Scope): unknown {
    let value: unknown
    pipe.commands.forEach((command, i) => {
      value = this.command(command, dot, scope, i > 0 ? [value] : [])
    })
    if (pipe.set[0]) scope.set(pipe.set[0], value)
    return value
  }

  private command([first, ...rest]: readonly Operand[], dot: unknown, scope: Scope, piped: unknown[]): unknown {
    if (first?.type !== 'function') return this.operand(first as Operand, dot, scope)
    const call = functions[first.name]
    if (!call) throw new TypeError(first.name)
    return call(...([...rest.map((o) => this.operand(o, dot, scope)), ...piped] as never[]))
  }

  private operand(operand: Operand, dot: unknown, scope: Scope): unknown {
    switch (operand.type) {
      case 'literal':
        return operand.value
      case 'field':
        return walkPath(dot, operand.path)
      case 'variable':
        return walkPath(operand.name === '$' ? this.root : scope.get(operand.name), operand.path)
      case 'pipe':
        return walkPath(this.pipe(operand.pipe, dot, scope), operand.path)
      case 'function':
        return this.command([operand], dot, scope, [])
    }
  }
}

/**
 * A template of Go's text/template as a function of one object. Throws an Error with the reason, both here (syntax) and when
 * run. What is modelled: see go-template-parser.ts and `functions`.
 */
export function compileGoTemplate(template: string): (object: unknown) => string {
  const nodes = parseGoTemplate(template)
  return (object) => new Run(object).run(nodes)
}
