import { unescapeText } from '../../escapes.ts'
import { toRegExp } from '../regexp.ts'
import { Input, toText, type Value } from './value.ts'

/** `exit` and `next` on their way out. */
export class Jump {
  readonly kind: 'exit' | 'next' | 'break' | 'continue'
  readonly status: number | undefined

  constructor(kind: Jump['kind'], status?: number) {
    this.kind = kind
    this.status = status
  }
}

/** Variables, arrays and the record at hand of a running awk program. */
export class Runtime {
  readonly variables = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['SUBSEP', '\x1c'],
  ])
  readonly arrays = new Map<string, Map<string, Value>>()
  private readonly patterns = new Map<string, RegExp>()
  private record = ''
  private fields: Value[] = []

  text(name: string): string {
    return toText(this.variables.get(name))
  }

  array(name: string): Map<string, Value> {
    const array = this.arrays.get(name) ?? new Map<string, Value>()
    this.arrays.set(name, array)
    return array
  }

  pattern(text: string): RegExp {
    const pattern = this.patterns.get(text) ?? toRegExp({ program: 'awk', dialect: 'extended', status: 2, escapes: true }, text, 'g')
    this.patterns.set(text, pattern)
    pattern.lastIndex = 0
    return pattern
  }

  split(text: string, separator: string): string[] {
    if (separator === ' ') return text.trim() ? text.trim().split(/\s+/) : []
    if (!text) return []
    return separator.length === 1 && separator !== '\\' ? text.split(separator) : text.split(this.pattern(separator))
  }

  setRecord(text: string): void {
    this.record = text
    this.fields = this.split(text, unescapeText(this.text('FS'))).map((f) => new Input(f))
    this.variables.set('NF', this.fields.length)
  }

  field(n: number): Value {
    return n === 0 ? new Input(this.record) : this.fields[n - 1]
  }

  /** A changed field joins the record anew. */
  setField(n: number, value: Value): void {
    if (n === 0) this.setRecord(toText(value))
    else {
      while (this.fields.length < n) this.fields.push('')
      this.fields[n - 1] = value
      this.join()
    }
  }

  setFieldCount(count: number): void {
    while (this.fields.length < count) this.fields.push('')
    this.fields.length = count
    this.join()
  }

  private join(): void {
    this.variables.set('NF', this.fields.length)
    this.record = this.fields.map(toText).join(this.text('OFS'))
  }
}
