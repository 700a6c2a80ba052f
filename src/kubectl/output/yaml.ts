import { yamlScalar } from './yaml-scalar.ts'

const isLetter = (c: string) => /\p{L}/u.test(c)

/** Order of keys: letters by code, numbers inside by value. @source go-yaml v2 sorter.go keyList.Less */
export function compareKeys(left: string, right: string): number {
  const a = [...left]
  const b = [...right]
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i] as string, b[i] as string]
    if (x === y) continue
    const [xLetter, yLetter] = [isLetter(x), isLetter(y)]
    if (xLetter && yLetter) return x < y ? -1 : 1
    if (xLetter || yLetter) return yLetter ? -1 : 1
    const numbers = [a, b].map((chars) => /^\d*/.exec(chars.slice(i).join(''))?.[0] ?? '')
    const [n, m] = numbers.map(Number) as [number, number]
    if (n !== m) return n - m
    const longer = (numbers[0] as string).length - (numbers[1] as string).length
    if (longer !== 0) return longer
    return x < y ? -1 : 1
  }
  return a.length - b.length
}

function scalar(value: unknown, column: number, indent: string): string {
  return typeof value === 'string' ? yamlScalar(value, column, indent) : plainScalar(value)
}

/** A number, boolean or null. */
export function plainScalar(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number' && !Number.isInteger(value)) return String(value).replace(/e([+-])(\d)$/, 'e$10$2')
  return String(value)
}

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : keysOf(value).length === 0
}

function keysOf(value: object): string[] {
  return Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .map(([k]) => k)
    .sort(compareKeys)
}

/** Lines of a value that starts a new line at `indent`. A list inside an object is not indented further, as go-yaml does. */
function block(value: object, indent: string): string {
  if (Array.isArray(value))
    return value
      .map(
        (item) =>
          `${indent}- ${item === null || typeof item !== 'object' ? `${scalar(item, indent.length + 2, `${indent}  `)}\n` : nested(item, `${indent}  `)}`,
      )
      .join('')
  return keysOf(value)
    .map((key) => {
      const name = `${indent}${yamlScalar(key, 0, '', true)}:`
      const inner = (value as Record<string, unknown>)[key]
      if (inner === null || typeof inner !== 'object') return `${name} ${scalar(inner, name.length + 1, `${indent}  `)}\n`
      if (isEmpty(inner)) return `${name} ${Array.isArray(inner) ? '[]' : '{}'}\n`
      return `${name}\n${block(inner, Array.isArray(inner) ? indent : `${indent}  `)}`
    })
    .join('')
}

/** A list item that is itself an object or list: its first line follows the dash. */
function nested(value: object, indent: string): string {
  if (isEmpty(value)) return Array.isArray(value) ? '[]\n' : '{}\n'
  return block(value, indent).slice(indent.length)
}

/**
 * YAML as kubectl prints it: keys sorted, lists not indented, strings quoted only where they must be.
 * @source sigs.k8s.io/yaml Marshal
 */
export function toYaml(value: unknown): string {
  if (value === null || typeof value !== 'object') return `${scalar(value, 0, '')}\n`
  return isEmpty(value) ? (Array.isArray(value) ? '[]\n' : '{}\n') : block(value, '')
}
