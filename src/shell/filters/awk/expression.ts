import { ProgramError } from '../../io.ts'
import { type Argument, functions } from './functions.ts'
import type { Runtime } from './runtime.ts'
import type { Token } from './tokens.ts'
import { compareValues, isTrue, toNumber, toText, type Value } from './value.ts'

const arithmetic: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => {
    if (b === 0) throw new ProgramError('awk: division by zero', 2)
    return a / b
  },
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
}

const comparisons: Record<string, (order: number) => boolean> = {
  '<': (o) => o < 0,
  '<=': (o) => o <= 0,
  '==': (o) => o === 0,
  '!=': (o) => o !== 0,
  '>': (o) => o > 0,
  '>=': (o) => o >= 0,
}

const plain = (get: () => Value): Argument => ({ get })
const bool = (value: boolean): number => Number(value)

/** Reads expressions and makes them functions of the runtime's state, loosest binding first. */
export class Expressions {
  at = 0
  protected readonly tokens: readonly Token[]
  protected readonly runtime: Runtime
  /** In `print a > b` the `>` would be a file. */
  protected noGreater = false
  private noIn = false

  constructor(tokens: readonly Token[], runtime: Runtime) {
    this.tokens = tokens
    this.runtime = runtime
  }

  protected get token(): Token {
    return this.tokens[this.at] as Token
  }

  protected is(...texts: string[]): boolean {
    return (this.token.kind === 'op' || this.token.kind === 'name') && texts.includes(this.token.text)
  }

  protected take(...texts: string[]): string | undefined {
    if (!this.is(...texts)) return undefined
    return (this.tokens[this.at++] as Token).text
  }

  protected expect(text: string): void {
    if (!this.take(text)) this.fail()
  }

  protected fail(): never {
    const near = this.token.kind === 'end' ? 'end of program' : this.token.text === '\n' ? 'the end of a line' : this.token.text
    throw new ProgramError(`awk: syntax error at or near ${near}`, 2)
  }

  expression(): Argument {
    const test = this.or()
    if (this.take('?')) {
      const yes = this.expression()
      this.expect(':')
      const no = this.expression()
      return plain(() => (isTrue(test.get()) ? yes : no).get())
    }
    const operator = test.set ? this.take('=', '+=', '-=', '*=', '/=', '%=', '^=') : undefined
    if (!operator) return test
    const value = this.expression()
    const change = arithmetic[operator[0] as string]
    return plain(() => {
      const result = operator === '=' ? value.get() : change?.(toNumber(test.get()), toNumber(value.get()))
      test.set?.(result)
      return result
    })
  }

  private or(): Argument {
    let left = this.and()
    while (this.take('||')) {
      const [a, b] = [left, this.and()]
      left = plain(() => bool(isTrue(a.get()) || isTrue(b.get())))
    }
    return left
  }

  private and(): Argument {
    let left = this.membership()
    while (this.take('&&')) {
      const [a, b] = [left, this.membership()]
      left = plain(() => bool(isTrue(a.get()) && isTrue(b.get())))
    }
    return left
  }

  private membership(): Argument {
    let left = this.match()
    while (!this.noIn && this.take('in')) {
      const key = left
      const array = (this.tokens[this.at++] as Token).text
      left = plain(() => bool(this.runtime.array(array).has(toText(key.get()))))
    }
    return left
  }

  private match(): Argument {
    let left = this.comparison()
    for (let operator = this.take('~', '!~'); operator; operator = this.take('~', '!~')) {
      const [subject, what, wanted] = [left, this.comparison(), operator === '~']
      left = plain(() => bool(this.runtime.pattern(what.pattern ?? toText(what.get())).test(toText(subject.get())) === wanted))
    }
    return left
  }

  private comparison(): Argument {
    const left = this.concatenation()
    const operator = this.noGreater && this.is('>') ? undefined : this.take(...Object.keys(comparisons))
    if (!operator) return left
    const right = this.concatenation()
    return plain(() => bool(comparisons[operator]?.(compareValues(left.get(), right.get())) ?? false))
  }

  private concatenation(): Argument {
    let left = this.binary(0)
    while (['number', 'string', 'name', 'regexp'].includes(this.token.kind) ? !this.is('in') : this.is('$', '(', '!', '-', '+', '++', '--')) {
      const [a, b] = [left, this.binary(0)]
      left = plain(() => toText(a.get()) + toText(b.get()))
    }
    return left
  }

  private binary(level: 0 | 1): Argument {
    const operators = level === 0 ? ['+', '-'] : ['*', '/', '%']
    const next = (): Argument => (level === 0 ? this.binary(1) : this.unary())
    let left = next()
    for (let operator = this.take(...operators); operator; operator = this.take(...operators)) {
      const [a, b, apply] = [left, next(), arithmetic[operator]]
      left = plain(() => apply?.(toNumber(a.get()), toNumber(b.get())))
    }
    return left
  }

  private unary(): Argument {
    const operator = this.take('!', '-', '+')
    if (!operator) return this.power()
    const operand = this.unary()
    if (operator === '!') return plain(() => bool(!isTrue(operand.get())))
    return plain(() => (operator === '-' ? -toNumber(operand.get()) || 0 : toNumber(operand.get())))
  }

  private power(): Argument {
    const left = this.step()
    if (!this.take('^')) return left
    const right = this.unary()
    return plain(() => toNumber(left.get()) ** toNumber(right.get()))
  }

  /** `x++`, `--x`. */
  private step(): Argument {
    const before = this.take('++', '--')
    const target = this.primary()
    const operator = before ?? (target.set ? this.take('++', '--') : undefined)
    if (!operator) return target
    return plain(() => {
      const old = toNumber(target.get())
      const now = old + (operator === '++' ? 1 : -1)
      target.set?.(now)
      return before ? now : old
    })
  }

  private primary(): Argument {
    const { runtime, token } = this
    this.at++
    if (token.kind === 'number') return plain(() => Number(token.text))
    if (token.kind === 'string') return plain(() => token.text)
    if (token.kind === 'regexp') return { get: () => bool(runtime.pattern(token.text).test(toText(runtime.field(0)))), pattern: token.text }
    if (token.text === '(') return this.grouped()
    if (token.text === '$') {
      const number = this.step()
      const n = (): number => Math.trunc(toNumber(number.get()))
      return { get: () => runtime.field(n()), set: (value) => runtime.setField(n(), value) }
    }
    if (token.kind === 'name') return functions.has(token.text) ? this.call(token.text) : this.variable(token.text)
    this.at--
    return this.fail()
  }

  private grouped(): Argument {
    const { noGreater, noIn } = this
    this.noGreater = false
    this.noIn = false
    const inner = this.expression()
    this.expect(')')
    this.noGreater = noGreater
    this.noIn = noIn
    return plain(inner.get)
  }

  private call(name: string): Argument {
    const args = this.take('(') ? this.list(')') : []
    return plain(() => functions.get(name)?.(this.runtime, args))
  }

  private variable(name: string): Argument {
    const { runtime } = this
    if (this.take('[')) {
      const keys = this.list(']')
      const key = (): string => keys.map((k) => toText(k.get())).join(runtime.text('SUBSEP'))
      return { get: () => runtime.array(name).get(key()), set: (value) => void runtime.array(name).set(key(), value), arrayName: name }
    }
    if (this.is('(')) throw new ProgramError(`awk: function ${name} is not known here (known are ${[...functions.keys()].join(', ')})`, 2)
    return {
      arrayName: name,
      get: () => runtime.variables.get(name),
      set: (value) => {
        runtime.variables.set(name, value)
        if (name === 'NF') runtime.setFieldCount(toNumber(value))
      },
    }
  }

  /** Expressions with commas between them, and the mark at their end. */
  protected list(end: string): Argument[] {
    const items: Argument[] = []
    while (!this.take(end)) {
      if (items.length) this.expect(',')
      items.push(this.expression())
    }
    return items
  }

  /** An expression in which `in` does not end a `for (x in …)`. */
  protected withoutIn<T>(read: () => T): T {
    this.noIn = true
    const result = read()
    this.noIn = false
    return result
  }
}
