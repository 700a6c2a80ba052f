import { closeForm } from '#state/session.ts'
import { runCommand } from '../actions/run-command.ts'
import { LineAhead } from '../ahead/LineAhead.tsx'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { aheadText as text } from '../text/ahead.ts'
import styles from './forms.module.css'

/** What a command would do, before it is run, which is one click then. */
export function AheadForm({ line }: { line: string }) {
  const { client } = useCardContext()
  return (
    <Dialog title={text.lineTitle} onClose={() => closeForm()}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          closeForm('ahead')
          void runCommand(client, line)
        }}
      >
        <code>{line}</code>
        <LineAhead line={line} />
        <Button look="primary" type="submit">
          {text.run}
        </Button>
      </form>
    </Dialog>
  )
}
