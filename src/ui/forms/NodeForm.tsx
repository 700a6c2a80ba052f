import { type FormEvent, useState } from 'react'
import { closeForm } from '#state/session.ts'
import { freeNodeName, joinNode } from '../actions/add-node.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { en } from '../text/en.ts'
import styles from './forms.module.css'
import { readLabels, readTaints } from './read-pairs.ts'

/** Describes a machine before it joins. */
export function NodeForm() {
  const context = useCardContext()
  const [name, setName] = useState(() => freeNodeName())
  const [cpu, setCpu] = useState('4')
  const [memory, setMemory] = useState('8Gi')
  const [labels, setLabels] = useState('')
  const [taintText, setTaintText] = useState('')
  const taints = readTaints(taintText)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!taints) return
    joinNode(context, { name: name.trim() || freeNodeName(), cpu, memory, labels: readLabels(labels), taints })
    closeForm()
  }
  return (
    <Dialog title={en.forms.node} onClose={() => closeForm()}>
      <form className={styles.form} onSubmit={submit}>
        <label>
          {en.forms.nodeName}
          <input value={name} placeholder={en.forms.nodeNameHint} onChange={(event) => setName(event.target.value)} spellCheck={false} />
        </label>
        <div className={styles.pair}>
          <label>
            {en.forms.cpu}
            <input required value={cpu} onChange={(event) => setCpu(event.target.value)} pattern="[0-9.]+m?" spellCheck={false} />
          </label>
          <label>
            {en.forms.memory}
            <input required value={memory} onChange={(event) => setMemory(event.target.value)} pattern="[0-9.]+([EPTGMk]i?)?" spellCheck={false} />
          </label>
        </div>
        <label>
          {en.forms.labels}
          <input value={labels} placeholder="disk=ssd" onChange={(event) => setLabels(event.target.value)} spellCheck={false} />
        </label>
        <label>
          {en.forms.taints}
          <input
            value={taintText}
            placeholder="gpu=yes:NoSchedule"
            aria-invalid={!taints}
            onChange={(event) => setTaintText(event.target.value)}
            spellCheck={false}
          />
        </label>
        <Button look="primary" type="submit" disabled={!taints}>
          {en.forms.join}
        </Button>
      </form>
    </Dialog>
  )
}
