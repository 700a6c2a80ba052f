import { loadRareChecks } from '#k8s/validate/rare/load.ts'
import { loadVerbs } from '#kubectl/commands/index.ts'
import type { Alive, Request, Seen, WorkerMessage } from '#protocol/messages.ts'
import { loadScenarioReading } from '#scenario/load.ts'
import { loadCommands } from '#shell/load-commands.ts'
import { loadFieldOwners } from './store/managed-fields/load.ts'
import { loadPodSecurity } from './store/pod-security/load.ts'
import { answer } from './worker/answer.ts'
import { Session } from './worker/session.ts'

// the only place where wall-clock time meets the engine: it decides how far cluster time goes, never what happens in it
const frameMs = 16
/** Between two portions of work: what was asked for meanwhile has its turn. */
const breathMs = 1
/** A page that was asleep does not make up for the time. */
const longestBeatMs = 250

/** A page that is slower than the cluster gets fewer and larger frames: what waits at its door would keep it from ever drawing. */
const mostUnseen = 2

let unseen = 0

function emit(message: WorkerMessage): void {
  if (message.type === 'frame') unseen += 1
  postMessage(message)
}

const session = new Session(emit, () => performance.now())
session.canShow = () => unseen < mostUnseen
session.background.onBegin = wake
let last = 0
let beating = false

function beat(): void {
  const now = performance.now()
  session.tick(Math.min(now - last, longestBeatMs))
  last = now
  beating = session.needsTime
  if (beating) setTimeout(beat, session.isAtWork ? breathMs : frameMs)
}

function wake(): void {
  if (beating || !session.needsTime) return
  beating = true
  last = performance.now()
  setTimeout(beat, frameMs)
}

/** What writes, here or in a cluster of its own. */
const writes: ReadonlySet<string> = new Set<Request['type']>(['shell', 'scenario', 'record', 'compare', 'apply', 'predict'])

const needsAll = (request: Request): boolean => writes.has(request.type) || (request.type === 'open' && request.scenario !== undefined)

/** What was asked for since something came that may need code which is still on its way. */
let held: Request[] | undefined = []
let holds = false

function handle(request: Request): void {
  answer(session, request)
  wake()
}

function stopHolding(): void {
  const requests = held ?? []
  held = undefined
  for (const request of requests) handle(request)
}

function takeSeen(): void {
  unseen -= 1
  if (!beating) session.flush()
}

addEventListener('message', ({ data }: MessageEvent<Request | Seen | Alive>) => {
  if (data.type === 'alive') {
    postMessage(data)
    return
  }
  if (data.type === 'seen') {
    takeSeen()
    return
  }
  holds ||= needsAll(data)
  if (held && holds) held.push(data)
  else handle(data)
})
postMessage({ type: 'ready' })
session.flush(true)
wake()
// scenarios are played without a break: what their commands may need is there before; if it cannot be had, the rest works all the same
const late = [loadCommands(), loadVerbs(), loadFieldOwners(), loadPodSecurity(), loadRareChecks(), loadScenarioReading()]
void Promise.allSettled(late).then(stopHolding)
