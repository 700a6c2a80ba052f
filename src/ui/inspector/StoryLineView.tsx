import { memo, useId, useState } from 'react'
import type { JournalEntry } from '#protocol/messages.ts'
import { clusterStore } from '#state/cluster.ts'
import { keyOf } from '#state/key.ts'
import { lightNodes } from '#state/session.ts'
import { useCardContext } from '../cards/card-context.ts'
import { clockText } from '../cards/duration-text.ts'
import { laneOf } from '../lanes.ts'
import { BreakableNames } from '../parts/BreakableNames.tsx'
import { en } from '../text/en.ts'
import { sentenceOf, sentenceOfMany } from '../text/sentences.ts'
import styles from './ReactionPanel.module.css'
import type { StoryLine } from './stories.ts'

const deepest = 4
/** Of a group that is opened. */
const firstEntries = 60

const depthStyle = (depth: number) => ({ '--depth': Math.min(depth, deepest) }) as React.CSSProperties

/** One entry: pointing at it lights its node, a click asks why about its object. */
const EntryLine = memo(function EntryLine({ entry, depth }: { entry: JournalEntry; depth: number }) {
  const { ask } = useCardContext()
  const { Pod, Node } = clusterStore.getState().tables
  const question =
    entry.kind === 'Pod' && Pod.has(keyOf(entry.namespace, entry.name))
      ? ({ about: 'pod', namespace: entry.namespace, name: entry.name } as const)
      : entry.kind === 'Node' && Node.has(entry.name)
        ? ({ about: 'node', name: entry.name } as const)
        : undefined
  const sentence = <BreakableNames text={sentenceOf(entry)} />
  return (
    <li
      className={styles.line}
      data-lane={laneOf(entry.component)}
      style={depthStyle(depth)}
      onPointerEnter={() => entry.node && lightNodes([entry.node])}
      onPointerLeave={() => entry.node && lightNodes([])}
    >
      <span className={styles.time}>{clockText(entry.atMs)}</span>
      {question ? (
        <button type="button" className={styles.link} onClick={() => ask(question)}>
          {sentence}
        </button>
      ) : (
        <span>{sentence}</span>
      )}
    </li>
  )
})

/** Many entries in one sentence; pointing at it lights their nodes, a click opens them one by one. */
function GroupLine({ line: { entries, depth } }: { line: StoryLine }) {
  const [open, setOpen] = useState(false)
  const [all, setAll] = useState(false)
  const id = useId()
  const [first] = entries as [JournalEntry]
  const shown = all ? entries : entries.slice(0, firstEntries)
  const light = () => lightNodes(entries.flatMap(({ node }) => node ?? []))
  return (
    <>
      <li
        className={styles.line}
        data-lane={laneOf(first.component)}
        style={depthStyle(depth)}
        onPointerEnter={light}
        onPointerLeave={() => lightNodes([])}
      >
        <span className={styles.time}>{clockText(first.atMs)}</span>
        <button
          type="button"
          className={styles.group}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          data-count={entries.length}
          onClick={() => setOpen(!open)}
        >
          {sentenceOfMany(entries)}
        </button>
      </li>
      {open && (
        <li id={id}>
          <ol className={styles.lines}>
            {shown.map((entry) => (
              <EntryLine key={entry.id} entry={entry} depth={depth + 1} />
            ))}
          </ol>
          {shown.length < entries.length && (
            <button type="button" className={styles.more} onClick={() => setAll(true)}>
              {en.reaction.more(entries.length - shown.length)}
            </button>
          )}
        </li>
      )}
    </>
  )
}

/** A line of the reaction. */
export function StoryLineView({ line }: { line: StoryLine }) {
  const [first] = line.entries as [JournalEntry]
  return line.entries.length === 1 ? <EntryLine entry={first} depth={line.depth} /> : <GroupLine line={line} />
}
