/** Field selectors as text (`--field-selector`): `status.phase=Running,spec.nodeName!=n1`. @source apimachinery/pkg/fields/selector.go */

export interface FieldRequirement {
  field: string
  operator: '=' | '!='
  value: string
}

/** A parsed field selector; which fields a kind supports is the API server's business. */
export interface FieldSelector {
  /** Fields that are not set count as empty. */
  matches: (fields: Record<string, string>) => boolean
  canonical: string
  requirements: readonly FieldRequirement[]
}

/** Splits at commas that are not escaped. */
function splitTerms(text: string): string[] {
  if (text === '') return []
  const terms: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === ',') {
      terms.push(text.slice(start, at))
      start = at + 1
    }
  }
  terms.push(text.slice(start))
  return terms
}

function unescapeValue(text: string): string {
  let value = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (character === '\\') {
      const next = text[++at]
      if (next !== '\\' && next !== ',' && next !== '=') throw new Error(`invalid field selector: invalid escape sequence: \\${next ?? ''}`)
      value += next
    } else if (character === ',' || character === '=') {
      // Go prints the character as its number
      throw new Error(`invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`)
    } else value += character
  }
  return value
}

const escapeValue = (value: string): string => value.replace(/[\\,=]/g, (character) => `\\${character}`)

/** Parses the text; throws an Error with upstream's text when it is malformed. */
export function parseFieldSelector(text: string): FieldSelector {
  const requirements: FieldRequirement[] = []
  for (const term of splitTerms(text).sort()) {
    if (term === '') continue
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term)
    if (!match) throw new Error(`invalid selector: '${text}'; can't understand '${term}'`)
    const [, field = '', operator, value = ''] = match
    // one about nothing holds for everything
    if (field || value) requirements.push({ field, operator: operator === '!=' ? '!=' : '=', value: unescapeValue(value) })
  }
  return {
    requirements,
    canonical: requirements.map((r) => `${r.field}${r.operator}${escapeValue(r.value)}`).join(','),
    matches: (fields) => requirements.every((r) => ((fields[r.field] ?? '') === r.value) === (r.operator === '=')),
  }
}
