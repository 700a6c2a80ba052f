import { expect, test } from 'vitest'
import { createClient, RequestFailed } from './client.ts'
import { createLoopback } from './loopback.ts'

test('requests are answered by id, whatever the order', async () => {
  const held: (() => void)[] = []
  const client = createClient(
    createLoopback((emit) => (request) => {
      held.push(() => emit({ type: 'reply', id: request.id, ok: true, result: { exit: request.id } }))
      if (held.length === 2) for (const answer of held.reverse()) answer()
    }),
  )
  const first = client.send('shell', { line: 'a' })
  const second = client.send('shell', { line: 'b' })
  expect(await second.reply).toEqual({ exit: second.id })
  expect(await first.reply).toEqual({ exit: first.id })
})

test('a refusal rejects with its message and line', async () => {
  const client = createClient(
    createLoopback(
      (emit) =>
        ({ id }) =>
          emit({ type: 'reply', id, ok: false, error: { message: 'no such step', line: 7 } }),
    ),
  )
  const error = await client.request('step', {}).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(RequestFailed)
  expect(error).toMatchObject({ message: 'no such step', line: 7 })
})

test('what is not a reply goes to the listeners, until they stop', async () => {
  const seen: string[] = []
  const client = createClient(
    createLoopback((emit) => (request) => {
      emit({ type: 'output', shellId: request.id, stream: 'out', text: 'hi\n' })
      emit({ type: 'reply', id: request.id, ok: true, result: null })
    }),
  )
  const stop = client.subscribe((message) => seen.push(message.type))
  await client.request('undo', {})
  stop()
  await client.request('undo', {})
  expect(seen).toEqual(['output'])
})

test('closing rejects what is still waiting', async () => {
  const client = createClient(createLoopback(() => () => {}))
  const reply = client.request('step', {})
  client.close()
  await expect(reply).rejects.toThrow('closed')
})

test('a lost engine rejects what waits and what is asked, until another one is begun', async () => {
  let began = 0
  const client = createClient(
    createLoopback((emit) => {
      const number = ++began
      return ({ id, type }) => {
        if (type === 'open') emit({ type: 'failure', message: 'out of memory', action: '', lost: true })
        if (type === 'undo') emit({ type: 'reply', id, ok: true, result: number })
      }
    }),
  )
  const waiting = client.request('step', {})
  const opening = client.request('open', {})
  await expect(waiting).rejects.toThrow('closed')
  await expect(opening).rejects.toThrow('closed')
  await expect(client.request('undo', {})).rejects.toThrow('closed')
  client.restart()
  expect(await client.request('undo', {})).toBe(2)
})

test('a failure that leaves the engine alive rejects nothing', async () => {
  const client = createClient(
    createLoopback((emit) => ({ id }) => {
      emit({ type: 'failure', message: 'a fault of ours', action: 'undo' })
      emit({ type: 'reply', id, ok: true, result: null })
    }),
  )
  expect(await client.request('undo', {})).toBe(null)
})
