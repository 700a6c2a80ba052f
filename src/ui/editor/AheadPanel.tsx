import { ChevronRight, CircleCheck, CircleX, TriangleAlert, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { PredictedChange, Prediction } from '#protocol/prediction.ts'
import { AheadList } from '../ahead/AheadList.tsx'
import { aheadSummary, hasChanges } from '../ahead/ahead-summary.ts'
import { durationText } from '../cards/duration-text.ts'
import { Button } from '../parts/Button.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { UnbrokenNames } from '../parts/UnbrokenNames.tsx'
import { aheadText as text } from '../text/ahead.ts'
import styles from './AheadPanel.module.css'
import { shortError } from './short-error.ts'

interface Props {
  /** What the look ahead found; a text says why there was none; undefined while it is under way. */
  found: Prediction | string | undefined
  /** While it is under way: cluster time looked ahead so far. */
  aheadMs: number | undefined
  /** The text is another by now. */
  stale: boolean
  onClose(): void
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
                <span className={styles.lead}>{text.lead}</span> {aheadSummary(found)}
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

function Found({ found }: { found: Prediction }) {
  const { results, diffs } = found
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
          <AheadList found={found} />
          {diffs.map((one) => (
            <Change key={`${one.kind}/${one.namespace}/${one.name}`} change={one} />
          ))}
        </>
      )}
    </>
  )
}
