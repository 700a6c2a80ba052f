import type { Prediction } from '#protocol/prediction.ts'
import { Commands } from '#scenario/commands.ts'
import { createTerminal } from '#scenario/terminal.ts'
import type { Cluster } from '../../cluster.ts'
import type { Finding } from '../background.ts'
import { difference } from './predict-text.ts'
import { watchingAhead } from './watch-ahead.ts'

/**
 * Runs a command on a copy of the cluster and runs the copy ahead, the command too where it waits. What happens on a second copy without it
 * is left out. The cluster itself is not touched. `results` says what the command had to complain of, or that it was taken.
 */
export function* predictingLine(cluster: Cluster, line: string): Finding<Prediction> {
  const [fork, untouched] = [cluster.fork(), cluster.fork()]
  const commands = new Commands(fork)
  let wrong = ''
  let exit: number | undefined
  const io = {
    out: () => undefined,
    err: (text: string, kind: 'err' | 'aside' = 'err') => {
      if (kind === 'err') wrong += text
    },
    readFile: () => undefined,
  }
  const ahead = yield* watchingAhead(
    fork,
    () =>
      commands.start(1, createTerminal(fork.client).run(line, io), fork.begin(line), (status) => {
        exit = status
      }),
    (dueMs) => commands.advance(dueMs, () => true),
  )
  if (exit) return { results: [{ ok: false, message: wrong.trim() }], diffs: [], pods: [], workloads: [], durationMs: 0, settled: true }
  const without = yield* watchingAhead(untouched, () => undefined)
  return { results: [{ ok: true, message: line }], diffs: [], ...difference(ahead, without) }
}
