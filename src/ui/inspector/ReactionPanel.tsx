import { memo, useMemo, useState } from 'react'
import type { JournalEntry } from '#protocol/messages.ts'
import { clusterStore } from '#state/cluster.ts'
import { keyOf } from '#state/key.ts'
import { lightNodes } from '#state/session.ts'
import { useJournal } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { clockText } from '../cards/duration-text.ts'
import { laneOf } from '../lanes.ts'
import { Empty } from '../parts/Empty.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { en } from '../text/en.ts'
import { sentenceOf } from '../text/sentences.ts'
import styles from './ReactionPanel.module.css'
import { type Story, storiesOf } from './stories.ts'

const mostStories = 60
const firstLines = 8
const deepest = 4

/** A line: pointing at it lights its node, a click asks why about its object. */
function Line({ entry, depth }: { entry: JournalEntry; depth: number }) {
  const { ask } = useCardContext()
  const { Pod, Node } = clusterStore.getState().tables
  const question =
    entry.kind === 'Pod' && Pod.has(keyOf(entry.namespace, entry.name))
      ? ({ about: 'pod', namespace: entry.namespace, name: entry.name } as const)
      : entry.kind === 'Node' && Node.has(entry.name)
        ? ({ about: 'node', name: entry.name } as const)
        : undefined
  return (
    <li
      className={styles.line}
      data-lane={laneOf(entry.component)}
      style={{ '--depth': Math.min(depth, deepest) } as React.CSSProperties}
      onPointerEnter={() => entry.node && lightNodes([entry.node])}
      onPointerLeave={() => entry.node && lightNodes([])}
    >
      <span className={styles.time}>{clockText(entry.atMs)}</span>
      {question ? (
        <button type="button" className={styles.link} onClick={() => ask(question)}>
          {sentenceOf(entry)}
        </button>
      ) : (
        <span>{sentenceOf(entry)}</span>
      )}
    </li>
  )
}

const StoryView = memo(function StoryView({ story }: { story: Story; size: number }) {
  const [whole, setWhole] = useState(false)
  const shown = whole ? story.consequences : story.consequences.slice(0, firstLines)
  const hidden = story.consequences.length - shown.length
  return (
    <li className={styles.story}>
      <ol className={styles.lines}>
        <Line entry={story.root} depth={0} />
        {shown.map(({ entry, depth }) => (
          <Line key={entry.id} entry={entry} depth={depth} />
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          {en.reaction.more(hidden)}
        </button>
      )}
    </li>
  )
})

/** What happened and what it was because of, in sentences; the newest action on top, its consequences below it in order. */
export function ReactionPanel() {
  const entries = useJournal((state) => state.entries)
  const stories = useMemo(() => storiesOf(entries, mostStories), [entries])
  if (stories.length === 0) return <Empty title={en.reaction.empty} hint={en.reaction.emptyHint} />
  return (
    <ScrollRegion className={styles.stories} label={en.panels.reaction}>
      <ol>
        {stories.map((story) => (
          <StoryView key={story.root.id} story={story} size={story.consequences.length} />
        ))}
      </ol>
    </ScrollRegion>
  )
}
