/** Label selectors as text (`kubectl -l`): `app=agent,tier in (a,b),!old`. @source apimachinery/pkg/labels/selector.go */
import { labelValue, qualifiedName } from './name.ts'
import { requirementMatches, type SelectorRequirement, toInt64 } from './requirement.ts'
import type { StringMap } from './types.ts'
import type { KubernetesVersion } from './version.ts'

/** A parsed text selector; `canonical` is how the client sends it. */
export interface TextSelector {
  matches: (labels: StringMap | undefined) => boolean
  canonical: string
  requirements: readonly SelectorRequirement[]
}

type TokenKind = 'end' | 'identifier' | 'error' | ')' | ',' | '!' | '==' | '=' | '>' | '<' | '!=' | '(' | 'in' | 'notin'

interface Token {
  kind: TokenKind
  text: string
}

const symbols = new Set<string>([')', ',', '!', '==', '=', '>', '<', '!=', '('])

/** Longest known run of symbol characters from `at`, or the whole run when none is known. */
function symbolAt(text: string, at: number): Token {
  let known = ''
  let end = at
  while (end < text.length && '=!(),><'.includes(text[end] as string)) {
    const run = text.slice(at, end + 1)
    if (symbols.has(run)) known = run
    else if (known) break
    end++
  }
  return known ? { kind: known as TokenKind, text: known } : { kind: 'error', text: `error expected: keyword found '${text.slice(at, end)}'` }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    const space = /^[ \t\r\n]+/.exec(rest)
    if (space) {
      at += space[0].length
      continue
    }
    const word = /^[^ \t\r\n=!(),><]+/.exec(rest)
    if (word) {
      const kind: TokenKind = word[0] === 'in' || word[0] === 'notin' ? word[0] : 'identifier'
      tokens.push({ kind, text: word[0] })
      at += word[0].length
      continue
    }
    const symbol = symbolAt(text, at)
    tokens.push(symbol)
    at += symbol.kind === 'error' ? Math.max(1, symbol.text.length - "error expected: keyword found ''".length) : symbol.text.length
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

type TextOperator = '=' | '==' | '!=' | 'in' | 'notin' | '>' | '<' | 'exists' | '!'

/** One part of a text selector, as it is written. */
export interface TextRequirement {
  key: string
  operator: TextOperator
  values: string[]
}

const matchOperators: Record<TextOperator, SelectorRequirement['operator']> = {
  '=': 'In',
  '==': 'In',
  in: 'In',
  '!=': 'NotIn',
  notin: 'NotIn',
  '>': 'Gt',
  '<': 'Lt',
  exists: 'Exists',
  '!': 'DoesNotExist',
}

class Parser {
  private readonly tokens: Token[]
  private position = 0

  constructor(
    text: string,
    private readonly version: KubernetesVersion | undefined,
  ) {
    this.tokens = tokenize(text)
  }

  /** In the place of a value, `in` and `notin` are ordinary words. */
  private look(asValue = true): Token {
    const token = this.tokens[Math.min(this.position, this.tokens.length - 1)] as Token
    return asValue && (token.kind === 'in' || token.kind === 'notin') ? { kind: 'identifier', text: token.text } : token
  }

  private take(asValue = true): Token {
    const token = this.look(asValue)
    this.position++
    return token
  }

  parse(): TextRequirement[] {
    const requirements: TextRequirement[] = []
    for (;;) {
      const token = this.look()
      if (token.kind === 'end') return requirements
      if (token.kind !== 'identifier' && token.kind !== '!') throw new Error(`found '${token.text}', expected: !, identifier, or 'end of string'`)
      requirements.push(this.requirement())
      const next = this.take()
      if (next.kind === 'end') return requirements
      if (next.kind !== ',') throw new Error(`found '${next.text}', expected: ',' or 'end of string'`)
      const after = this.look()
      if (after.kind !== 'identifier' && after.kind !== '!') throw new Error(`found '${after.text}', expected: identifier after ','`)
    }
  }

  private fail(text: string): never {
    throw new Error(`unable to parse requirement: ${text}`)
  }

  private requirement(): TextRequirement {
    let token = this.take()
    const negated = token.kind === '!'
    if (negated) token = this.take()
    if (token.kind !== 'identifier') this.fail(`found '${token.text}', expected: identifier`)
    const key = token.text
    const keyErrors = qualifiedName(key, this.version)
    if (keyErrors.length) this.fail(`<nil>: Invalid value: ${JSON.stringify(key)}: ${keyErrors.join('; ')}`)
    const next = this.look().kind
    if (next === 'end' || next === ',') return { key, operator: negated ? '!' : 'exists', values: [] }
    if (negated) return { key, operator: '!', values: [] }
    const operator = this.operator()
    const values = operator === 'in' || operator === 'notin' ? this.values() : [this.exactValue()]
    this.checkValues(key, operator, values)
    return { key, operator, values }
  }

  private operator(): TextOperator {
    const token = this.take(false)
    if (token.kind === 'in' || token.kind === 'notin' || token.kind === '=' || token.kind === '==' || token.kind === '!=') return token.kind
    if (token.kind === '>' || token.kind === '<') return token.kind
    return this.fail(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`)
  }

  private exactValue(): string {
    const next = this.look().kind
    if (next === 'end' || next === ',') return ''
    const token = this.take()
    return token.kind === 'identifier' ? token.text : this.fail(`found '${token.text}', expected: identifier`)
  }

  private values(): string[] {
    const open = this.take()
    if (open.kind !== '(') this.fail(`found '${open.text}' expected: '('`)
    const first = this.look()
    if (first.kind === ')') {
      this.position++
      return ['']
    }
    if (first.kind !== 'identifier' && first.kind !== ',') this.fail(`found '${first.text}', expected: ',', ')' or identifier`)
    const values = this.identifiers()
    if (this.take().kind !== ')') this.fail(`found '${first.text}', expected: ')'`)
    return [...values].sort()
  }

  /** `a,b`, where a place left empty stands for the empty value. */
  private identifiers(): Set<string> {
    const values = new Set<string>()
    for (;;) {
      const token = this.take()
      const next = this.look()
      if (token.kind === 'identifier') {
        values.add(token.text)
        if (next.kind === ')') return values
        if (next.kind !== ',') this.fail(`found '${next.text}', expected: ',' or ')'`)
      } else if (token.kind === ',') {
        if (values.size === 0) values.add('')
        if (next.kind === ')') return values.add('')
        if (next.kind === ',') {
          this.position++
          values.add('')
        }
      } else this.fail(`found '${token.text}', expected: ',', or identifier`)
    }
  }

  private checkValues(key: string, operator: TextOperator, values: readonly string[]): void {
    const errors: string[] = []
    values.forEach((value, i) => {
      if ((operator === '>' || operator === '<') && toInt64(value) === undefined) {
        errors.push(`values[${i}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`)
      }
    })
    values.forEach((value, i) => {
      const wrong = labelValue(value, this.version)
      if (wrong.length) errors.push(`values[${i}][${key}]: Invalid value: ${JSON.stringify(value)}: ${wrong.join('; ')}`)
    })
    if (errors.length) this.fail(errors.length === 1 ? (errors[0] as string) : `[${errors.join(', ')}]`)
  }
}

function print({ key, operator, values }: TextRequirement): string {
  if (operator === 'exists') return key
  if (operator === '!') return `!${key}`
  if (operator === 'in' || operator === 'notin') return `${key} ${operator} (${values.join(',')})`
  return `${key}${operator}${values[0]}`
}

/** Parses the text; throws an Error with upstream's text when it is malformed. The empty text matches everything. */
export function parseLabelSelector(text: string, version?: KubernetesVersion): TextSelector {
  const parsed = new Parser(text, version).parse().sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const requirements = parsed.map(({ key, operator, values }) => ({ key, operator: matchOperators[operator], values }))
  return {
    requirements,
    canonical: parsed.map(print).join(','),
    matches: (labels) => requirements.every((requirement) => requirementMatches(requirement, labels ?? {})),
  }
}

/** The parts of a text selector, as they are written, in the order of their keys. Throws Error with apimachinery's words. */
export const labelRequirements = (text: string): TextRequirement[] =>
  new Parser(text, undefined).parse().sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
