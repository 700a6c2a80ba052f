import type { JournalEntry } from '#protocol/messages.ts'
import { isWords } from '#state/journal.ts'

/** One line of a story: one entry, or many that say the same of different objects, or again and again of one. */
export interface StoryLine {
  key: string
  /** At least one; in order of time. */
  entries: JournalEntry[]
  /** Below the root. */
  depth: number
}

/** An action of the user (or a timer of the cluster) with everything it set off, in order of time. */
export interface Story {
  root: StoryLine
  consequences: StoryLine[]
}

/** As many lines that are alike stand as they are. */
const mostAlike = 3
/** Beginnings that are alike belong together when they are no further apart. */
const togetherMs = 5000

/** What every cluster is born with, reports without news and the heartbeats' leases would bury the story. */
export function isNews(entry: JournalEntry): boolean {
  return (
    entry.component !== 'kube-apiserver' && entry.kind !== 'Lease' && entry.kind !== 'Event' && (entry.verb !== 'patch' || entry.text !== undefined)
  )
}

const keys = new WeakMap<JournalEntry, string>()

/** What entries that are alike have in common: who did what to which kind, in the same words but for their numbers. */
function keyOfEntry(entry: JournalEntry): string {
  const { id, component, verb, kind, text = '' } = entry
  const known = keys.get(entry)
  if (known !== undefined) return known
  // what people do is told one by one; where a pod was bound to is another each time
  const words = verb === 'bind' ? '' : text.replaceAll(/\d+/g, '#')
  const key = isWords(entry) ? String(id) : [component, verb, kind, words].join('\n')
  keys.set(entry, key)
  return key
}

const lineOf = (entry: JournalEntry, depth: number): StoryLine => ({ key: `${entry.id}`, entries: [entry], depth })

/** Makes one line of lines that are alike, where there are many; it stands where the first of them stood. */
function together(lines: readonly StoryLine[]): StoryLine[] {
  const alike = new Map<string, StoryLine[]>()
  for (const line of lines) {
    const key = keyOfEntry(line.entries[0] as JournalEntry)
    const others = alike.get(key)
    if (others) others.push(line)
    else alike.set(key, [line])
  }
  return lines.flatMap((line) => {
    const others = alike.get(keyOfEntry(line.entries[0] as JournalEntry)) as StoryLine[]
    if (others.length <= mostAlike) return [line]
    return others[0] === line ? [{ ...line, entries: others.flatMap(({ entries }) => entries) }] : []
  })
}

/** Makes one story of neighbours that begin alike, where there are many: nodes that all fall silent, say. */
function joinNeighbours(stories: readonly Story[]): Story[] {
  const runs: Story[][] = []
  for (const story of stories) {
    const run = runs.at(-1)
    const [first, last] = [run?.at(-1)?.root.entries[0], story.root.entries[0]] as [JournalEntry | undefined, JournalEntry]
    if (first && keyOfEntry(first) === keyOfEntry(last) && last.atMs - first.atMs <= togetherMs) run?.push(story)
    else runs.push([story])
  }
  return runs.flatMap((run) => {
    const [first] = run as [Story]
    if (run.length <= mostAlike) return run
    const consequences = run.flatMap((story) => story.consequences).sort((a, b) => (a.entries[0]?.id ?? 0) - (b.entries[0]?.id ?? 0))
    return [{ root: { ...first.root, entries: run.flatMap(({ root }) => root.entries) }, consequences }]
  })
}

/** Entries that were set off by nothing we show are each their own beginning. Newest story first. */
export function storiesOf(entries: readonly JournalEntry[], most: number): Story[] {
  const places = new Map<number, { story: Story; depth: number }>()
  const stories: Story[] = []
  for (const entry of entries) {
    // the cause itself may have been dropped, the root is there as long as anything of it
    const cause = entry.causeId === 0 ? undefined : (places.get(entry.causeId) ?? places.get(entry.rootId))
    if (cause) {
      if (isNews(entry)) cause.story.consequences.push(lineOf(entry, cause.depth + 1))
      places.set(entry.id, { story: cause.story, depth: cause.depth + 1 })
    } else if (isNews(entry)) {
      const story = { root: lineOf(entry, 0), consequences: [] }
      stories.push(story)
      places.set(entry.id, { story, depth: 0 })
    }
  }
  return joinNeighbours(stories)
    .slice(-most)
    .reverse()
    .map(({ root, consequences }) => ({ root, consequences: together(consequences) }))
}
