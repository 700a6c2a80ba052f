import type { ApiClient } from '#protocol/api-client.ts'
import type { KubectlContext } from '../command.ts'
import { runKubectl } from '../kubectl.ts'
import { keepPrinted, type LineResult } from './keep-printed.ts'

/** Runs words of a kubectl line to its end; waits are over at once. */
export function runWords(words: readonly string[], client: ApiClient, more: Partial<KubectlContext['io']> = {}): LineResult {
  const { io, printed } = keepPrinted(more)
  const running = runKubectl(words, { client, namespace: 'default', io })
  let step = running.next()
  while (!step.done) step = running.next()
  return { ...printed, exit: step.value }
}
