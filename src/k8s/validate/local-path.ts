import type { FieldErrors } from './field-errors.ts'

/** @source validatePathNoBacksteps */
export function validateNoBacksteps(errors: FieldErrors, value: string, path: string): void {
  if (value.split('/').includes('..')) errors.invalid(path, value, "must not contain '..'")
}

/** @source validateLocalDescendingPath */
export function validateLocalPath(errors: FieldErrors, value: string, path: string): void {
  if (value.startsWith('/')) errors.invalid(path, value, 'must be a relative path')
  validateNoBacksteps(errors, value, path)
}
