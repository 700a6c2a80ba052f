import type { JournalEntry } from '#protocol/messages.ts'
import { type Lane, laneOf } from '../lanes.ts'
import type { FoldedScale } from './scale.ts'

/** One mark in a lane: everything that falls on the same few pixels. */
export interface Mark {
  share: number
  entries: JournalEntry[]
  tone: 'normal' | 'outside' | 'delete'
}

const width = 1 / 240

function toneOf(entry: JournalEntry): Mark['tone'] {
  if (entry.verb === 'outside') return 'outside'
  return entry.verb === 'delete' || entry.verb === 'evict' ? 'delete' : 'normal'
}

/** Who does what every cluster is born with. */
const bornWith: ReadonlySet<string> = new Set(['kube-apiserver', 'kubeadm'])

/** The marks of each lane, without what every cluster is born with. Entries in ascending time. */
export function marksOf(entries: readonly JournalEntry[], scale: FoldedScale): Map<Lane, Mark[]> {
  const lanes = new Map<Lane, Mark[]>()
  for (const entry of entries) {
    if (bornWith.has(entry.component)) continue
    const lane = laneOf(entry.component)
    const marks = lanes.get(lane) ?? []
    lanes.set(lane, marks)
    const share = scale.at(entry.atMs)
    const last = marks.at(-1)
    const tone = toneOf(entry)
    if (last && share - last.share < width) {
      last.entries.push(entry)
      if (tone !== 'normal') last.tone = tone
    } else marks.push({ share, entries: [entry], tone })
  }
  return lanes
}
