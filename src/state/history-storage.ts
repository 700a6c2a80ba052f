import * as v from 'valibot'
import { readStored, writeStored } from './storage.ts'
import { appendHistory, terminalStore } from './terminal.ts'

const schema = v.array(v.string())
/** Longer ones (a manifest in a here-document) are not worth their place. */
const longestLine = 2000

function readHistory(): readonly string[] {
  try {
    const result = v.safeParse(schema, JSON.parse(readStored('history') ?? '[]'))
    return result.success ? result.output : []
  } catch {
    // What is stored cannot be read: it is written anew with the next command.
    return []
  }
}

/** Brings back the commands of the last visit, and keeps the present ones from now on, beside those of other windows. */
export function keepHistory(): void {
  terminalStore.setState({ history: readHistory() })
  terminalStore.subscribe(({ history }, before) => {
    const line = history.at(-1)
    if (history === before.history || line === undefined || line.length > longestLine) return
    writeStored('history', JSON.stringify(appendHistory(readHistory(), line)))
  })
}
