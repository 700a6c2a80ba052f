/** The command that is being typed at the end of a text. */
export interface OpenCommand {
  /** Its words before the last one, without their quotes. */
  words: string[]
  /** The last word, as far as it is typed. */
  word: string
}

/** Words a command may follow. */
const openers = new Set(['do', 'then', 'else', 'elif', 'if', 'while', 'until', '!', '{', 'watch', 'timeout', 'xargs', 'command'])

/** Reads the command a text ends in: behind a pipe, a `;`, a `$(`, a `do`. */
export function commandAt(typed: string): OpenCommand {
  let words: string[] = []
  let word = ''
  let started = false
  let quote = ''
  /** What is to go on with once a `$(` is closed. */
  const outer: { words: string[]; word: string; quote: string }[] = []
  const finish = (): void => {
    if (started) words.push(word)
    word = ''
    started = false
  }
  for (let at = 0; at < typed.length; at++) {
    const char = typed[at] as string
    if (char === '\\' && quote !== "'") {
      word += typed[++at] ?? ''
      started = true
    } else if (char === '$' && typed[at + 1] === '(' && quote !== "'") {
      outer.push({ words, word, quote })
      words = []
      word = ''
      started = false
      quote = ''
      at++
    } else if (quote) {
      if (char === quote) quote = ''
      else word += char
    } else if (char === '"' || char === "'") {
      quote = char
      started = true
    } else if (char === ')' && outer.length > 0) {
      const before = outer.pop() as (typeof outer)[number]
      words = before.words
      word = before.word
      quote = before.quote
      started = true
    } else if (/[|;&\n(]/.test(char)) {
      words = []
      word = ''
      started = false
    } else if (/\s/.test(char)) finish()
    else {
      word += char
      started = true
    }
  }
  return { words: withoutLead(words), word }
}

/** A command's words without what may stand before it: `do`, `NAME=value`, `watch -n 1`, `xargs -I{}`. */
function withoutLead(words: readonly string[]): string[] {
  let at = 0
  while (at < words.length) {
    const word = words[at] as string
    if (/^[A-Za-z_]\w*=/.test(word)) at++
    else if (openers.has(word)) {
      at++
      if (word !== 'watch' && word !== 'xargs' && word !== 'timeout') continue
      for (; words[at]?.startsWith('-'); at++) if (/^-[nLIdPks]$/.test(words[at] as string)) at++
      if (word === 'timeout') at++
    } else break
  }
  return words.slice(at)
}
