import { type Manifest, readManifests } from '#kubectl/manifest.ts'
import type { ApplyResult } from '#protocol/apply-result.ts'
import type { PredictedChange, PredictedPod, Prediction } from '#protocol/prediction.ts'
import { Commands } from '#scenario/commands.ts'
import { createTerminal } from '#scenario/terminal.ts'
import type { Cluster } from '../../cluster.ts'
import { type ApplyTarget, applyDocuments } from '../apply.ts'
import { diffText } from './diff-text.ts'
import { watchAhead } from './watch-ahead.ts'

const targetOn = (cluster: Cluster): ApplyTarget => ({
  cluster,
  commands: new Commands(cluster),
  terminal: createTerminal(cluster.client),
  say: () => undefined,
})

/** The same thing happening to the same pod, whenever it does. */
const identity = ({ what, owner, name, node }: PredictedPod): string => JSON.stringify([what, owner, name, node])

/** Rows that are not among those that happen anyway. */
function beyond(rows: readonly PredictedPod[], anyway: readonly PredictedPod[]): PredictedPod[] {
  const left = anyway.map(identity)
  return rows.filter((row) => {
    const at = left.indexOf(identity(row))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** Document by document, each against what those before it made: one that is refused does not hide the others. */
function diffsOf(fork: Cluster, manifests: readonly Manifest[]): PredictedChange[] {
  const target = targetOn(fork)
  return manifests.flatMap(({ value }) => {
    const text = JSON.stringify(value)
    const found = diffText(fork, 'manifest.yaml', text)
    applyDocuments(target, 1, 'manifest.yaml', text)
    return found
  })
}

/**
 * Applies a file to a copy of the cluster and runs the copy ahead. A second copy is run ahead without it: what happens there too is not
 * because of the file and is left out. The cluster itself is not touched.
 */
export function predictText(cluster: Cluster, name: string, text: string): Prediction {
  const { manifests } = readManifests(text, name)
  const fork = cluster.fork()
  let results: ApplyResult[] = []
  const target = targetOn(fork)
  // nothing in it can be applied: it is enough to say so
  if (manifests.length === 0)
    return { results: applyDocuments(target, 1, name, text), diffs: [], pods: [], workloads: [], durationMs: 0, settled: true }
  const ahead = watchAhead(fork, () => {
    results = applyDocuments(target, 1, name, text)
  })
  const changes = results.some((result) => result.ok && !result.warning && !result.message.endsWith(' unchanged'))
  if (!changes) return { results, diffs: [], pods: [], workloads: [], durationMs: 0, settled: true }
  const without = watchAhead(cluster.fork(), () => undefined)
  const pods = beyond(ahead.pods, without.pods)
  const workloads = [...ahead.workloads].flatMap(([uid, after]) =>
    ahead.written.has(uid) || JSON.stringify(after) !== JSON.stringify(without.workloads.get(uid)) ? [after] : [],
  )
  const diffs = diffsOf(cluster.fork(), manifests)
  return { results, diffs, pods, workloads, durationMs: ahead.durationMs, settled: ahead.settled }
}
