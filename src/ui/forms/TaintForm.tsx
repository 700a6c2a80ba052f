import { X } from 'lucide-react'
import { type FormEvent, Suspense, useState } from 'react'
import { formatTaint } from '#k8s/taint.ts'
import type { TaintEffect } from '#k8s/types.ts'
import { closeForm } from '#state/session.ts'
import { useCluster } from '#state/use-store.ts'
import { addTaint, removeTaint, taintLine } from '../actions/taint.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Boundary } from '../parts/Boundary.tsx'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { late } from '../parts/late.tsx'
import { formsText } from '../text/forms.ts'
import styles from './forms.module.css'
import { KeyValueFields, trimmed } from './KeyValueFields.tsx'
import { Refused } from './Refused.tsx'

const LineAhead = late(
  () => import('../ahead/LineAhead.tsx'),
  (module) => module.LineAhead,
)

const effects: readonly TaintEffect[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** A node's taints: what it has, and one more with any of the three effects. */
export function TaintForm({ node: name }: { node: string }) {
  const context = useCardContext()
  const node = useCluster((state) => state.tables.Node.get(name))
  const [pair, setPair] = useState({ key: 'dedicated', value: 'gpu' })
  const [effect, setEffect] = useState<TaintEffect>('NoSchedule')
  const taints = node?.spec.taints ?? []
  const [refused, setRefused] = useState<string>()
  const { key, value } = trimmed(pair)
  const added = { key, ...(value && { value }), effect }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (key === '') return
    const wrong = await addTaint(context, name, added)
    if (wrong === undefined) closeForm('taint')
    setRefused(wrong)
  }
  return (
    <Dialog title={formsText.taint(name)} onClose={() => closeForm()}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <KeyValueFields pair={pair} onChange={setPair} />
        <fieldset className={styles.choices}>
          <legend>{formsText.effect}</legend>
          {effects.map((one) => (
            <label key={one} className={styles.choice}>
              <input type="radio" name="effect" value={one} checked={effect === one} onChange={() => setEffect(one)} />
              <span>
                <b>{one}</b>
                <small>{formsText.effects[one]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {key !== '' && (
          <Boundary fallback={() => null}>
            <Suspense fallback={null}>
              <LineAhead line={taintLine(name, added)} />
            </Suspense>
          </Boundary>
        )}
        <Refused text={refused} />
        <Button look="primary" type="submit">
          {formsText.add}
        </Button>
      </form>
      <section>
        <h3 className={styles.heading}>{formsText.present}</h3>
        <ul className={styles.present}>
          {taints.map((taint) => (
            <li key={formatTaint(taint)}>
              <code>{formatTaint(taint)}</code>
              <Button icon look="quiet" aria-label={formsText.remove(formatTaint(taint))} onClick={() => removeTaint(context, name, taint)}>
                <X aria-hidden="true" />
              </Button>
            </li>
          ))}
          {taints.length === 0 && <li>{formsText.none}</li>}
        </ul>
      </section>
    </Dialog>
  )
}
