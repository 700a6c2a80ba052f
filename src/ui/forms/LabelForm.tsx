import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { closeForm } from '#state/session.ts'
import { useCluster } from '#state/use-store.ts'
import { removeLabel, setLabel } from '../actions/label.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { en } from '../text/en.ts'
import styles from './forms.module.css'
import { Refused } from './Refused.tsx'

/** A node's labels: all it has, and one more (or another value for one). */
export function LabelForm({ node: name }: { node: string }) {
  const context = useCardContext()
  const node = useCluster((state) => state.tables.Node.get(name))
  const [key, setKey] = useState('disk')
  const [value, setValue] = useState('ssd')
  const labels = node?.metadata.labels ?? {}
  const [refused, setRefused] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() === '') return
    const wrong = await setLabel(context, name, key.trim(), value.trim(), key.trim() in labels)
    if (wrong === undefined) closeForm('label')
    setRefused(wrong)
  }
  return (
    <Dialog title={en.forms.label(name)} onClose={() => closeForm()}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={styles.pair}>
          <label>
            {en.forms.key}
            <input required value={key} onChange={(event) => setKey(event.target.value)} spellCheck={false} />
          </label>
          <label>
            {en.forms.value}
            <input value={value} onChange={(event) => setValue(event.target.value)} spellCheck={false} />
          </label>
        </div>
        <Refused text={refused} />
        <Button look="primary" type="submit">
          {en.forms.set}
        </Button>
      </form>
      <section>
        <h3 className={styles.heading}>{en.forms.present}</h3>
        <ul className={styles.present}>
          {Object.entries(labels).map(([labelKey, labelValue]) => (
            <li key={labelKey}>
              <code>{labelValue === '' ? labelKey : `${labelKey}=${labelValue}`}</code>
              <Button icon look="quiet" aria-label={en.forms.remove(labelKey)} onClick={() => removeLabel(context, name, labelKey)}>
                <X aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  )
}
