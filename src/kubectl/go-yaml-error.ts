/** The text is no YAML; `message` is go-yaml's, `line` counts from 1. */
export class YamlError extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message)
  }
}

/** A problem with its line as go-yaml says it. */
export const atLine = (line: number, problem: string): string => `yaml: ${line > 0 ? `line ${line}: ` : ''}${problem}`

/** The scanner counts lines from 1 (and leaves out line 1), the parser from 0. */
export function toGoYamlError(text: string, message: string, offset: number, lineAt: (offset: number) => number): YamlError {
  const line = lineAt(offset)
  const scanner = (problem: string, where = line): YamlError => new YamlError(atLine(where > 1 ? where : 0, problem), where)
  const parser = (problem: string): YamlError => new YamlError(atLine(line - 1, problem), line)
  const rows = text.split('\n')
  const says = (...words: string[]): boolean => words.some((w) => message.includes(w))

  if (says('Tabs are not allowed')) {
    const before = rows.slice(0, line - 1).findLast((row) => row.trim()) ?? ''
    return scanner(/:\s*$/.test(before) ? 'found character that cannot start any token' : 'found a tab character that violates indentation')
  }
  // the reader goes to a line of its own at the end
  const lastLine = rows.length - (rows.at(-1) === '' ? 1 : 0)
  const bracket = openBracket(text, offset)
  const missing = bracket && `did not find expected ',' or '${bracket === '{' ? '}' : ']'}'`
  if (missing && !text.slice(offset).trim()) {
    const isOwed = /[[{,:]$/.test(text.trimEnd())
    return new YamlError(atLine(lastLine, isOwed ? 'did not find expected node content' : missing), line)
  }
  // a name that begins with a mark YAML keeps for itself, whatever else is wrong with it
  if (/[`@]/.test(text[offset] ?? '') && says('on a single line', 'Nested mappings')) return scanner('found character that cannot start any token')
  if (says('Block collections are not allowed')) {
    if (text[offset] === '-') return parser('did not find expected node content')
    return parser(missing ?? "did not find expected ',' or ']'")
  }
  if (/Unexpected flow-(map|seq)-end/.test(message) && /:\s*$/.test(text.slice(0, offset))) return parser('did not find expected node content')
  if (says('Implicit keys need to be on a single line', 'pairs need to be on a single line')) {
    const colon = /:(\s|$)/g
    colon.lastIndex = offset
    const colonLine = lineAt(colon.exec(text)?.index ?? offset)
    // a text may go on in the next line, but no name can
    if (missing) return new YamlError(atLine(colonLine - 1, missing), colonLine)
    const next = nextRow(rows, line)
    const column = (rows[line - 1] as string).search(/\S/)
    const isName = offset - text.lastIndexOf('\n', offset - 1) - 1 === column && hasSibling(rows, line, column)
    const ends = isName && (/[[{]/.test(text[offset] as string) || (rows[next - 1] ?? '').search(/\S/) <= column)
    if (colonLine > line && ends) return scanner("could not find expected ':'", next)
  }
  if (says('Flow map', 'flow map')) return parser("did not find expected ',' or '}'")
  if (says('Flow sequence', 'flow sequence', 'flow collection')) return parser("did not find expected ',' or ']'")
  if (says('may not be used as an implicit map key', 'must start at the same column', 'without - indicator')) return parser(expectedItem(rows, line))
  if (says('Nested mappings', 'on a single line')) {
    const colon = /:(\s|$)/g
    colon.lastIndex = offset
    return scanner('mapping values are not allowed in this context', lineAt(colon.exec(text)?.index ?? offset))
  }
  if (says('Implicit map keys need to be followed')) {
    return scanner("could not find expected ':'", nextRow(rows, line))
  }
  if (says('Missing closing')) return scanner('found unexpected end of stream', rows.length)
  if (says('Invalid escape')) return scanner('found unknown escape character')
  if (says('Plain value cannot start')) return scanner('found character that cannot start any token')
  if (says('block-seq-ind', 'on same line with key')) return scanner('block sequence entries are not allowed in this context')
  if (says('cannot be an empty string')) return scanner('did not find expected alphabetic or numeric character')
  if (says('Block scalar header')) return scanner('did not find expected comment or line break')
  return parser('did not find expected key')
}

/** The line of the first row behind a line that is not empty; behind the end, where there is none. */
function nextRow(rows: readonly string[], line: number): number {
  const next = rows.findIndex((row, i) => i >= line && row.trim())
  return next < 0 ? rows.length + (rows.at(-1) === '' ? 0 : 1) : next + 1
}

/** Whether a map has begun at this column above a line. */
function hasSibling(rows: readonly string[], line: number, column: number): boolean {
  const above = rows.slice(0, line - 1).findLast((row) => /^\s*[^\s#]/.test(row) && row.search(/\S/) <= column) ?? ''
  return above.search(/[^\s-]/) === column
}

/** The bracket that is open at a place. Reads no quotes: a bracket in a text counts. */
function openBracket(text: string, offset: number): string | undefined {
  const open: string[] = []
  for (const char of text.slice(0, offset)) {
    if (char === '{' || char === '[') open.push(char)
    else if (char === '}' || char === ']') open.pop()
  }
  return open.at(-1)
}

/** Which item go-yaml misses where a line is indented unlike those before it: that of the block the line falls back to. */
function expectedItem(rows: readonly string[], line: number): string {
  const column = (rows[line - 1] as string).search(/\S/)
  for (let i = line - 2; i >= 0; i--) {
    const row = rows[i] as string
    const indent = row.search(/\S/)
    if (indent < 0 || row[indent] === '#' || indent > column) continue
    const dashes = /^(?:-\s+)*-?/.exec(row.slice(indent))?.[0] ?? ''
    if (!dashes.startsWith('-')) return 'did not find expected key'
    if (indent + dashes.length <= column && row.slice(indent + dashes.length).trim()) return 'did not find expected key'
    const parent = rows.slice(0, i).findLast((r) => r.trim() && r.search(/\S/) <= indent && !r.trim().startsWith('-')) ?? ''
    return parent.search(/\S/) === indent ? 'did not find expected key' : "did not find expected '-' indicator"
  }
  return 'did not find expected key'
}
