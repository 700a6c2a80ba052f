import { ProgramError } from '../../io.ts'
import { Expressions } from './expression.ts'
import { type Argument, formatValues } from './functions.ts'
import { Jump, type Runtime } from './runtime.ts'
import { readTokens, type Token } from './tokens.ts'
import { isTrue, toNumber, toText } from './value.ts'

export type Statement = () => void

/** A pattern and what is done where it holds; two patterns are a range. */
export interface Rule {
  when: 'BEGIN' | 'END' | readonly Argument[]
  action: Statement
  inside: boolean
}

const mostRounds = 1_000_000

/** Reads statements; what they print goes to `out`. */
class Program extends Expressions {
  private readonly out: (text: string) => void

  constructor(tokens: readonly Token[], runtime: Runtime, out: (text: string) => void) {
    super(tokens, runtime)
    this.out = out
  }

  rules(): Rule[] {
    const rules: Rule[] = []
    for (;;) {
      while (this.take(';', '\n'));
      if (this.token.kind === 'end') return rules
      const special = this.take('BEGIN', 'END') as 'BEGIN' | 'END' | undefined
      const patterns: Argument[] = []
      if (!special && !this.is('{')) {
        patterns.push(this.expression())
        if (this.take(',')) patterns.push(this.expression())
      }
      const action = this.is('{') ? this.block() : () => this.out(toText(this.runtime.field(0)) + this.runtime.text('ORS'))
      if (this.token.kind === 'op' && !this.is(';', '\n', '!', '$', '(', '{')) this.fail()
      rules.push({ when: special ?? patterns, action, inside: false })
    }
  }

  private block(): Statement {
    this.expect('{')
    const statements: Statement[] = []
    for (;;) {
      while (this.take(';', '\n'));
      if (this.take('}')) break
      statements.push(this.statement())
    }
    return () => {
      for (const statement of statements) statement()
    }
  }

  private endStatement(): void {
    if (!this.is('}') && this.token.kind !== 'end' && !this.take(';', '\n')) this.fail()
  }

  private body(): Statement {
    while (this.take('\n'));
    if (this.take(';')) return () => undefined
    return this.statement()
  }

  private statement(): Statement {
    if (this.is('{')) return this.block()
    const word = this.take('if', 'while', 'for', 'print', 'printf', 'next', 'exit', 'break', 'continue', 'delete', 'do', 'getline', 'function')
    switch (word) {
      case 'if':
        return this.condition()
      case 'while': {
        this.expect('(')
        const [test] = this.list(')')
        return this.loop(test, this.body(), undefined)
      }
      case 'for':
        return this.forLoop()
      case 'print':
      case 'printf':
        return this.printing(word)
      case 'next':
      case 'break':
      case 'continue':
        this.endStatement()
        return () => {
          throw new Jump(word)
        }
      case 'exit': {
        const status = this.is(';', '\n', '}') || this.token.kind === 'end' ? undefined : this.expression()
        this.endStatement()
        return () => {
          throw new Jump('exit', status && toNumber(status.get()))
        }
      }
      case 'delete':
        return this.deletion()
      case 'do':
      case 'getline':
      case 'function':
        throw new ProgramError(`awk: ${word} is not supported here`, 2)
      default: {
        const value = this.expression()
        this.endStatement()
        return () => void value.get()
      }
    }
  }

  private condition(): Statement {
    this.expect('(')
    const [test] = this.list(')')
    const yes = this.body()
    const at = this.at
    while (this.take(';', '\n'));
    const no = this.take('else') ? this.body() : undefined
    if (!no) this.at = at
    return () => (isTrue(test?.get()) ? yes() : no?.())
  }

  private forLoop(): Statement {
    this.expect('(')
    const [name, word, array, end] = this.tokens.slice(this.at, this.at + 4)
    if (name?.kind === 'name' && word?.text === 'in' && array && end?.text === ')') {
      this.at += 4
      const body = this.body()
      return () => {
        for (const key of [...this.runtime.array(array.text).keys()]) {
          this.runtime.variables.set(name.text, key)
          if (!round(body)) break
        }
      }
    }
    const part = (mark: string): Argument | undefined => {
      const value = this.is(mark) ? undefined : this.expression()
      this.expect(mark)
      return value
    }
    const [first, test, step] = [part(';'), part(';'), part(')')]
    const loop = this.loop(test, this.body(), step)
    return () => {
      first?.get()
      loop()
    }
  }

  private loop(test: Argument | undefined, body: Statement, step: Argument | undefined): Statement {
    return () => {
      for (let rounds = 0; !test || isTrue(test.get()); rounds++) {
        if (rounds > mostRounds) throw new ProgramError('awk: this loop does not end', 2)
        if (!round(body)) return
        step?.get()
      }
    }
  }

  private printing(word: 'print' | 'printf'): Statement {
    const isEnd = (): boolean => this.is(';', '\n', '}', '>', '>>', '|') || this.token.kind === 'end'
    const items: Argument[] = []
    this.noGreater = true
    const isGrouped = this.is('(') && this.groupEndsStatement()
    if (isGrouped) {
      this.take('(')
      this.noGreater = false
      items.push(...this.list(')'))
    } else
      while (!isEnd()) {
        if (items.length) this.expect(',')
        items.push(this.expression())
      }
    this.noGreater = false
    if (this.is('>', '>>', '|'))
      throw new ProgramError(`awk: \`${word} … ${this.token.text}\` is not supported here: there are no files; put a pipe behind awk`, 2)
    this.endStatement()
    const { runtime } = this
    if (word === 'printf') return () => this.out(formatValues(items.map((i) => i.get())))
    return () =>
      this.out((items.length ? items.map((i) => toText(i.get())).join(runtime.text('OFS')) : toText(runtime.field(0))) + runtime.text('ORS'))
  }

  /** Whether the parenthesis at hand is closed by the last token of its statement: `printf("…", a)`. */
  private groupEndsStatement(): boolean {
    let depth = 0
    for (let i = this.at; i < this.tokens.length; i++) {
      const { kind, text } = this.tokens[i] as Token
      if (kind === 'op' && text === '(') depth++
      if (kind === 'op' && text === ')' && --depth === 0) {
        const next = this.tokens[i + 1] as Token
        return next.kind === 'end' || (next.kind === 'op' && [';', '\n', '}', '>', '>>', '|'].includes(next.text))
      }
    }
    return false
  }

  private deletion(): Statement {
    const array = (this.tokens[this.at++] as Token).text
    const keys = this.take('[') ? this.list(']') : undefined
    this.endStatement()
    return () => {
      if (!keys) this.runtime.array(array).clear()
      else this.runtime.array(array).delete(keys.map((k) => toText(k.get())).join(this.runtime.text('SUBSEP')))
    }
  }
}

/** One round of a loop; false after `break`. */
function round(body: Statement): boolean {
  try {
    body()
  } catch (jump) {
    if (!(jump instanceof Jump) || (jump.kind !== 'break' && jump.kind !== 'continue')) throw jump
    return jump.kind === 'continue'
  }
  return true
}

/** The rules of an awk program. Throws `ProgramError`, status 2. */
export const readProgram = (source: string, runtime: Runtime, out: (text: string) => void): Rule[] =>
  new Program(readTokens(source), runtime, out).rules()
