import type { Request } from '#protocol/messages.ts'
import { Session } from './worker/session.ts'

// the only place where wall-clock time meets the engine: it decides how far cluster time goes, never what happens in it
const frameMs = 16

const session = new Session(
  (message) => postMessage(message),
  () => performance.now(),
)
let last = performance.now()

function beat(): void {
  const now = performance.now()
  const passedMs = Math.min(now - last, 250)
  last = now
  session.tick(passedMs)
  setTimeout(beat, frameMs)
}

addEventListener('message', (event: MessageEvent<Request>) => session.handle(event.data))
postMessage({ type: 'ready' })
session.flush(true)
beat()
