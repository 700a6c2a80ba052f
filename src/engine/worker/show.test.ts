/** Steps of a scenario are shown at a pace that can be followed. */
import { expect, it } from 'vitest'
import { Talk } from './testing/talk.ts'

const apply = `{run: kubectl apply -f -, stdin: '{"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "agent"}, "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}'}`

function opened(steps: string): Talk {
  const talk = new Talk()
  talk.ask('open', { scenario: `id: s\nnodes: [{name: a}, {name: b}]\nsteps: [${steps}]\n`, playing: false })
  return talk
}

const clockOf = ({ session }: Talk) => session.open.cluster.nowMs
const agents = ({ session }: Talk) => [...session.open.cluster.core.state.tables.Pod.values()]

/** Lets wall time pass until the request is answered; returns it, ms. */
function untilAnswered(talk: Talk, id: number, each?: () => void): number {
  let ms = 0
  for (; talk.replies(id).length === 0; ms += 16) {
    talk.session.tick(16)
    each?.()
  }
  return ms
}

it('the reaction to a step is seen while it happens, and takes seconds, not minutes', () => {
  const talk = opened(`${apply}, {wait: 600}`)
  const phases = new Set<string>()
  const id = talk.send('scenario', { play: 'next' })
  const ms = untilAnswered(
    talk,
    id,
    () =>
      void phases.add(
        agents(talk)
          .map((pod) => pod.status.phase)
          .join(),
      ),
  )
  expect([...phases]).toEqual(expect.arrayContaining(['Pending,Pending', 'Running,Running']))
  expect(ms).toBeGreaterThan(500)
  expect(ms).toBeLessThan(9000)
  // ten minutes in which nothing happens are not waited for
  expect(untilAnswered(talk, talk.send('scenario', { play: 'next' }))).toBeLessThan(100)
  expect(clockOf(talk)).toBeGreaterThan(600_000)
})

it('a faster clock shows it faster', () => {
  const [slow, fast] = [1, 10].map((speed) => {
    const talk = opened(apply)
    talk.ask('clock', { speed })
    return untilAnswered(talk, talk.send('scenario', { play: 'next' }))
  })
  expect(fast).toBeLessThan((slow ?? 0) / 2)
})

it('the next step ends the one that is shown, and both are answered', () => {
  const talk = opened(`${apply}, {run: kubectl get pods}`)
  const first = talk.send('scenario', { play: 'next' })
  talk.session.tick(16)
  expect(talk.replies(first)).toEqual([])
  const second = talk.send('scenario', { play: 'next' })
  expect(talk.replies(first)).toMatchObject([{ result: { done: 1, total: 2 } }])
  untilAnswered(talk, second)
  expect(talk.replies(second)).toMatchObject([{ result: { done: 2, total: 2 } }])
  expect(talk.output(second)).toContain('Running')
})

it('who does something else while all steps play sees this step to its end, and no further one', () => {
  const talk = opened(`${apply}, {node: {fail: a}}`)
  const id = talk.send('scenario', { play: 'all' })
  talk.session.tick(16)
  expect(talk.run('kubectl get ds agent -o jsonpath={.status.numberReady}')).toEqual(['2', 0])
  expect(talk.replies(id)).toMatchObject([{ result: { done: 1, total: 2 } }])
})

it('a pause stops it where it is', () => {
  const talk = opened(apply)
  const id = talk.send('scenario', { play: 'next' })
  talk.session.tick(16)
  const before = clockOf(talk)
  talk.ask('clock', { playing: false })
  talk.session.tick(5000)
  expect([clockOf(talk), talk.session.needsTime, talk.replies(id).length]).toEqual([before, false, 1])
})

it('what is due next is known as soon as a skip has ended', () => {
  const talk = opened('{node: {fail: a}}')
  untilAnswered(talk, talk.send('scenario', { play: 'next' }))
  talk.session.tick(16)
  const { nextChangeAtMs } = talk.messages.flatMap((m) => (m.type === 'frame' ? [m] : [])).at(-1) ?? {}
  expect(nextChangeAtMs).toBeGreaterThan(clockOf(talk))
})
