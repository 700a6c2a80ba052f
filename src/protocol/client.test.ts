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
