/** What holds between page and worker, whatever the page asks for and in whatever order. */
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { failingProbes } from '#engine/kubelet/failing-probes.ts'
import { stoppedKubelets } from '#engine/kubelet/stopped-kubelets.ts'
import { GhostBoard } from '#engine/worker/ghosts.ts'
import { mirrorOf, truthOf } from '#engine/worker/testing/page-mirror.ts'
import { Talk } from '#engine/worker/testing/talk.ts'
import type { Frame, RequestName, Requests } from '#protocol/messages.ts'
import { daemonSetManifest, daemonSetNames, nodeNames } from './manifest-arbitrary.ts'
import { search, timeout } from './search.ts'
import { nodeSteps, outside, step } from './step-arbitrary.ts'

type Ask = { [N in RequestName]: { type: N; in: Requests[N]['in'] } }[RequestName]

/** What a page may do: ask, let time pass, fall behind with its frames or catch up, give up what it asked for last. */
type Move = { ask: Ask } | { tick: number } | { shows: boolean } | { giveUp: 'interrupt' | 'withdraw' }

const ask = <N extends RequestName>(type: N, ...inputs: fc.Arbitrary<Requests[N]['in']>[]): fc.Arbitrary<Move> =>
  fc.oneof(...inputs).map((input): Move => ({ ask: { type, in: input } as Ask }))

const line = step.filter(({ run }) => run !== undefined).map(({ run = '', stdin }) => ({ line: run, stdin, echo: 'typed' as const }))
const waiting = fc.constantFrom(
  'kubectl get pods -w',
  'watch -n 1 kubectl get ds',
  'kubectl rollout status ds/alpha',
  'kubectl wait --for=condition=Ready pod --all --timeout=20s; kubectl get nodes',
  'for i in 1 2 3; do kubectl get pods; sleep 1; done | grep alpha',
)
const file = daemonSetManifest.map((text) => ({ name: 'x.yaml', text }))
const node = fc.constantFrom(...nodeNames)
const set = fc.constantFrom(...daemonSetNames)

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: ask('shell', line) },
  {
    weight: 2,
    arbitrary: ask(
      'shell',
      waiting.map((text) => ({ line: text })),
    ),
  },
  {
    weight: 4,
    arbitrary: ask(
      'fault',
      outside.map((fault) => ({ fault: fault as Requests['fault']['in']['fault'] })),
    ),
  },
  { weight: 3, arbitrary: ask('apply', file) },
  { weight: 4, arbitrary: fc.oneof(ask('undo', fc.constant({})), ask('redo', fc.constant({}))) },
  { weight: 3, arbitrary: fc.oneof(ask('step', fc.constant({})), ask('skip', fc.constant({}))) },
  { weight: 2, arbitrary: ask('clock', fc.record({ playing: fc.boolean(), speed: fc.constantFrom(1, 10, 60) })) },
  ask(
    'explain',
    fc.tuple(node, set).map(([name, daemonset]) => ({ question: { about: 'ghost' as const, node: name, namespace: 'default', daemonset } })),
  ),
  ask(
    'yaml',
    set.map((name) => ({ ref: { kind: 'DaemonSet' as const, namespace: 'default', name } })),
  ),
  ask('predict', file),
  ask('scenario', fc.constantFrom({ play: 'next' as const }, { play: 'all' as const })),
  { weight: 6, arbitrary: fc.constantFrom(0, 16, 100, 700, 3000).map((tick): Move => ({ tick })) },
  { weight: 2, arbitrary: fc.boolean().map((shows): Move => ({ shows })) },
  { weight: 2, arbitrary: fc.constantFrom('interrupt' as const, 'withdraw' as const).map((giveUp): Move => ({ giveUp })) },
)

const scenarioText = (steps: string) => `id: t\nnodes: [{name: w0}, {name: w1, labels: {disk: ssd}}, {name: w2}]\nsteps: ${steps}\n`

const framesOf = (talk: Talk): Frame[] => talk.messages.flatMap((m) => (m.type === 'frame' ? [m] : []))

/** Everything the frames told beside objects, as a page keeps it. */
function toldBy(frames: readonly Frame[]) {
  let ghosts = new Map<string, unknown>()
  let stopped: string[] = []
  let probes: string[] = []
  let journal: number[] = []
  for (const frame of frames) {
    if (frame.reset) [ghosts, journal] = [new Map(), []]
    const { journalKeepUpTo: keep } = frame
    if (keep !== undefined) journal = journal.filter((id) => id <= keep)
    for (const { id } of frame.journal) {
      if (id <= (journal.at(-1) ?? 0)) throw new Error(`entry ${id} of the journal comes after ${journal.at(-1)}`)
      journal.push(id)
    }
    for (const [name, list] of Object.entries(frame.ghosts ?? {})) {
      if (list.length > 0) ghosts.set(name, list)
      else ghosts.delete(name)
    }
    stopped = frame.stoppedKubelets ?? stopped
    probes = frame.failingProbes ?? probes
  }
  return { ghosts: Object.fromEntries([...ghosts].sort()), stopped: [...stopped].sort(), probes: [...probes].sort() }
}

/** The same, from the cluster. */
function besideObjects({ session }: Talk) {
  const { cluster } = session.open
  const ghosts = new GhostBoard(cluster).update({ added: new Map(), removed: new Map(), updated: new Map() }, true) ?? {}
  return {
    ghosts: Object.fromEntries(
      Object.entries(ghosts)
        .filter(([, list]) => list.length > 0)
        .sort(),
    ),
    stopped: [...stoppedKubelets(cluster)].sort(),
    probes: [...failingProbes(cluster)].sort(),
  }
}

async function answered(talk: Talk, asked: ReadonlyMap<number, RequestName>): Promise<void> {
  const open = () => [...asked].filter(([id]) => talk.replies(id).length === 0)
  for (let i = 0; open().length > 0; i++) {
    if (i > 3000) throw new Error(`no answer to ${open().map(([, type]) => type)}`)
    for (const [id, type] of open()) if (i % 200 === 100 && type === 'shell') talk.send('interrupt', { shellId: id })
    talk.session.tick(16)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What answers need is loaded once: how long that takes is no concern of these tests. */
beforeAll(async () => {
  const talk = new Talk(1)
  await talk.askLater('yaml', { ref: { kind: 'Node', name: 'worker-0' } })
  await talk.askLater('predict', { name: 'x.yaml', text: 'kind: Namespace\napiVersion: v1\nmetadata: {name: x}\n' })
}, 30_000)

it('one reply a request, nothing fails, and the page knows what is', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          { weight: 20, arbitrary: move },
          nodeSteps.map((): Move => ({ tick: 50 })),
        ),
        { minLength: 4, maxLength: 30 },
      ),
      async (moves) => {
        const talk = new Talk(1)
        let shows = true
        talk.session.canShow = () => shows
        talk.ask('open', { scenario: scenarioText('[{wait: 3}, {node: {fail: w1}}, {run: kubectl get nodes}]') })
        const asked = new Map<number, RequestName>()
        for (const next of moves) {
          if ('tick' in next) talk.session.tick(next.tick)
          else if ('shows' in next) shows = next.shows
          else if ('giveUp' in next) {
            const id = [...asked.keys()].at(-1) ?? 0
            if (next.giveUp === 'interrupt') talk.send('interrupt', { shellId: id })
            else talk.send('withdraw', { request: id })
          } else asked.set(talk.send(next.ask.type, next.ask.in as never), next.ask.type)
          await new Promise((resolve) => setImmediate(resolve))
        }
        shows = true
        await answered(talk, asked)
        talk.session.playing = false
        talk.session.tick(0)
        for (const [id, type] of asked) if (talk.replies(id).length !== 1) throw new Error(`${talk.replies(id).length} replies to ${type}`)
        expect(talk.failures()).toEqual([])
        expect(mirrorOf(talk.messages)).toEqual(truthOf(talk.session.open.cluster))
        expect(toldBy(framesOf(talk))).toEqual(besideObjects(talk))
      },
    ),
    search(25),
  )
})
