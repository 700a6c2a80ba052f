import type { JournalEntry } from '#protocol/messages.ts'

/** An action of the user (or a timer of the cluster) with everything it set off. */
export interface Story {
  root: JournalEntry
  /** In order of time, with the depth below the root. */
  consequences: { entry: JournalEntry; depth: number }[]
}

/** What every cluster is born with, reports without news and the heartbeats' leases would bury the story. */
export function isNews(entry: JournalEntry): boolean {
  return (
    entry.component !== 'kube-apiserver' && entry.kind !== 'Lease' && entry.kind !== 'Event' && (entry.verb !== 'patch' || entry.text !== undefined)
  )
}

/** Entries that were set off by nothing we show are each their own beginning. Newest story first. */
export function storiesOf(entries: readonly JournalEntry[], most: number): Story[] {
  const depths = new Map<number, { story: Story; depth: number }>()
  const stories: Story[] = []
  for (const entry of entries) {
    const cause = entry.causeId === 0 ? undefined : depths.get(entry.causeId)
    if (cause) {
      if (isNews(entry)) cause.story.consequences.push({ entry, depth: cause.depth + 1 })
      depths.set(entry.id, { story: cause.story, depth: cause.depth + 1 })
    } else if (isNews(entry)) {
      const story = { root: entry, consequences: [] }
      stories.push(story)
      depths.set(entry.id, { story, depth: 0 })
    }
  }
  return stories.slice(-most).reverse()
}
