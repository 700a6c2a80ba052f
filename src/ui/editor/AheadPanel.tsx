import { ChevronRight, CircleCheck, CircleX, TriangleAlert, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { PredictedChange, PredictedPod, Prediction } from '#protocol/prediction.ts'
import { durationText, shortTime } from '../cards/duration-text.ts'
import { Button } from '../parts/Button.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { UnbrokenNames } from '../parts/UnbrokenNames.tsx'
import { aheadText as text } from '../text/ahead.ts'
import styles from './AheadPanel.module.css'
import { shortError } from './short-error.ts'

const shownPods = 60

function PodRow({ pod }: { pod: PredictedPod }) {
  const { atMs, readyAtMs, waiting, what } = pod
  return (
    <li data-what={waiting ? 'waiting' : what}>
      <time>+{shortTime(Math.floor(atMs / 1000) * 1000)}</time>
      <span>
        <UnbrokenNames text={text.pod[what](pod)} />
        {readyAtMs !== undefined && !waiting && <small>{text.ready(durationText(readyAtMs - atMs))}</small>}
        {waiting && <small className={styles.waiting}>{waiting}</small>}
      </span>
    </li>
  )
}

interface Props {
  /** What the look ahead found; a text says why there was none; undefined while it is under way. */
  found: Prediction | string | undefined
  /** While it is under way: cluster time looked ahead so far. */
  aheadMs: number | undefined
  /** The text is another by now. */
  stale: boolean
  onClose(): void
}

/** All of it in a sentence or two. */
function summary(found: Prediction | string | undefined): string {
  if (found === undefined) return text.asking
  if (typeof found === 'string') return text.failed
  const { results, pods, workloads, durationMs, settled } = found
  if (!hasChanges(found)) return results.some((one) => !one.ok) ? text.refused : text.nothing
  const isStuck = pods.some((pod) => pod.waiting) || workloads.some((one) => one.available < one.desired)
  // a number and its unit stay on one line
  const took = durationText(durationMs).replaceAll(' ', '\u00a0')
  const ending = (settled ? (isStuck ? text.stuck : text.took) : text.unsettled)(took)
  return pods.length === 0 ? text.noPods : `${text.sum(pods)}. ${ending}`
}

/** What applying the document would do, told before it is done: in short always, at length while it is unfolded. */
export function AheadPanel({ found, aheadMs, stale, onClose }: Props) {
  const id = useId()
  const [isFolded, setFolded] = useState(false)
  return (
    <section
      className={styles.ahead}
      data-unfolded={(found !== undefined && !isFolded) || undefined}
      aria-label={text.title}
      aria-live="polite"
      aria-busy={found === undefined}
    >
      <header>
        <h3>
          {found === undefined ? (
            text.asking
          ) : (
            <button type="button" aria-expanded={!isFolded} aria-controls={id} onClick={() => setFolded(!isFolded)}>
              <ChevronRight aria-hidden="true" className={styles.arrow} />
              <span>
                <span className={styles.lead}>{text.lead}</span> {summary(found)}
              </span>
            </button>
          )}
        </h3>
        {found === undefined && aheadMs !== undefined && <small aria-live="off">{text.soFar(durationText(aheadMs))}</small>}
        {found === undefined ? (
          <Button onClick={onClose}>{text.stop}</Button>
        ) : (
          <Button look="quiet" icon aria-label={text.close} onClick={onClose}>
            <X aria-hidden="true" />
          </Button>
        )}
      </header>
      {stale && <p className={styles.stale}>{text.stale}</p>}
      {found !== undefined && (
        <ScrollRegion id={id} className={styles.body} label={text.details} hidden={isFolded}>
          {typeof found === 'string' ? <p className={styles.refused}>{found}</p> : <Found found={found} />}
        </ScrollRegion>
      )}
    </section>
  )
}

/** What would change in one stored object; of a new one it is the whole text, which is folded. */
function Change({ change }: { change: PredictedChange }) {
  return (
    <details className={styles.change} open={change.lines.some((line) => line.startsWith('-'))}>
      <summary>
        <UnbrokenNames text={text.change(change)} />
      </summary>
      <ScrollRegion className={styles.lines} label={text.lines(`${change.kind} ${change.name}`)}>
        {change.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          <div key={at} data-sign={line[0]}>
            {line}
          </div>
        ))}
      </ScrollRegion>
    </details>
  )
}

const hasChanges = ({ results }: Prediction) => results.some((one) => one.ok && !one.warning && !one.message.endsWith(' unchanged'))

function Found({ found }: { found: Prediction }) {
  const { results, diffs, pods, workloads } = found
  return (
    <>
      <ul className={styles.documents} aria-label={text.documents}>
        {results.map(({ ok, warning, message }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice
          <li key={at} data-tone={warning ? 'warning' : ok ? 'ok' : 'bad'}>
            {warning ? <TriangleAlert aria-hidden="true" /> : ok ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
            <span>
              <UnbrokenNames text={shortError(message)} />
            </span>
          </li>
        ))}
      </ul>
      {hasChanges(found) && (
        <>
          {workloads.map((one) => (
            <p key={`${one.kind}/${one.namespace}/${one.name}`} data-short={one.available < one.desired || undefined}>
              <UnbrokenNames text={text.workload(one)} />
            </p>
          ))}
          <ol className={styles.pods} aria-label={text.pods}>
            {pods.slice(0, shownPods).map((pod, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
              <PodRow key={at} pod={pod} />
            ))}
          </ol>
          {pods.length > shownPods && <p>{text.more(pods.length - shownPods)}</p>}
          {diffs.map((one) => (
            <Change key={`${one.kind}/${one.namespace}/${one.name}`} change={one} />
          ))}
        </>
      )}
    </>
  )
}
