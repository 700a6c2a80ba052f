import { complete } from '#kubectl/complete.ts'
import type { Requests } from '#protocol/messages.ts'
import type { Session } from './session.ts'

/** Completion of a terminal line at the cursor: words that may stand where the last word begins. */
export function completeLine(session: Session, line: string, cursor: number, files: readonly string[]): Requests['complete']['out'] {
  const typed = line.slice(0, cursor)
  const from = typed.search(/[^\s=,]*$/)
  return { from, words: complete(typed, session.open.cluster.client, files) }
}
