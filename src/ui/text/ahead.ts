import type { PredictedChange, PredictedPod, PredictedWorkload } from '#protocol/prediction.ts'

const where = ({ node }: PredictedPod) => (node === undefined ? '' : ` on ${node}`)
const whose = ({ owner, name }: PredictedPod) => (owner === '' ? `pod ${name ?? ''}` : `a pod of ${owner}`)

/** What the look ahead says. Loaded with the editor. */
export const aheadText = {
  ask: 'What will happen',
  asking: 'Looking ahead…',
  title: 'If this were applied now',
  close: 'Close the look ahead',
  stale: 'The text has changed since; look again.',
  documents: 'What the API server would say',
  pods: 'Pods, in order',
  change: ({ kind, name, lines }: PredictedChange) => {
    const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length
    const isNew = lines.every((line) => /^[+@]/.test(line))
    return isNew ? `${kind} ${name} is new: ${count('+')} lines` : `${kind} ${name} changes: ${count('-')} lines become ${count('+')}`
  },
  lines: (what: string) => `What changes in ${what}`,
  nothing: 'Nothing would change.',
  noPods: 'No pod would be made, replaced or deleted.',
  refused: 'The API server would refuse a document.',
  took: (time: string) => `All of it takes ${time} of cluster time.`,
  unsettled: (time: string) => `After ${time} of cluster time it was still not at rest.`,
  workload: ({ kind, name, desired, available, availableBefore, lowestAvailable }: PredictedWorkload) => {
    const end = `${available} of ${desired} available in the end`
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
