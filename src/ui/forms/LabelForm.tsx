import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { closeForm } from '#state/session.ts'
import { useCluster } from '#state/use-store.ts'
import { removeLabel, setLabel } from '../actions/label.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { formsText } from '../text/forms.ts'
import styles from './forms.module.css'
import { KeyValueFields, trimmed } from './KeyValueFields.tsx'
import { Refused } from './Refused.tsx'

/** A node's labels: all it has, and one more (or another value for one). */
export function LabelForm({ node: name }: { node: string }) {
  const context = useCardContext()
  const node = useCluster((state) => state.tables.Node.get(name))
  const [pair, setPair] = useState({ key: 'disk', value: 'ssd' })
  const labels = node?.metadata.labels ?? {}
  const [refused, setRefused] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { key, value } = trimmed(pair)
    if (key === '') return
    const wrong = await setLabel(context, name, key, value, key in labels)
    if (wrong === undefined) closeForm('label')
    setRefused(wrong)
  }
  return (
    <Dialog title={formsText.label(name)} onClose={() => closeForm()}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <KeyValueFields pair={pair} onChange={setPair} />
        <Refused text={refused} />
        <Button look="primary" type="submit">
          {formsText.set}
        </Button>
      </form>
      <section>
        <h3 className={styles.heading}>{formsText.present}</h3>
        <ul className={styles.present}>
          {Object.entries(labels).map(([labelKey, labelValue]) => (
            <li key={labelKey}>
              <code>{labelValue === '' ? labelKey : `${labelKey}=${labelValue}`}</code>
              <Button icon look="quiet" aria-label={formsText.remove(labelKey)} onClick={() => removeLabel(context, name, labelKey)}>
                <X aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  )
}
