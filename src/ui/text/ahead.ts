import type { PredictedChange, PredictedPod, PredictedWorkload } from '#protocol/prediction.ts'

const where = ({ node }: PredictedPod) => (node === undefined ? '' : ` on ${node}`)
const whose = ({ owner, name }: PredictedPod) => (owner === '' ? `pod ${name ?? ''}` : `a pod of ${owner}`)

/** What looks ahead say. Loaded with the editor, or with the first form that looks ahead. */
export const aheadText = {
  ask: 'What will happen',
  asking: 'Looking ahead…',
  soFar: (time: string) => `${time} of cluster time so far`,
  stop: 'Stop',
  title: 'If this were applied now',
  /** Before the sum of it. */
  lead: 'If applied now:',
  lineTitle: 'What would happen',
  lineLead: 'If done now:',
  lineRefused: 'it would be refused.',
  run: 'Do it',
  details: 'What would happen, at length',
  failed: 'it cannot be told what would happen.',
  close: 'Close the look ahead',
  stale: 'The text has changed since; look again.',
  documents: 'What the API server would say',
  pods: 'Pods, in order',
  change: ({ kind, name, lines }: PredictedChange) => {
    const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length
    const isNew = lines.every((line) => /^[+@]/.test(line))
    const inLines = (many: number) => (many === 1 ? '1 line' : `${many} lines`)
    return isNew ? `${kind} ${name} is new: ${inLines(count('+'))}` : `${kind} ${name} changes: ${inLines(count('-'))} removed, ${count('+')} added`
  },
  lines: (what: string) => `What changes in ${what}`,
  nothing: 'nothing would change.',
  noPods: 'no pod would be made, replaced or deleted.',
  refused: 'the API server would refuse a document.',
  took: (time: string) => `All of it takes ${time} of cluster time.`,
  /** Something is missing and stays so. */
  stuck: (time: string) => `After ${time} of cluster time nothing more happens by itself.`,
  /** How many pods each happens to: `2 pods replaced, 1 deleted`. */
  sum: (pods: readonly PredictedPod[]) => {
    const parts = (['created', 'replaced', 'deleted'] as const).flatMap((what) => {
      const count = pods.filter((pod) => pod.what === what).length
      return count === 0 ? [] : [[count, what] as const]
    })
    return parts.map(([count, what], at) => `${count} ${at > 0 ? '' : count === 1 ? 'pod ' : 'pods '}${what}`).join(', ')
  },
  unsettled: (time: string) => `After ${time} of cluster time it was still not at rest.`,
  workload: ({ kind, name, desired, available, availableBefore, lowestAvailable, updated, onDelete }: PredictedWorkload) => {
    const why = onDelete ? ' (OnDelete: each pod keeps the old one until it is deleted)' : ''
    const behind = updated < desired && availableBefore !== undefined ? `, ${updated} of ${desired} of the new template${why}` : ''
    const end = `${available} of ${desired} available in the end${behind}`
    return availableBefore === undefined
      ? `${kind} ${name}: ${end}`
      : `${kind} ${name}: ${availableBefore} available now, ${lowestAvailable} at the lowest, ${end}`
  },
  pod: {
    created: (pod: PredictedPod) => `${whose(pod)} is created${where(pod)}`,
    deleted: (pod: PredictedPod) => `${pod.name ?? whose(pod)} is deleted${where(pod)}`,
    replaced: (pod: PredictedPod) => `${pod.name ?? whose(pod)} is replaced${where(pod)}`,
  },
  ready: (time: string) => `Ready after ${time}`,
  more: (count: number) => `and ${count} more`,
}
