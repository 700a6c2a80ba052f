import type { Client } from '#protocol/client.ts'
import { sessionStore } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import styles from './FailureBar.module.css'

/** Says that the engine failed, and what became of the cluster. `onRestart` opens one anew, where it was lost. */
export function FailureBar({ client, onRestart }: { client: Client; onRestart(): void }) {
  const failure = useSession((state) => state.failure)
  if (!failure) return null
  const { message, action, lost } = failure
  const goOn = () => {
    sessionStore.setState({ failure: undefined })
    if (!lost) return
    client.restart()
    onRestart()
  }
  return (
    <div role="alert" className={styles.failure}>
      <div>
        <strong>{en.failure.title}</strong>
        {action && ` ${en.failure.while(action)}`}: {message}
        <br />
        {lost ? en.failure.lost : en.failure.kept}
      </div>
      <Button look="primary" onClick={goOn}>
        {lost ? en.failure.restart : en.failure.goOn}
      </Button>
    </div>
  )
}
