import type { JournalEntry } from '#protocol/messages.ts'
import { changeText } from './change-text.ts'
import { keyOf } from './key.ts'
import type { Tables } from './tables.ts'

const changing: readonly JournalEntry['verb'][] = ['update', 'patch']

/**
 * Gives the last change of each object in a frame its text, from the states before and after that frame. The journal itself only says
 * who wrote what, and a frame is as fine as the page can see.
 */
export function tellChanges(entries: readonly JournalEntry[], before: Tables, after: Tables): readonly JournalEntry[] {
  const told = new Set<string>()
  const result: JournalEntry[] = []
  for (const entry of [...entries].reverse()) {
    const { kind, namespace, name } = entry
    const table = kind === 'Pod' || kind === 'Node' || kind === 'DaemonSet' ? kind : undefined
    const key = `${kind}/${keyOf(namespace, name)}`
    if (!table || entry.text !== undefined || !changing.includes(entry.verb) || told.has(key)) {
      result.push(entry)
      continue
    }
    told.add(key)
    const [old, now] = [before[table].get(keyOf(namespace, name)), after[table].get(keyOf(namespace, name))]
    const text = old && now && old !== now ? changeText(old, now) : undefined
    result.push(text === undefined ? entry : { ...entry, text })
  }
  return result.reverse()
}
