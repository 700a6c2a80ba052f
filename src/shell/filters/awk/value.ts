import { formatGeneral } from '../../escapes.ts'

/** Text that came from the input: a number where it looks like one. */
export class Input {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** `undefined` is a variable nobody has set: empty as text, 0 as number. */
export type Value = number | string | Input | undefined

const numberPattern = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/

const looksNumeric = (text: string): boolean => numberPattern.exec(text)?.[0] === text.trimEnd() && text.trim() !== ''

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  const text = value instanceof Input ? value.text : value
  return Number(numberPattern.exec(text ?? '')?.[0] ?? 0)
}

export function toText(value: Value): string {
  if (value instanceof Input) return value.text
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatGeneral(value, 6)
  return value ?? ''
}

export function isTrue(value: Value): boolean {
  if (value instanceof Input) return looksNumeric(value.text) ? toNumber(value) !== 0 : value.text !== ''
  return Boolean(value)
}

const isNumeric = (value: Value): boolean => typeof value === 'number' || value === undefined || (value instanceof Input && looksNumeric(value.text))

/** Below 0, 0 or above 0: as numbers where both are, else as texts. */
export function compareValues(a: Value, b: Value): number {
  if (isNumeric(a) && isNumeric(b)) return toNumber(a) - toNumber(b)
  const [s, t] = [toText(a), toText(b)]
  return s < t ? -1 : s > t ? 1 : 0
}
