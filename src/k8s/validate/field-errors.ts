import type { StatusCause } from '../api-error.ts'
import { quoteGo } from '../schema/go-format.ts'
import { type KubernetesVersion, since } from '../version.ts'

/** A value that is no plain string, number or boolean, as Go's `%#v` prints it and as JSON (used since 1.34, DS-15.80). */
export interface GoValue {
  go: string
  json: string
}

export type BadValue = string | number | boolean | GoValue

/** The errors found so far in one object, in the order they were found. @source apimachinery/pkg/util/validation/field/errors.go */
export class FieldErrors {
  readonly causes: StatusCause[] = []

  constructor(readonly version: KubernetesVersion) {}

  private add(reason: string, field: string, kind: string, value: BadValue | undefined, detail: string): void {
    const shown = value === undefined ? '' : `: ${this.render(value)}`
    this.causes.push({ reason, field, message: `${kind}${shown}${detail === '' ? '' : `: ${detail}`}` })
  }

  private render(value: BadValue): string {
    if (typeof value === 'string') return quoteGo(value)
    if (typeof value !== 'object') return String(value)
    return since(this.version, 'jsonValuesInErrors') ? value.json : value.go
  }

  required(field: string, detail = ''): void {
    this.add('FieldValueRequired', field, 'Required value', undefined, detail)
  }

  invalid(field: string, value: BadValue, detail: string): void {
    this.add('FieldValueInvalid', field, 'Invalid value', value, detail)
  }

  /** One error for each message, all about the same value. */
  invalidEach(field: string, value: BadValue, details: readonly string[]): void {
    for (const detail of details) this.invalid(field, value, detail)
  }

  notSupported(field: string, value: BadValue, supported: readonly string[]): void {
    const list = supported.map((item) => JSON.stringify(item)).join(', ')
    this.add('FieldValueNotSupported', field, 'Unsupported value', value, `supported values: ${list}`)
  }

  duplicate(field: string, value: BadValue, detail = ''): void {
    this.add('FieldValueDuplicate', field, 'Duplicate value', value, detail)
  }

  notFound(field: string, value: BadValue): void {
    this.add('FieldValueNotFound', field, 'Not found', value, '')
  }

  forbidden(field: string, detail: string): void {
    this.add('FieldValueForbidden', field, 'Forbidden', undefined, detail)
  }

  tooLong(field: string, bytes: number): void {
    const text = since(this.version, 'tooLongText') ? `may not be more than ${bytes} bytes` : `must have at most ${bytes} bytes`
    this.add('FieldValueTooLong', field, 'Too long', undefined, text)
  }

  tooMany(field: string, items: number, most: number): void {
    this.add('FieldValueTooMany', field, 'Too many', items, `must have at most ${most} items`)
  }

  /** @source ValidateNonnegativeField */
  nonNegative(field: string, value: number | undefined): void {
    if (value !== undefined && value < 0) this.invalid(field, value, 'must be greater than or equal to 0')
  }

  /** Whether any error was found since there were `before` of them. */
  grewSince(before: number): boolean {
    return this.causes.length > before
  }
}
