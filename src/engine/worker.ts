import { loadVerbs } from '#kubectl/commands/index.ts'
import type { Request } from '#protocol/messages.ts'
import { loadFieldOwners } from './store/managed-fields/load.ts'
import { Session } from './worker/session.ts'

// the only place where wall-clock time meets the engine: it decides how far cluster time goes, never what happens in it
const frameMs = 16
/** A page that was asleep does not make up for the time. */
const longestBeatMs = 250

const session = new Session(
  (message) => postMessage(message),
  () => performance.now(),
)
let last = 0
let beating = false

function beat(): void {
  const now = performance.now()
  session.tick(Math.min(now - last, longestBeatMs))
  last = now
  beating = session.needsTime
  if (beating) setTimeout(beat, frameMs)
}

function wake(): void {
  if (beating || !session.needsTime) return
  beating = true
  last = performance.now()
  setTimeout(beat, frameMs)
}

addEventListener('message', (event: MessageEvent<Request>) => {
  session.handle(event.data)
  wake()
})
postMessage({ type: 'ready' })
session.flush(true)
wake()
// scenarios are played without a break: what their commands may need is there before
void loadFieldOwners()
void loadVerbs()
