import { quoteGo } from '#k8s/schema/go-format.ts'
import type { Token } from './lexer.ts'

/** What a string or character constant stands for. */
export function unquote(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1)
  const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' }
  return literal.slice(1, -1).replace(/\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{3}|.)/g, (_, e: string) => {
    if (/^[uUx]./.test(e)) return String.fromCodePoint(Number.parseInt(e.slice(1), 16))
    return /^[0-7]{3}$/.test(e) ? String.fromCharCode(Number.parseInt(e, 8)) : (escapes[e] ?? e)
  })
}

/** How errors show a token. */
export function tokenText({ type, text }: Token): string {
  if (type === 'eof') return 'EOF'
  if (type === 'keyword' || type === 'dot' || type === 'nil') return `<${text}>`
  return text.length > 10 ? `${quoteGo(text.slice(0, 10))}...` : quoteGo(text)
}
