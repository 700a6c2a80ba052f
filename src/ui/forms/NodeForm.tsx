import { type FormEvent, useState } from 'react'
import type { Taint } from '#k8s/types.ts'
import { closeForm } from '#state/session.ts'
import { freeNodeNames, joinNodes } from '../actions/add-node.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { formsText } from '../text/forms.ts'
import styles from './forms.module.css'
import { isMachineSize } from './machine-size.ts'
import { Refused } from './Refused.tsx'
import { readLabels, readTaints } from './read-pairs.ts'
import { TextField } from './TextField.tsx'
import { areLabels, areTaints, isName } from './well-formed.ts'

/** What the page still draws well. */
const mostAtOnce = 5000

/** What the page itself refuses, the first field first; undefined = the API server is asked. */
function wrongIn(cpu: string, memory: string, taints: readonly Taint[] | undefined): string | undefined {
  if (!isMachineSize('cpu', cpu.trim())) return formsText.badCpu(cpu)
  if (!isMachineSize('memory', memory.trim())) return formsText.badMemory(memory)
  return taints ? undefined : formsText.badTaints
}

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
    const wrong = wrongIn(cpu, memory, taints)
    if (wrong !== undefined || !taints) {
      setRefused(wrong)
      return
    }
    const stem = name.trim().replace(/-\d+$/, '') || 'worker'
    const names = many || name.trim() === '' ? freeNodeNames(stem, Number(count)) : [name.trim()]
    try {
      await joinNodes(context, names, { cpu: cpu.trim(), memory: memory.trim(), labels: readLabels(labels), taints })
      closeForm('node')
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Dialog title={formsText.node} onClose={() => closeForm()}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={styles.pair}>
          <TextField
            label={many ? formsText.firstName : formsText.nodeName}
            value={name}
            placeholder={formsText.nodeNameHint}
            isWrong={!isName(name.trim())}
            onChange={setName}
          />
          <TextField label={formsText.howMany} type="number" required min={1} max={mostAtOnce} value={count} onChange={setCount} />
        </div>
        <div className={styles.pair}>
          <TextField label={formsText.cpu} required value={cpu} isWrong={!isMachineSize('cpu', cpu.trim())} onChange={setCpu} />
          <TextField label={formsText.memory} required value={memory} isWrong={!isMachineSize('memory', memory.trim())} onChange={setMemory} />
        </div>
        <TextField label={formsText.labels} value={labels} placeholder="disk=ssd" isWrong={!areLabels(readLabels(labels))} onChange={setLabels} />
        <TextField
          label={formsText.taints}
          value={taintText}
          placeholder="gpu=yes:NoSchedule"
          isWrong={!taints || !areTaints(taints)}
          onChange={setTaintText}
        />
        <Refused text={refused} />
        <Button look="primary" type="submit">
          {many ? formsText.joinMany(Number(count)) : formsText.join}
        </Button>
      </form>
    </Dialog>
  )
}
