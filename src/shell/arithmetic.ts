import { type Env, ShellError } from './io.ts'

const levels = [['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<=', '>=', '<', '>'], ['<<', '>>'], ['+', '-'], ['*', '/', '%']]

const operations: Record<string, (a: number, b: number) => number> = {
  '||': (a, b) => Number(Boolean(a || b)),
  '&&': (a, b) => Number(Boolean(a && b)),
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => Math.trunc(a / b),
  '%': (a, b) => a % b,
}

/** The value of `$((…))`: whole numbers, variables, the usual operators, `a ? b : c`, `=`, `+=` and `++`. Throws `ShellError`. */
export function calculate(text: string, env: Env): number {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|\+\+|--|[-+*/%]=|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||\S/g) ?? []
  let at = 0
  const wrong = (why: string): ShellError => new ShellError(`${text}: ${why}`, 1)
  const take = (...wanted: string[]): string | undefined => (wanted.includes(tokens[at] ?? '') ? tokens[at++] : undefined)
  const variable = (name: string): number => (env.get(name) ? calculate(env.get(name) as string, new Map()) : 0)
  const assign = (name: string, value: number): number => {
    env.set(name, String(value))
    return value
  }

  const apply = (operator: string, a: number, b: number): number => {
    if (b === 0 && (operator === '/' || operator === '%')) throw wrong('division by 0')
    return operations[operator]?.(a, b) ?? 0
  }
  const primary = (): number => {
    const step = take('++', '--')
    const token = tokens[at++] ?? ''
    if (step) return assign(token, variable(token) + (step === '++' ? 1 : -1))
    if (token === '-') return -primary()
    if (token === '+') return primary()
    if (token === '!') return Number(!primary())
    if (token === '(') {
      const value = sequence()
      if (!take(')')) throw wrong("missing `)'")
      return value
    }
    if (/^\d/.test(token)) return Number(/^0\d/.test(token) ? Number.parseInt(token, 8) : token)
    if (!/^[A-Za-z_]/.test(token)) throw wrong('syntax error: operand expected')
    const change = take('++', '--')
    if (change) return assign(token, variable(token) + (change === '++' ? 1 : -1)) - (change === '++' ? 1 : -1)
    const operator = take('=', '+=', '-=', '*=', '/=', '%=')
    if (!operator) return variable(token)
    const value = ternary()
    return assign(token, operator === '=' ? value : apply(operator[0] as string, variable(token), value))
  }
  const power = (): number => {
    const base = primary()
    if (!take('**')) return base
    const exponent = power()
    if (exponent < 0) throw wrong('exponent less than 0')
    return base ** exponent
  }
  const binary = (level: number): number => {
    const operators = levels[level]
    if (!operators) return power()
    let left = binary(level + 1)
    for (let operator = take(...operators); operator; operator = take(...operators)) left = apply(operator, left, binary(level + 1))
    return left
  }
  const ternary = (): number => {
    const test = binary(0)
    if (!take('?')) return test
    const yes = ternary()
    if (!take(':')) throw wrong("`:' expected for conditional expression")
    const no = ternary()
    return test ? yes : no
  }
  const sequence = (): number => {
    let value = ternary()
    while (take(',')) value = ternary()
    return value
  }
  if (!tokens.length) return 0
  const value = sequence()
  if (at < tokens.length) throw wrong('syntax error in expression')
  return value
}
