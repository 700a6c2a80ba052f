import type { Reply, Request, RequestName, Requests } from '#protocol/messages.ts'
import { ScenarioError } from '#scenario/scenario-error.ts'
import { Refusal } from './refusal.ts'
import { type Handler, requestHandlers } from './requests.ts'
import type { Session } from './session.ts'

/**
 * Does what is asked for and replies, once. What cannot be done is refused with its reason; where the engine itself fails, what this
 * request did is taken back.
 */
export function answer(session: Session, request: Request): void {
  const { id, type } = request
  let replied = false
  const reply = (message: Reply) => {
    if (!replied) session.emit(message)
    replied = true
  }
  const before = session.open.history.latest
  const refuse = (error: unknown, takesBack: boolean) => {
    if (!(error instanceof Refusal || error instanceof ScenarioError)) session.fail(error, type, takesBack)
    const line = error instanceof ScenarioError ? error.line : undefined
    reply({ type: 'reply', id, ok: false, error: { message: error instanceof Error ? error.message : String(error), ...(line && { line }) } })
  }
  try {
    const handler = requestHandlers[type] as Handler<RequestName>
    const later = handler(session, request as never, (result: Requests[RequestName]['out']) => {
      session.flush()
      reply({ type: 'reply', id, ok: true, result })
    })
    // what is answered later only reads
    later?.catch((error: unknown) => refuse(error, false))
  } catch (error) {
    // only what this very request did is taken back
    refuse(error, session.open.history.latest !== before)
  }
  session.flush()
}
