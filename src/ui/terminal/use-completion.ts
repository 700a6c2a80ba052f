import { type RefObject, useState } from 'react'
import type { Client } from '#protocol/client.ts'
import { documentFiles } from '#state/documents.ts'

interface Completion {
  /** The words of the last Tab, when there was more than one. */
  words: readonly string[]
  complete(): void
  forget(): void
}

function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words
  let length = first.length
  for (const word of rest) while (!word.startsWith(first.slice(0, length))) length -= 1
  return first.slice(0, length)
}

/** Tab in the terminal: fills in what is certain, and lists what is possible. */
export function useCompletion(
  client: Client,
  input: RefObject<HTMLTextAreaElement | null>,
  change: (line: string, cursor: number) => void,
): Completion {
  const [words, setWords] = useState<readonly string[]>([])
  const complete = async () => {
    const element = input.current
    if (!element) return
    const { value: line, selectionStart: cursor } = element
    const answer = await client.request('complete', { line, cursor, files: Object.keys(documentFiles()) }).catch(() => undefined)
    if (!answer || element.value !== line) return
    setWords(answer.words.length > 1 ? answer.words : [])
    const start = commonStart(answer.words)
    if (start.length < cursor - answer.from || answer.words.length === 0) return
    const filled = start + (answer.words.length === 1 && !start.endsWith('=') && !start.endsWith('/') ? ' ' : '')
    change(line.slice(0, answer.from) + filled + line.slice(cursor), answer.from + filled.length)
  }
  return { words, complete: () => void complete(), forget: () => setWords([]) }
}
