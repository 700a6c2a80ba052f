import { formatGo } from '#k8s/schema/go-format.ts'
import { CommandError } from '../error-text.ts'
import { compileJsonPath } from '../jsonpath.ts'
import { alignTable } from '../table.ts'
import { relaxedJsonPath } from './relaxed-jsonpath.ts'

interface CustomColumn {
  header: string
  path: string
}

/**
 * `NAME:.metadata.name,NODE:.spec.nodeName`; throws CommandError when a part has another form.
 * @source kubectl/pkg/cmd/get/customcolumn.go NewCustomColumnsPrinterFromSpec
 */
export function parseCustomColumns(spec: string): CustomColumn[] {
  return spec.split(',').map((part) => {
    const at = part.indexOf(':')
    if (at < 0) throw new CommandError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return { header: part.slice(0, at), path: relaxedJsonPath(part.slice(at + 1)) }
  })
}

const twoLines = 'Expected format is one line of space separated headers, one line of space separated column specs.'

/** The columns of a file: headers in its first line, paths in its second. @source kubectl/pkg/cmd/get/customcolumn.go NewCustomColumnsPrinterFromTemplate */
export function customColumnsIn(text: string): CustomColumn[] {
  const [first = '', second] = text.replace(/\n$/, '').split('\n')
  if (text === '') throw new CommandError(`invalid template, missing header line. ${twoLines}`)
  if (second === undefined) throw new CommandError(`invalid template, missing spec line. ${twoLines}`)
  const [headers, paths] = [first, second].map((line) => line.split(/\s+/).filter(Boolean)) as [string[], string[]]
  if (headers.length !== paths.length)
    throw new CommandError(`number of headers (${headers.length}) and field specifications (${paths.length}) don't match`)
  return headers.map((header, i) => ({ header, path: relaxedJsonPath(paths[i] as string) }))
}

/**
 * A table with one row an object; a path that finds nothing shows `<none>`, several values are joined by commas. Throws CommandError
 * with the rows before the one that cannot be printed.
 */
export function printCustomColumns(columns: readonly CustomColumn[], objects: readonly unknown[], noHeaders: boolean): string {
  const lines = noHeaders ? [] : [columns.map((c) => c.header).join('\t')]
  try {
    const paths = columns.map((c) => compileJsonPath(c.path))
    for (const object of objects) lines.push(paths.map((path) => cellOf(path.findResults(object))).join('\t'))
  } catch (error) {
    throw new CommandError((error as Error).message, 1, alignTable(lines))
  }
  return alignTable(lines)
}

const cellOf = (found: readonly (readonly unknown[])[]): string =>
  !found[0] || found[0].length === 0 ? '<none>' : found.flat().map(formatGo).join(',')
