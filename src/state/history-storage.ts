import * as v from 'valibot'
import { readStored, writeStored } from './storage.ts'
import { terminalStore } from './terminal.ts'

const schema = v.array(v.string())
/** Longer ones (a manifest in a here-document) are not worth their place. */
const longestLine = 2000

/** Brings back the commands of the last visit, and keeps the present ones from now on. Returns how to stop that. */
export function keepHistory(): () => void {
  try {
    const result = v.safeParse(schema, JSON.parse(readStored('history') ?? '[]'))
    if (result.success) terminalStore.setState({ history: result.output })
  } catch {
    // What is stored cannot be read: it is written anew with the next command.
  }
  return terminalStore.subscribe(({ history }, before) => {
    if (history !== before.history) writeStored('history', JSON.stringify(history.filter((line) => line.length <= longestLine)))
  })
}
