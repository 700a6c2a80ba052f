import { type FormEvent, useState } from 'react'
import { closeForm } from '#state/session.ts'
import { freeNodeNames, joinNodes } from '../actions/add-node.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { en } from '../text/en.ts'
import styles from './forms.module.css'
import { Refused } from './Refused.tsx'
import { readLabels, readTaints } from './read-pairs.ts'

/** What the page still draws well. */
const mostAtOnce = 5000

/** Describes a machine, or many that are alike, before they join. */
export function NodeForm() {
  const context = useCardContext()
  const [count, setCount] = useState('1')
  const [name, setName] = useState(() => freeNodeNames('worker', 1)[0] ?? '')
  const many = Number(count) > 1
  const [cpu, setCpu] = useState('4')
  const [memory, setMemory] = useState('8Gi')
  const [labels, setLabels] = useState('')
  const [taintText, setTaintText] = useState('')
  const taints = readTaints(taintText)
  const [refused, setRefused] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!taints) {
      setRefused(en.forms.badTaints)
      return
    }
    const stem = name.trim().replace(/-\d+$/, '') || 'worker'
    const names = many || name.trim() === '' ? freeNodeNames(stem, Number(count)) : [name.trim()]
    try {
      await joinNodes(context, names, { cpu, memory, labels: readLabels(labels), taints })
      closeForm('node')
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Dialog title={en.forms.node} onClose={() => closeForm()}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={styles.pair}>
          <label>
            {many ? en.forms.firstName : en.forms.nodeName}
            <input value={name} placeholder={en.forms.nodeNameHint} onChange={(event) => setName(event.target.value)} spellCheck={false} />
          </label>
          <label>
            {en.forms.howMany}
            <input type="number" required min={1} max={mostAtOnce} value={count} onChange={(event) => setCount(event.target.value)} />
          </label>
        </div>
        <div className={styles.pair}>
          <label>
            {en.forms.cpu}
            <input
              required
              value={cpu}
              onChange={(event) => setCpu(event.target.value)}
              pattern="[0-9.]+m?"
              title={en.forms.cpuNeeded}
              spellCheck={false}
            />
          </label>
          <label>
            {en.forms.memory}
            <input
              required
              value={memory}
              onChange={(event) => setMemory(event.target.value)}
              pattern="[0-9.]+([EPTGMk]i?)?"
              title={en.forms.memoryNeeded}
              spellCheck={false}
            />
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
        <Refused text={refused} />
        <Button look="primary" type="submit">
          {many ? en.forms.joinMany(Number(count)) : en.forms.join}
        </Button>
      </form>
    </Dialog>
  )
}
