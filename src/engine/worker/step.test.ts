import { expect, it } from 'vitest'
import type { Request, RequestName, Requests, WorkerMessage } from '#protocol/messages.ts'
import { answer } from './answer.ts'
import { Session } from './session.ts'

function sessionOf(scenario: string) {
  const messages: WorkerMessage[] = []
  const session = new Session(
    (message) => messages.push(message),
    () => 0,
  )
  let id = 0
  const ask = <N extends RequestName>(type: N, input: Requests[N]['in']): Requests[N]['out'] => {
    id += 1
    answer(session, { ...input, type, id } as unknown as Request)
    const reply = messages.findLast((message) => message.type === 'reply' && message.id === id)
    return (reply as unknown as { result: Requests[N]['out'] }).result
  }
  ask('open', { scenario, playing: false })
  return { session, ask }
}

const oneNode = 'id: one\ntitle: One node\nnodes: [{name: worker-0}]\nsteps: [{wait: 1}]\n'

it('goes to the next change and no further, then stays put', () => {
  const { session, ask } = sessionOf(oneNode)
  ask('skip', {})
  while (ask('skip', {}).changed);
  const { cluster } = session.open
  const quietMs = cluster.nowMs
  expect(ask('step', {})).toEqual({ changed: false })
  expect(cluster.nowMs).toBe(quietMs)

  ask('fault', { fault: { fail: 'worker-0' } })
  expect(ask('step', {})).toEqual({ changed: true })
  const ready = () => cluster.core.state.tables.Node.get('worker-0')?.status.conditions?.find(({ type }) => type === 'Ready')?.status
  // nothing changes until the node monitor has waited for the grace period (NL-2.2, 50 s since 1.32)
  expect(ready()).toBe('Unknown')
  expect(cluster.nowMs - quietMs).toBeGreaterThan(40_000)
  expect(cluster.nowMs - quietMs).toBeLessThan(60_000)
  const { entries } = cluster.core.state.journal
  expect(entries.filter(({ atMs, verb }) => atMs === cluster.nowMs && verb !== 'fault')).toHaveLength(1)
  ask('step', {})
  expect(cluster.nowMs - quietMs).toBeLessThan(60_000)
})
