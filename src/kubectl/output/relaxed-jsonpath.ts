import { CommandError } from '../error-text.ts'

/**
 * The template that a path of custom-columns or --sort-by means: `.a.b`, `a.b` and `{.a.b}` are all `{.a.b}`. Throws
 * CommandError when it has another form.
 * @source kubectl/pkg/cmd/get RelaxedJSONPathExpression
 */
export function relaxedJsonPath(path: string): string {
  if (path === '') return path
  const parts = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path)
  if (!parts) throw new CommandError("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'")
  return `{.${parts[1] ?? parts[2]}}`
}
