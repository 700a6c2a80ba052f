import { useEffect, useState } from 'react'
import type { Client } from '#protocol/client.ts'
import type { Prediction } from '#protocol/prediction.ts'
import { useCardContext } from '../cards/card-context.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { aheadText as text } from '../text/ahead.ts'
import { AheadList } from './AheadList.tsx'
import { aheadSummary, hasChanges } from './ahead-summary.ts'
import styles from './LineAhead.module.css'

/** Somebody may still be typing. */
const pauseMs = 300

/** What a command would do now, as soon as that is known; a text says why it is not. */
function useLineAhead(client: Client, line: string): Prediction | string | undefined {
  const [found, setFound] = useState<{ line: string; answer: Prediction | string }>()
  useEffect(() => {
    let request: number | undefined
    const timer = setTimeout(() => {
      const { id, reply } = client.send('predict', { line })
      request = id
      reply
        .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
        .then((answer) => {
          if (request === id) setFound({ line, answer })
        })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      const asked = request
      request = undefined
      if (asked !== undefined) client.request('withdraw', { request: asked }).catch(() => undefined)
    }
  }, [client, line])
  return found?.line === line ? found.answer : undefined
}

/** What would happen if a command were run now. */
export function LineAhead({ line }: { line: string }) {
  const { client } = useCardContext()
  const found = useLineAhead(client, line)
  const wrong = typeof found === 'string' ? found : found?.results.find((one) => !one.ok)?.message
  return (
    <section className={styles.ahead} aria-label={text.lineTitle} aria-live="polite" aria-busy={found === undefined}>
      <p>
        <span className={styles.lead}>{text.lineLead}</span> {wrong === undefined ? aheadSummary(found) : text.lineRefused}
      </p>
      {wrong !== undefined && <p className={styles.wrong}>{wrong}</p>}
      {typeof found === 'object' && hasChanges(found) && found.pods.length + found.workloads.length > 0 && (
        <ScrollRegion className={styles.body} label={text.details}>
          <AheadList found={found} />
        </ScrollRegion>
      )}
    </section>
  )
}
