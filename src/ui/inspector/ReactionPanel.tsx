import { memo, useMemo, useState } from 'react'
import type { JournalEntry } from '#protocol/messages.ts'
import { useJournal } from '#state/use-store.ts'
import { Empty } from '../parts/Empty.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { en } from '../text/en.ts'
import { useCalm } from '../use-calm.ts'
import styles from './ReactionPanel.module.css'
import { StoryLineView } from './StoryLineView.tsx'
import { type Story, storiesOf } from './stories.ts'

const mostStories = 60
const firstLines = 8
/** Between two looks at what happened. */
const calmMs = 150

const StoryView = memo(function StoryView({ story, cut }: { story: Story; cut: boolean }) {
  const [whole, setWhole] = useState(false)
  const shown = whole ? story.consequences : story.consequences.slice(0, firstLines)
  const hidden = story.consequences.length - shown.length
  return (
    <li className={styles.story}>
      <ol className={styles.lines}>
        <StoryLineView line={story.root} />
        {cut && <li className={styles.cut}>{en.reaction.cut}</li>}
        {shown.map((line) => (
          <StoryLineView key={line.key} line={line} />
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
  const entries = useCalm(
    useJournal((state) => state.entries),
    calmMs,
  )
  const completeFrom = useJournal((state) => state.completeFrom)
  const stories = useMemo(() => storiesOf(entries, mostStories), [entries])
  if (stories.length === 0) return <Empty title={en.reaction.empty} hint={en.reaction.emptyHint} />
  return (
    <ScrollRegion className={styles.stories} label={en.panels.reaction}>
      <ol>
        {stories.map((story) => (
          <StoryView
            key={story.root.key}
            story={story}
            cut={story.consequences.length > 0 && (story.root.entries[0] as JournalEntry).id < completeFrom}
          />
        ))}
      </ol>
    </ScrollRegion>
  )
}
