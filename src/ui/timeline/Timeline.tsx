import { memo, useMemo } from 'react'
import { useClock, useJournal } from '#state/use-store.ts'
import { clockText } from '../cards/duration-text.ts'
import { type Lane, laneOrder } from '../lanes.ts'
import { Empty } from '../parts/Empty.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { en } from '../text/en.ts'
import { sentenceOf } from '../text/sentences.ts'
import { useCalm } from '../use-calm.ts'
import { useClusterMs } from '../use-time.ts'
import { type Mark, marksOf } from './marks.ts'
import { createFoldedScale, type FoldedScale } from './scale.ts'
import styles from './Timeline.module.css'

const toldInTip = 4
/** Between two looks at what happened. */
const calmMs = 150
const optional: readonly Lane[] = ['others', 'workloads']

function tipOf({ entries }: Mark): string {
  const [first] = entries
  const lines = entries.slice(0, toldInTip).map(sentenceOf)
  const rest = entries.length - lines.length
  return [en.reaction.at(clockText(first?.atMs ?? 0)), ...lines, ...(rest > 0 ? [en.timeline.more(rest)] : [])].join('\n')
}

const LaneRow = memo(function LaneRow({ lane, marks }: { lane: Lane; marks: readonly Mark[] }) {
  return (
    <div className={styles.row}>
      <dt>{en.timeline.lanes[lane]}</dt>
      <dd className={styles.lane} data-lane={lane}>
        {marks.map((mark) => (
          <span
            key={`${mark.entries[0]?.id}`}
            className={styles.mark}
            data-tone={mark.tone}
            data-tip={tipOf(mark)}
            style={{ left: `${mark.share * 100}%`, width: `${Math.min(18, 4 + mark.entries.length * 0.6)}px` }}
          />
        ))}
      </dd>
    </div>
  )
})

function Playhead({ scale, startMs }: { scale: FoldedScale; startMs: number }) {
  const ms = useClusterMs()
  return <span aria-hidden="true" className={styles.playhead} style={{ left: `${Math.min(1, scale.at(Math.max(ms, startMs))) * 100}%` }} />
}

/** One lane a component over the cluster's time; quiet stretches are folded. */
export function Timeline() {
  const entries = useCalm(
    useJournal((state) => state.entries),
    calmMs,
  )
  const next = useClock((state) => state.nextChangeAtMs)
  const lastMs = entries.at(-1)?.atMs ?? 0
  const scale = useMemo(() => {
    const moments = entries.map((entry) => entry.atMs)
    return createFoldedScale(moments, Math.max(lastMs, next ?? 0) + 2000)
  }, [entries, lastMs, next])
  const lanes = useMemo(() => marksOf(entries, scale), [entries, scale])
  if (entries.length === 0) return <Empty title={en.timeline.label} hint={en.timeline.empty} />
  return (
    <ScrollRegion className={styles.timeline} label={en.timeline.label}>
      <div className={styles.plot}>
        <dl className={styles.lanes}>
          {laneOrder
            .filter((lane) => !optional.includes(lane) || lanes.has(lane))
            .map((lane) => (
              <LaneRow key={lane} lane={lane} marks={lanes.get(lane) ?? []} />
            ))}
        </dl>
        <div className={styles.over}>
          {next !== null && (
            <span
              aria-hidden="true"
              className={styles.next}
              style={{ left: `${scale.at(next) * 100}%` }}
              data-tip={en.timeline.next(clockText(next))}
            />
          )}
          <Playhead scale={scale} startMs={0} />
        </div>
      </div>
      <div className={styles.axis} aria-hidden="true">
        {scale.ticks.map((tick) => (
          <span key={tick.ms} data-major={tick.major || undefined} style={{ left: `${tick.share * 100}%` }}>
            {clockText(tick.ms)}
          </span>
        ))}
      </div>
    </ScrollRegion>
  )
}
