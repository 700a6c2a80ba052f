import type { RequestName, Requests } from '#protocol/messages.ts'
import type { Portions } from '#scenario/play.ts'
import { isIncomplete } from '#shell/parse.ts'
import type { Plain } from '../component.ts'
import { checkFault, describeFault } from '../faults/index.ts'
import { createControlPlaneApi } from '../store/control-plane-api.ts'
import { applyText } from './apply.ts'
import type { Finding } from './background.ts'
import { completeLine } from './complete-line.ts'
import { findingNextMoment, nextChange } from './next-change.ts'
import { playScenario } from './play-scenario.ts'
import { recordingText } from './record-text.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './session.ts'
import { summarizeStep } from './summarize-step.ts'

const minSpeed = 0.5
const maxSpeed = 100

/** Answers at once, through `done` later, or, when it returns a promise, refuses by rejecting. */
export type Handler<N extends RequestName> = (
  session: Session,
  input: Requests[N]['in'] & { id: number },
  done: (result: Requests[N]['out']) => void,
) => void | Promise<void>

const loadManifestRoom = () =>
  import('./manifest/index.ts').catch((): never => {
    throw new Refusal('a part of the engine could not be loaded; load the page again')
  })

/** Answers with the part of the worker that is loaded when it is first needed. */
const readingHandler =
  <N extends RequestName>(
    answer: (room: Awaited<ReturnType<typeof loadManifestRoom>>, session: Session, input: Requests[N]['in']) => Requests[N]['out'],
  ): Handler<N> =>
  async (session, input, done) =>
    done(answer(await loadManifestRoom(), session, input))

/** Answers with such a part too, but in portions, beside everything else. */
const findingHandler =
  <N extends RequestName>(
    type: N,
    find: (room: Awaited<ReturnType<typeof loadManifestRoom>>, session: Session, input: Requests[N]['in']) => Finding<Requests[N]['out']>,
  ): Handler<N> =>
  async (session, input, done) =>
    done(await session.background.find(type, input.id, find(await loadManifestRoom(), session, input)))

const open: Handler<'open'> = (session, input, done) => {
  session.openCluster(input, ({ scenario, seed, cluster }) =>
    done({
      version: cluster.options.version,
      seed,
      ...(scenario && { scenario: { id: scenario.id, title: scenario.title, steps: scenario.steps.map(summarizeStep) } }),
    }),
  )
}

const shell: Handler<'shell'> = (session, { id, line, ...options }, done) => {
  if (options.echo === 'typed' && isIncomplete(line)) {
    done({ exit: 0, incomplete: true })
    return
  }
  session.endShow()
  const { history } = session.open
  const moment = session.remember(line)
  session.runLine(id, line, options, (exit) => {
    history.forgetIdle(moment)
    done({ exit })
  })
}

const fault: Handler<'fault'> = (session, { fault: what, echo }, done) => {
  session.endShow()
  const text = describeFault(what as Plain)
  const wrong = checkFault(what as Plain, createControlPlaneApi(session.open.cluster.core, 'user'))
  if (wrong !== undefined) throw new Refusal(wrong)
  session.remember(`# outside Kubernetes: ${text}`)
  session.output(0, 'echo', echo ?? `# outside Kubernetes: ${text}`)
  session.fault(what, text)
  done(null)
}

const clock: Handler<'clock'> = (session, { playing, speed }, done) => {
  if (speed !== undefined && Number.isFinite(speed)) session.speed = Math.min(maxSpeed, Math.max(minSpeed, speed))
  if (playing !== undefined) {
    session.playing = playing
    if (!playing) session.halt()
  }
  done(null)
}

const step: Handler<'step'> = (session, _input, done) => {
  const { cluster, commands } = session.open
  session.playing = false
  session.halt()
  const before = cluster.core.state.journal.nextId
  const changed = () => cluster.core.state.journal.nextId !== before
  // what is due at once may turn out to change nothing: then on to what comes after it
  for (let next = nextChange(cluster); next !== null && !changed(); next = nextChange(cluster)) commands.advance(next, changed)
  done({ changed: changed() })
}

const skip: Handler<'skip'> = (session, _input, done) => {
  // the end of what is being shown is where a skip leads first
  if (session.endShow()) done({ changed: true })
  else session.perform(skipping(session, done))
}

function* skipping(session: Session, done: (result: Requests['skip']['out']) => void): Portions<void> {
  let changed = false
  try {
    const next = yield* findingNextMoment(session.open.cluster)
    changed = next !== null
    if (next !== null) yield* session.runningTo(next)
  } finally {
    done({ changed })
  }
}

/** What a moment is called in one line, without the mark of a comment. */
const firstLine = (action: string) => action.split('\n', 1)[0]?.replace(/^# /, '') ?? ''

const turn =
  (way: 'undo' | 'redo') =>
  (session: Session, _input: object, done: (result: null) => void): void => {
    const { open } = session
    session.halt()
    open.commands.interruptAll()
    const moment = open.history[way](open.played)
    if (!moment) throw new Refusal(`there is nothing to ${way}`)
    open.played = moment.played
    session.output(0, 'echo', `# ${way}: ${firstLine(moment.action)}`)
    session.flush(true)
    done(null)
  }

const interrupt: Handler<'interrupt'> = (session, { shellId }, done) => {
  const { commands } = session.open
  if (!commands.interrupt(shellId)) {
    session.halt()
    commands.interruptAll()
  }
  done(null)
}

/** Every request by name. */
export const requestHandlers: { [N in RequestName]: Handler<N> } = {
  open,
  shell,
  fault,
  clock,
  step,
  skip,
  interrupt,
  undo: turn('undo'),
  redo: turn('redo'),
  scenario: (session, { id, play }, done) => playScenario(session, id, play, done),
  apply: (session, { id, name, text, echo }, done) => {
    session.endShow()
    const { history } = session.open
    const moment = session.remember(`kubectl apply -f ${name}`)
    applyText(session, id, name, text, echo ?? false, (results) => {
      history.forgetIdle(moment)
      done({ results })
    })
  },
  record: async ({ background }, { id, scenario, version, seed }, done) =>
    done({ text: await background.find('record', id, recordingText(scenario, { version, seed })) }),
  compare: findingHandler('compare', (room, _session, { scenario, versions, seed }) => room.comparing(scenario, versions, seed)),
  examine: readingHandler((room, session, { text }) => room.examine(text, session.open.cluster.client)),
  predict: findingHandler('predict', (room, { open: { cluster } }, input) =>
    'line' in input ? room.predictingLine(cluster, input.line) : room.predicting(cluster, input.name, input.text),
  ),
  withdraw: ({ background }, { request }, done) => {
    background.withdraw(request)
    done(null)
  },
  yaml: async (session, { ref }, done) => {
    const [room] = await Promise.all([loadManifestRoom(), session.open.cluster.client.loadFieldOwners()])
    done(room.yamlOf(session.open.cluster.client, ref))
  },
  explain: readingHandler((room, session, { question }) => room.explain(session.open.cluster, question)),
  complete: (session, { line, cursor, files }, done) => done(completeLine(session, line, cursor, files ?? [])),
}
