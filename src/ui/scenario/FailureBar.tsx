import type { Client } from '#protocol/client.ts'
import { sessionStore } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import styles from './FailureBar.module.css'

/**
 * Says that the engine failed, and what became of the cluster; or that it does not answer, as long as it does not. `onRestart` opens a
 * cluster anew, where one was lost.
 */
export function FailureBar({ client, onRestart }: { client: Client; onRestart(): void }) {
  const failure = useSession((state) => state.failure)
  const silent = useSession((state) => state.silent)
  if (!failure && !silent) return null
  const isLost = failure?.lost || silent
  const goOn = () => {
    sessionStore.setState({ failure: undefined })
    if (!isLost) return
    client.restart()
    onRestart()
  }
  return (
    <div role="alert" className={styles.failure}>
      {failure ? (
        <div>
          <strong>{en.failure.title}</strong>
          {failure.action && ` ${en.failure.while(failure.action)}`}: {failure.message}
          <br />
          {failure.lost ? en.failure.lost : en.failure.kept}
        </div>
      ) : (
        <div>
          <strong>{en.failure.silent}</strong>
          <br />
          {en.failure.silentHint}
        </div>
      )}
      <Button look="primary" onClick={goOn}>
        {isLost ? en.failure.restart : en.failure.goOn}
      </Button>
    </div>
  )
}
