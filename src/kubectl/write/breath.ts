import type { Wait } from '#protocol/api-client.ts'

/** Objects after which others may come in. Fewer than these are written in one go. */
const portion = 20

/** Stands between one of many objects and the next; `done` = how many there were. */
export function* breathe(done: number): Generator<Wait, void, void> {
  if (done % portion === 0) yield { kind: 'breath' }
}
