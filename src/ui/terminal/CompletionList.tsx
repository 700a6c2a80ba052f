import { en } from '../text/en.ts'
import styles from './Prompt.module.css'

const most = 60

/** The list stands below the input: without this it would open out of sight. */
const intoView = (list: HTMLElement | null) => list?.scrollIntoView({ block: 'nearest' })

/** What Tab could mean, when it is more than one word. */
export function CompletionList({ words }: { words: readonly string[] }) {
  return (
    <div role="status">
      {words.length > 0 && (
        <>
          <div className={styles.count}>{en.terminal.completions(words.length)}</div>
          <ul ref={intoView} className={styles.words} aria-label={en.terminal.completions(words.length)}>
            {words.slice(0, most).map((word) => (
              <li key={word}>{word}</li>
            ))}
            {words.length > most && <li>{en.terminal.more(words.length - most)}</li>}
          </ul>
        </>
      )}
    </div>
  )
}
