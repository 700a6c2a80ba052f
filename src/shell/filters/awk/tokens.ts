import { unescapeText } from '../../escapes.ts'
import { ProgramError } from '../../io.ts'

export interface Token {
  kind: 'number' | 'string' | 'regexp' | 'name' | 'op' | 'end'
  text: string
}

const skip = /^(?:[ \t\r]|\\\n|#[^\n]*)+/
const token =
  /^(?:(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|"((?:\\.|[^"\\])*)"|([A-Za-z_]\w*)|(\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|&&|\|\||>>|[\n{}()[\];,+\-*/%^!<>|?:~$=]))/s

/** The words of an awk program. Throws `ProgramError`, status 2. */
export function readTokens(source: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; ; ) {
    at += skip.exec(source.slice(at))?.[0].length ?? 0
    if (at >= source.length) return [...tokens, { kind: 'end', text: '' }]
    const last = tokens.at(-1)
    // after a value `/` divides, anywhere else it begins a pattern
    const mayDivide = last && (['number', 'string', 'name'].includes(last.kind) || [')', ']', '$', '++', '--'].includes(last.text))
    const pattern = mayDivide ? null : /^\/((?:\\.|\[[^\]]*\]|[^/\\\n])*)\//.exec(source.slice(at))
    if (pattern) {
      tokens.push({ kind: 'regexp', text: (pattern[1] as string).replace(/\\\//g, '/') })
      at += pattern[0].length
      continue
    }
    const match = token.exec(source.slice(at))
    if (!match) throw new ProgramError(`awk: syntax error at or near ${source.slice(at, at + 10)}`, 2)
    const [all, number, text, name] = match
    at += all.length
    if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (text !== undefined) tokens.push({ kind: 'string', text: unescapeText(text) })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else tokens.push({ kind: 'op', text: all })
  }
}
