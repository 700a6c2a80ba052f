/** Where in a manifest something is being written. Block style only: inside `{…}` and `[…]` nothing is known. */
export interface ManifestPlace {
  /** Fields from the document's root to where the text is, list items left out: `spec`, `template`, `spec`, `tolerations`. */
  path: readonly string[]
  /** The field whose value is written; undefined while a field's name or a bare list item is written. */
  field?: string
  /** Plain values of the fields beside it; for a bare list item those beside its list. */
  beside: Readonly<Record<string, string>>
  /** What stands there already, up to the cursor. */
  typed: string
}

interface Line {
  /** Column (0-based) at which the text after indentation and dashes begins. */
  at: number
  dash: boolean
  field?: string
  value?: string
}

const fieldPattern = /^("[^"]*"|'[^']*'|[^\s"'#:{[&*!|>%@][^:#]*):(?:\s+(.*))?$/
const unquote = (text: string) => text.replace(/^(["'])(.*)\1$/, '$2')

function readLine(text: string): Line | undefined {
  if (/^\s*(#|$)/.test(text)) return
  const [lead = ''] = /^\s*(?:-(?:\s+|$))*/.exec(text) ?? []
  const rest = text
    .slice(lead.length)
    .replace(/\s+#.*$/, '')
    .trimEnd()
  const [, field, value] = fieldPattern.exec(rest) ?? []
  return {
    at: lead.length,
    dash: lead.includes('-'),
    field: field === undefined ? undefined : unquote(field),
    value: value ? unquote(value) : undefined,
  }
}

const isSeparator = (text: string) => /^(---|\.\.\.)/.test(text)

/** The number of the line that holds the field around column `at`, seen from line `from`. */
function parentOf(lines: readonly string[], from: number, at: number): number | undefined {
  for (let number = from - 1; number >= 0; number -= 1) {
    const text = lines[number] ?? ''
    if (isSeparator(text)) return
    const line = readLine(text)
    if (line?.field !== undefined && line.at < at) return number
  }
  return
}

/** Plain values of the fields in the same mapping as line `from`. */
function fieldsBeside(lines: readonly string[], from: number, at: number, begins: boolean): Record<string, string> {
  const found: Record<string, string> = {}
  const look = (number: number): 'on' | 'begins' | 'ends' => {
    const text = lines[number] ?? ''
    if (isSeparator(text)) return 'ends'
    const line = readLine(text)
    if (!line) return 'on'
    if (line.at < at) return 'ends'
    if (line.at > at) return 'on'
    return line.dash ? 'begins' : 'on'
  }
  const take = (number: number) => {
    const line = readLine(lines[number] ?? '')
    if (line?.at === at && line.field !== undefined && line.value !== undefined) found[line.field] = line.value
  }
  for (let number = from - 1; !begins && number >= 0; number -= 1) {
    const what = look(number)
    if (what === 'ends') break
    take(number)
    if (what === 'begins') break
  }
  for (let number = from + 1; number < lines.length && look(number) === 'on'; number += 1) take(number)
  return found
}

/**
 * What is being written at a cursor. `lineNumber` and `column` count from 1, as an editor's do. Undefined in comments, in flow style and
 * where the text tells too little.
 */
export function manifestPlace(text: string, lineNumber: number, column: number): ManifestPlace | undefined {
  const lines = text.split(/\r?\n/)
  const from = lineNumber - 1
  const before = (lines[from] ?? '').slice(0, column - 1)
  if (/(^|\s)#|[{[]/.test(before)) return
  const [lead = ''] = /^\s*(?:-(?:\s+|$))*/.exec(before) ?? []
  const at = lead.length
  const dash = lead.includes('-')
  const written = before.slice(at)
  const [, field, value = ''] = /^([^\s:]+):\s+(.*)$/.exec(written) ?? []
  if (field === undefined && /[\s:]/.test(written)) return

  const path: string[] = []
  const first = parentOf(lines, from, at)
  for (let number = first, column = at; number !== undefined; number = parentOf(lines, number, column)) {
    const line = readLine(lines[number] ?? '') as Line
    path.unshift(line.field as string)
    column = line.at
  }
  const bare = field === undefined && dash && first !== undefined
  const owner = bare ? (readLine(lines[first] ?? '') as Line) : undefined
  const beside = owner ? fieldsBeside(lines, first as number, owner.at, owner.dash) : fieldsBeside(lines, from, at, dash)
  return { path, field: field === undefined ? undefined : unquote(field), beside, typed: field === undefined ? written : value }
}
