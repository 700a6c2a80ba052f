import { useClock, useTerminal } from '#state/use-store.ts'
import { play } from '../actions/play.ts'
import { skip } from '../actions/skip.ts'
import { useCardContext } from '../cards/card-context.ts'
import { en } from '../text/en.ts'
import styles from './Prompt.module.css'

/** The note stands below the input: without this it would come out of sight. */
const intoView = (note: HTMLElement | null) => note?.scrollIntoView({ block: 'nearest' })

/** Says that a command waits for a clock that stands still, with the ways to go on; and what was typed to run next. */
export function WaitingNote({ busy }: { busy: boolean }) {
  const context = useCardContext()
  const stands = useClock((state) => !state.playing && state.progress === null)
  const queue = useTerminal((state) => state.queue)
  return (
    <div role="status">
      {busy &&
        queue.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same line may wait twice
          <div key={at} className={styles.queued}>
            {en.terminal.queued(line)}
          </div>
        ))}
      {busy && stands && (
        <div ref={intoView} className={styles.note}>
          {en.terminal.paused}
          {[play, skip].map((action) => (
            <button key={action.name} type="button" className={styles.stop} onClick={() => action.run(context, undefined)}>
              {action.label(undefined)}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
