import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { formatTaint } from '#k8s/taint.ts'
import type { TaintEffect } from '#k8s/types.ts'
import { closeForm } from '#state/session.ts'
import { useCluster } from '#state/use-store.ts'
import { addTaint, removeTaint } from '../actions/taint.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { en } from '../text/en.ts'
import styles from './forms.module.css'
import { KeyValueFields, trimmed } from './KeyValueFields.tsx'
import { Refused } from './Refused.tsx'

const effects: readonly TaintEffect[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** A node's taints: what it has, and one more with any of the three effects. */
export function TaintForm({ node: name }: { node: string }) {
  const context = useCardContext()
  const node = useCluster((state) => state.tables.Node.get(name))
  const [pair, setPair] = useState({ key: 'dedicated', value: 'gpu' })
  const [effect, setEffect] = useState<TaintEffect>('NoSchedule')
  const taints = node?.spec.taints ?? []
  const [refused, setRefused] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { key, value } = trimmed(pair)
    if (key === '') return
    const wrong = await addTaint(context, name, { key, ...(value && { value }), effect })
    if (wrong === undefined) closeForm('taint')
    setRefused(wrong)
  }
  return (
    <Dialog title={en.forms.taint(name)} onClose={() => closeForm()}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <KeyValueFields pair={pair} onChange={setPair} />
        <fieldset className={styles.choices}>
          <legend>{en.forms.effect}</legend>
          {effects.map((one) => (
            <label key={one} className={styles.choice}>
              <input type="radio" name="effect" value={one} checked={effect === one} onChange={() => setEffect(one)} />
              <span>
                <b>{one}</b>
                <small>{en.forms.effects[one]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Refused text={refused} />
        <Button look="primary" type="submit">
          {en.forms.add}
        </Button>
      </form>
      <section>
        <h3 className={styles.heading}>{en.forms.present}</h3>
        <ul className={styles.present}>
          {taints.map((taint) => (
            <li key={formatTaint(taint)}>
              <code>{formatTaint(taint)}</code>
              <Button icon look="quiet" aria-label={en.forms.remove(formatTaint(taint))} onClick={() => removeTaint(context, name, taint)}>
                <X aria-hidden="true" />
              </Button>
            </li>
          ))}
          {taints.length === 0 && <li>{en.forms.none}</li>}
        </ul>
      </section>
    </Dialog>
  )
}
