import { speeds } from '#state/clock.ts'
import { useClock } from '#state/use-store.ts'
import { clockActions } from '../actions/index.ts'
import { keyText } from '../actions/key-text.ts'
import { skip } from '../actions/skip.ts'
import { setSpeed } from '../actions/speed.ts'
import { step } from '../actions/step.ts'
import { useCardContext } from '../cards/card-context.ts'
import { clockText, durationText } from '../cards/duration-text.ts'
import { Button } from '../parts/Button.tsx'
import { Menu } from '../parts/Menu.tsx'
import { en } from '../text/en.ts'
import { useClusterMs } from '../use-time.ts'
import styles from './TopBar.module.css'

function Time() {
  const ms = useClusterMs()
  return (
    <span role="timer" aria-live="off" className={styles.time} data-tip={en.topBar.time} aria-label={en.topBar.time}>
      t = {clockText(ms)}
    </span>
  )
}

function SkipButton() {
  const context = useCardContext()
  const next = useClock((state) => state.nextChangeAtMs)
  const ms = useClusterMs()
  // while something runs ahead nobody looks for it
  const isKnown = useClock((state) => state.progress === null)
  const soon = !isKnown ? '' : next === null ? en.topBar.nothingDue : en.topBar.inTime(durationText(next - ms))
  return (
    <Button
      repeats
      aria-label={soon ? `${skip.label()}, ${soon}` : skip.label()}
      tip={`${skip.label()} (n)`}
      data-action="skip"
      data-idle={next === null || undefined}
      onClick={() => skip.run(context)}
    >
      <skip.icon aria-hidden="true" />
      <span className={styles.long}>{en.topBar.skip}</span>
      <span className={styles.soon}>{soon}</span>
    </Button>
  )
}

/** Time, play or pause, one step, speed, and on to the next change. */
export function ClockControls() {
  const context = useCardContext()
  const playing = useClock((state) => state.playing)
  const speed = useClock((state) => state.speed)
  const progress = useClock((state) => state.progress)
  const toggle = clockActions.find((action) => action.name === (playing ? 'pause' : 'play'))
  return (
    <fieldset aria-label={en.topBar.clock} className={styles.clock}>
      {progress === null ? null : <progress className={styles.progress} value={progress} aria-label={en.topBar.working} />}
      <Time />
      {toggle && (
        <Button
          look="primary"
          icon
          aria-label={toggle.label()}
          tip={`${toggle.label()} (${keyText(toggle.shortcut ?? '')})`}
          data-action={toggle.name}
          onClick={() => toggle.run(context)}
        >
          <toggle.icon aria-hidden="true" />
        </Button>
      )}
      <Button icon repeats aria-label={step.label()} tip={`${step.label()} (.)`} data-action="step" onClick={() => step.run(context)}>
        <step.icon aria-hidden="true" />
      </Button>
      <Menu
        className={styles.speed ?? ''}
        label={en.topBar.speedOf(speed)}
        aria-label={`${en.topBar.speed} ${en.topBar.speedOf(speed)}`}
        data-action="speed"
        items={speeds.map((one) => ({
          key: String(one),
          label: en.topBar.speedOf(one),
          checked: one === speed,
          run: () => setSpeed(context.client, one),
        }))}
      />
      <SkipButton />
    </fieldset>
  )
}
