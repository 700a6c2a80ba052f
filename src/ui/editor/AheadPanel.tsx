import { CircleCheck, CircleX, TriangleAlert, X } from 'lucide-react'
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

/** What applying the document would do, told before it is done. */
export function AheadPanel({ found, aheadMs, stale, onClose }: Props) {
  return (
    <section className={styles.ahead} aria-label={text.title} aria-live="polite" aria-busy={found === undefined}>
      <header>
        <h3>{found === undefined ? text.asking : text.title}</h3>
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
      {typeof found === 'string' && <p className={styles.refused}>{found}</p>}
      {found !== undefined && typeof found !== 'string' && <Found found={found} />}
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

function Found({ found: { results, diffs, pods, workloads, durationMs, settled } }: { found: Prediction }) {
  const changes = results.some((one) => one.ok && !one.warning && !one.message.endsWith(' unchanged'))
  const refused = results.some((one) => !one.ok)
  const isStuck = pods.some((pod) => pod.waiting) || workloads.some((one) => one.available < one.desired)
  const ending = (settled ? (isStuck ? text.stuck : text.took) : text.unsettled)(durationText(durationMs))
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
      {!changes && <p>{refused ? text.refused : text.nothing}</p>}
      {changes && (
        <>
          {workloads.map((one) => (
            <p key={`${one.kind}/${one.namespace}/${one.name}`} data-short={one.available < one.desired || undefined}>
              <UnbrokenNames text={text.workload(one)} />
            </p>
          ))}
          <p>{pods.length === 0 ? text.noPods : `${text.sum(pods)}. ${ending}`}</p>
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
