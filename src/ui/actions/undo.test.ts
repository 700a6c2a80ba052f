import { afterEach, expect, test } from 'vitest'
import { type Client, RequestFailed } from '#protocol/client.ts'
import { clockStore } from '#state/clock.ts'
import { sessionStore } from '#state/session.ts'
import { redo, undo } from './undo.ts'

/** A history with so much to take back: as the worker does, each answer comes after the clock that tells what is left. */
function history(past: number): { client: Client; asked: string[] } {
  let future = 0
  const asked: string[] = []
  const tell = () => clockStore.setState({ canUndo: past > 0, canRedo: future > 0 })
  tell()
  const request = async (way: string) => {
    asked.push(way)
    await Promise.resolve()
    if ((way === 'undo' ? past : future) === 0) throw new RequestFailed({ message: `there is nothing to ${way}` })
    past += way === 'undo' ? -1 : 1
    future += way === 'undo' ? 1 : -1
    tell()
    return null
  }
  return { client: { request } as unknown as Client, asked }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))
afterEach(() => clockStore.setState({ canUndo: false, canRedo: false }))

test('who asks faster than the worker answers gets no more back than there is, and no complaint', async () => {
  const { client, asked } = history(1)
  for (let i = 0; i < 3; i++) undo.run({ client }, undefined)
  await settled()
  for (let i = 0; i < 3; i++) redo.run({ client }, undefined)
  await settled()
  expect(asked).toEqual(['undo', 'redo'])
  expect(sessionStore.getState().notices).toEqual([])
})

test('each of two goes one back where there are two', async () => {
  const { client, asked } = history(2)
  undo.run({ client }, undefined)
  undo.run({ client }, undefined)
  await settled()
  expect(asked).toEqual(['undo', 'undo'])
})
