import { type Manifest, readManifests } from '#kubectl/manifest.ts'
import type { ApplyResult } from '#protocol/apply-result.ts'
import type { PredictedChange, PredictedPod, Prediction } from '#protocol/prediction.ts'
import { Commands } from '#scenario/commands.ts'
import { finishPortions } from '#scenario/play.ts'
import { createTerminal } from '#scenario/terminal.ts'
import type { Cluster } from '../../cluster.ts'
import { type ApplyTarget, applyDocuments } from '../apply.ts'
import type { Finding } from '../background.ts'
import { diffText } from './diff-text.ts'
import { type Ahead, watchingAhead } from './watch-ahead.ts'

const targetOn = (cluster: Cluster): ApplyTarget => ({
  cluster,
  commands: new Commands(cluster),
  terminal: createTerminal(cluster.client),
  say: () => undefined,
})

/** The same thing happening to the same pod, with a new one of the same template, whenever it does. */
const identity = ({ what, owner, name, node, revision }: PredictedPod): string => JSON.stringify([what, owner, name, node, revision])

/** Rows that are not among those that happen anyway. */
function beyond(rows: readonly PredictedPod[], anyway: readonly PredictedPod[]): PredictedPod[] {
  const left = new Map<string, number>()
  for (const row of anyway) left.set(identity(row), (left.get(identity(row)) ?? 0) + 1)
  return rows.filter((row) => {
    const count = left.get(identity(row)) ?? 0
    if (count > 0) left.set(identity(row), count - 1)
    return count === 0
  })
}

/** What happens on the one cluster and not on the other. */
export function difference(ahead: Ahead, without: Ahead): Omit<Prediction, 'results' | 'diffs'> {
  const workloads = [...ahead.workloads].flatMap(([uid, after]) =>
    ahead.written.has(uid) || JSON.stringify(after) !== JSON.stringify(without.workloads.get(uid)) ? [after] : [],
  )
  return { pods: beyond(ahead.pods, without.pods), workloads, durationMs: ahead.durationMs, settled: ahead.settled }
}

/** Document by document, each against what those before it made: one that is refused does not hide the others. */
function* findingDiffs(fork: Cluster, manifests: readonly Manifest[]): Finding<PredictedChange[]> {
  const target = targetOn(fork)
  const found: PredictedChange[] = []
  for (const { value } of manifests) {
    const text = JSON.stringify(value)
    found.push(...diffText(fork, 'manifest.yaml', text))
    applyDocuments(target, 1, 'manifest.yaml', text)
    yield undefined
  }
  return found
}

/**
 * Applies a file to a copy of the cluster and runs the copy ahead. A second copy is run ahead without it: what happens there too is not
 * because of the file and is left out. The cluster itself is not touched.
 */
export function* predicting(cluster: Cluster, name: string, text: string): Finding<Prediction> {
  const { manifests } = readManifests(text, name)
  // all copies are of one moment: the cluster goes on meanwhile
  const [fork, untouched, compared] = [cluster.fork(), cluster.fork(), cluster.fork()]
  let results: ApplyResult[] = []
  const target = targetOn(fork)
  // nothing in it can be applied: it is enough to say so
  if (manifests.length === 0)
    return { results: applyDocuments(target, 1, name, text), diffs: [], pods: [], workloads: [], durationMs: 0, settled: true }
  const ahead = yield* watchingAhead(fork, () => {
    results = applyDocuments(target, 1, name, text)
  })
  const changes = results.some((result) => result.ok && !result.warning && !result.message.endsWith(' unchanged'))
  if (!changes) return { results, diffs: [], pods: [], workloads: [], durationMs: 0, settled: true }
  const without = yield* watchingAhead(untouched, () => undefined)
  const diffs = yield* findingDiffs(compared, manifests)
  return { results, diffs, ...difference(ahead, without) }
}

/** As `predicting`, at once. */
export const predictText = (cluster: Cluster, name: string, text: string): Prediction => finishPortions(predicting(cluster, name, text))
