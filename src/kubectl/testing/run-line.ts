import type { ApiClient } from '#protocol/api-client.ts'
import type { KubectlContext } from '../command.ts'
import { runKubectl } from '../kubectl.ts'

export interface LineResult {
  stdout: string
  stderr: string
  exit: number
}

/** Runs words of a kubectl line to its end; waits are over at once. */
export function runWords(words: readonly string[], client: ApiClient, io: Partial<KubectlContext['io']> = {}): LineResult {
  let stdout = ''
  let stderr = ''
  const running = runKubectl(words, {
    client,
    namespace: 'default',
    io: {
      out: (text) => {
        stdout += text
      },
      err: (text) => {
        stderr += text
      },
      readFile: () => undefined,
      ...io,
    },
  })
  let step = running.next()
  while (!step.done) step = running.next()
  return { stdout, stderr, exit: step.value }
}
