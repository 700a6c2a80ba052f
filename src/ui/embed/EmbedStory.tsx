import { X } from 'lucide-react'
import type { JournalEntry } from '#protocol/messages.ts'
import { sessionStore } from '#state/session.ts'
import { useJournal, useSession } from '#state/use-store.ts'
import { CodeText } from '../inspector/CodeText.tsx'
import { isNews } from '../inspector/stories.ts'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import { sentenceOf } from '../text/sentences.ts'
import styles from './EmbedStory.module.css'

/** Of many nodes not each has room. */
const mostReasons = 6

function Answer() {
  const explanation = useSession((state) => state.explanation)
  if (!explanation) return <p>{en.why.asking}</p>
  const decisive = explanation.reasons.filter((reason) => reason.verdict === 'no')
  return (
    <div className={styles.answer}>
      <p>
        <b>{explanation.title}</b> <CodeText text={explanation.summary} />
      </p>
      {decisive.slice(0, mostReasons).map((reason) => (
        <p key={reason.text}>
          <span className={styles.no}>✕</span> <CodeText text={reason.text} />
        </p>
      ))}
      {decisive.length > mostReasons && <p>{en.table.more(decisive.length - mostReasons)}</p>}
    </div>
  )
}

/** What somebody typed stands in the terminal already. */
const isTold = (entry: JournalEntry) => isNews(entry) && entry.verb !== 'command'

/** The answer to what was clicked; while nothing is asked, the last news. Both are announced elsewhere. */
export function EmbedStory() {
  const asked = useSession((state) => state.question !== undefined)
  const latest = useJournal((state) => state.entries.findLast(isTold))
  const news = latest ? `${sentenceOf(latest)}.` : en.reaction.empty
  return (
    <div className={styles.story} data-asked={asked || undefined}>
      {asked ? (
        <>
          <Answer />
          <Button icon look="quiet" aria-label={en.close} onClick={() => sessionStore.setState({ question: undefined, explanation: undefined })}>
            <X aria-hidden="true" />
          </Button>
        </>
      ) : (
        <p className={styles.news} data-tip={news}>
          {news}
        </p>
      )}
    </div>
  )
}
