/** A text that means itself, as the source of a regular expression. */
export const literalSource = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

const classes: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
}

/** `[:digit:]` and its kin as what they stand for. */
const withClasses = (source: string): string =>
  source.replace(/\[:(\w+):\]/g, (all, name: string) => (Object.hasOwn(classes, name) ? classes[name] : undefined) ?? all)

function bracketSource(inside: string, negated: boolean): string {
  const source = inside.split(/(\[:\w+:\])/).map((piece, i) => (i % 2 === 1 ? withClasses(piece) : piece.replace(/[\\\][^]/g, '\\$&')))
  return `[${negated ? '^' : ''}${source.join('')}]`
}

/** A shell pattern (`*`, `?`, `[a-z]`) as the source of a regular expression. */
export function globSource(glob: string): string {
  return glob.replace(/\\(.)|\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]|[\s\S]/g, (all, escaped?: string, negation?: string, inside?: string) => {
    if (escaped !== undefined) return literalSource(escaped)
    if (inside) return bracketSource(inside, Boolean(negation))
    return all === '*' ? '.*' : all === '?' ? '.' : literalSource(all)
  })
}
