import { Plus, RotateCcw, SkipForward } from 'lucide-react'
import { useClock, useSession } from '#state/use-store.ts'
import { addNode } from '../actions/add-node.ts'
import { pause, play } from '../actions/play.ts'
import { skip } from '../actions/skip.ts'
import { useCardContext } from '../cards/card-context.ts'
import { clockText, durationText } from '../cards/duration-text.ts'
import { Button } from '../parts/Button.tsx'
import { playScenario } from '../scenario/open-cluster.ts'
import { embedText } from '../text/embed.ts'
import { en } from '../text/en.ts'
import { useClusterMs } from '../use-time.ts'
import styles from './EmbedBar.module.css'

function Time() {
  return (
    <span className={styles.time}>
      <span className={styles.word}>t = </span>
      {clockText(useClusterMs())}
    </span>
  )
}

function NextStep() {
  const { client } = useCardContext()
  const scenario = useSession((state) => state.scenario)
  if (!scenario) return null
  const step = scenario.steps[scenario.done]
  const count = en.topBar.step(scenario.done, scenario.steps.length)
  return (
    <Button
      look={step ? 'primary' : 'normal'}
      className={styles.next ?? ''}
      data-action="scenario-next"
      data-done={!step || undefined}
      aria-label={`${en.embed.next}: ${step?.text ?? en.embed.finished}`}
      tip={step ? `${step.text}\n${count}` : count}
      disabled={!step}
      onClick={() => void playScenario(client, 'next')}
    >
      <SkipForward aria-hidden="true" />
      <span>{step ? step.text.replace(/^# /, '') : en.embed.finished}</span>
    </Button>
  )
}

function Skip() {
  const context = useCardContext()
  const next = useClock((state) => state.nextChangeAtMs)
  const ms = useClusterMs()
  const due = next === null ? '' : durationText(next - ms)
  return (
    <Button
      repeats
      data-action="skip"
      aria-label={due ? `${embedText.skip} · ${due}` : embedText.skip}
      tip={embedText.skip}
      onClick={() => skip.run(context)}
    >
      <skip.icon className={styles.sign ?? ''} aria-hidden="true" />
      <span className={styles.word}>
        {embedText.skip}
        {due && ' · '}
      </span>
      {due}
    </Button>
  )
}

function PlayPause() {
  const context = useCardContext()
  const action = useClock((state) => state.playing) ? pause : play
  return (
    <Button icon aria-label={action.label()} data-action={action.name} onClick={() => action.run(context)}>
      <action.icon aria-hidden="true" />
    </Button>
  )
}

/** The scenario's next step, or another node; time; and back to the beginning: one line, two where it is narrow, whatever the step is called. */
export function EmbedBar({ title, onReset }: { title: string; onReset(): void }) {
  const context = useCardContext()
  return (
    <header className={styles.bar}>
      <h1 data-tip={title}>{title}</h1>
      <Time />
      <div className={styles.controls}>
        <NextStep />
        <PlayPause />
        <Skip />
        <Button icon repeats aria-label={en.actions['add-node']} data-action="add-node" onClick={() => addNode.run(context)}>
          <Plus aria-hidden="true" />
        </Button>
        <Button icon aria-label={embedText.reset} data-action="reset" onClick={onReset}>
          <RotateCcw aria-hidden="true" />
        </Button>
      </div>
    </header>
  )
}
