import { ShellError } from '../io.ts'
import { byLine, type FilterFactory, readOptions } from './filter.ts'
import { posixClasses } from './grep.ts'

/** `cut -d SEPARATOR -f LIST` or `cut -c LIST`; lists are `1`, `1,3`, `2-4`, `3-`, `-2`. */
export const cut: FilterFactory = (args, { out }) => {
  const { flags, values } = readOptions('cut', args, 's', 'dfcb', { delimiter: 'd', fields: 'f', characters: 'c' })
  const list = values.get('f') ?? values.get('c') ?? values.get('b')
  if (!list) throw new ShellError('cut: say which fields (-f) or characters (-c)')
  const ranges = list.split(',').map((r) => {
    const [, a, dash, b] = /^(\d*)(-?)(\d*)$/.exec(r) ?? []
    if (a === undefined || (!a && !b)) throw new ShellError(`cut: this list cannot be read: ${list}`)
    return [Number(a || 1), dash ? Number(b || Number.MAX_SAFE_INTEGER) : Number(a)] as const
  })
  const wanted = (i: number): boolean => ranges.some(([from, to]) => i + 1 >= from && i + 1 <= to)
  const separator = values.get('d') ?? '\t'
  return byLine((line) => {
    if (!values.has('f')) return out(`${[...line].filter((_, i) => wanted(i)).join('')}\n`)
    const fields = line.split(separator)
    if (fields.length === 1 && flags.has('s')) return
    out(`${fields.length === 1 ? line : fields.filter((_, i) => wanted(i)).join(separator)}\n`)
  })
}

type Test = (fields: string[], number: number) => boolean

/**
 * `awk [-F SEPARATOR] '[CONDITION] {print …}'`: conditions are /regexp/, $N ~ /regexp/ and comparisons of $N, NR, NF with
 * a text or number, joined by && or ||; print takes $N, $NF, NR, NF and "texts". Anything else of awk is refused.
 */
export const awk: FilterFactory = (args, { out }) => {
  const { values, operands } = readOptions('awk', args, '', 'Fv')
  const program = /^\s*(.*?)\s*(?:\{\s*print\b\s*(.*?)\s*;?\s*\})?\s*$/s.exec(operands[0] ?? '')
  if (!program || !operands[0] || /[{}]/.test(program[1] as string)) throw refuse(operands[0])
  const condition = readCondition(program[1] as string)
  const items = readItems(program[2] ?? '')
  const separator = values.get('F')
  const splitter =
    separator === undefined || separator === ' ' ? undefined : separator.length === 1 && separator !== '\t' ? separator : new RegExp(separator)
  return byLine((line, number) => {
    const fields = splitter === undefined ? line.trim().split(/\s+/) : line.split(splitter)
    const all = [line, ...(line ? fields : [])]
    if (condition(all, number)) out(`${items.map((item) => item(all, number)).join('')}\n`)
  })
}

const refuse = (text = ''): ShellError =>
  new ShellError(`awk: only programs like '{print $1, $3}' or 'NR>1 && $2 ~ /x/ {print $1}' are understood here, not: ${text}`)

type Value = (fields: string[], number: number) => string

function readValue(text: string): Value | undefined {
  const field = /^\$(\d+)$/.exec(text)?.[1]
  if (field) return (f) => f[Number(field)] ?? ''
  if (text === '$NF') return (f) => f[f.length - 1] ?? ''
  const back = /^\$\(NF-(\d+)\)$/.exec(text)?.[1]
  if (back) return (f) => f[f.length - 1 - Number(back)] ?? ''
  if (text === 'NR') return (_, n) => String(n)
  if (text === 'NF') return (f) => String(f.length - 1)
  if (/^"(\\.|[^"\\])*"$/.test(text)) {
    const plain = text.slice(1, -1).replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t' })[c] ?? c)
    return () => plain
  }
  if (/^-?\d+(\.\d+)?$/.test(text)) return () => text
  return undefined
}

function readItems(text: string): Value[] {
  if (!text) return [(f) => f[0] as string]
  const tokens = text.match(/"(?:\\.|[^"\\])*"|\$\(NF-\d+\)|\$?\w+|,|\S/g) ?? []
  return tokens.map((token) => {
    const value = token === ',' ? (): string => ' ' : readValue(token)
    if (!value) throw refuse(text)
    return value
  })
}

function readCondition(text: string): Test {
  if (!text) return () => true
  const alternatives = text.split('||')
  if (alternatives.length > 1) {
    const tests = alternatives.map((t) => readCondition(t.trim()))
    return (f, n) => tests.some((t) => t(f, n))
  }
  const all = text.split('&&')
  if (all.length > 1) {
    const tests = all.map((t) => readCondition(t.trim()))
    return (f, n) => tests.every((t) => t(f, n))
  }
  const [, negated, subject, operator, pattern] = /^(!?)(?:(\S+)\s*(!?~)\s*)?\/((?:\\.|[^/])*)\/$/s.exec(text) ?? []
  if (pattern !== undefined) {
    const expression = new RegExp(posixClasses(pattern))
    const value = readValue(subject ?? '$0')
    if (!value) throw refuse(text)
    const wanted = !negated && operator !== '!~'
    return (f, n) => expression.test(value(f, n)) === wanted
  }
  const compared = /^(\S+?)\s*(==|!=|>=|<=|>|<)\s*(.+)$/s.exec(text)
  const left = readValue(compared?.[1] ?? text)
  const right = compared ? readValue((compared[3] as string).trim()) : (): string => '0'
  if (!left || !right) throw refuse(text)
  const operator2 = compared?.[2] ?? '!='
  return (f, n) => holds(left(f, n), operator2, right(f, n))
}

function holds(a: string, operator: string, b: string): boolean {
  const numeric = [a, b].every((x) => /^\s*[-+]?\d+(\.\d+)?\s*$/.test(x))
  const [x, y] = numeric ? [Number(a), Number(b)] : [a, b]
  if (operator === '==') return x === y
  if (operator === '!=') return x !== y
  if (operator === '>') return x > y
  if (operator === '<') return x < y
  return operator === '>=' ? x >= y : x <= y
}
