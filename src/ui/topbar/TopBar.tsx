import { useClock, useSession, useSettings } from '#state/use-store.ts'
import { historyActions } from '../actions/index.ts'
import { keyText } from '../actions/key-text.ts'
import { showKeys } from '../actions/show-keys.ts'
import { themes } from '../actions/theme.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import type { ScenarioSource } from '../scenario/scenario-source.ts'
import { en } from '../text/en.ts'
import { ClockControls } from './ClockControls.tsx'
import { Logo } from './Logo.tsx'
import { ScenarioControls } from './ScenarioControls.tsx'
import styles from './TopBar.module.css'
import { VersionMenu } from './VersionMenu.tsx'

function HistoryButtons() {
  const context = useCardContext()
  // Read so that the buttons follow.
  useClock((state) => `${state.canUndo}${state.canRedo}`)
  return historyActions.map((action) => (
    <Button
      key={action.name}
      icon
      repeats
      look="quiet"
      data-action={action.name}
      aria-label={action.label()}
      tip={`${action.label()} (${keyText(action.shortcut ?? '')})`}
      disabled={!action.when?.()}
      onClick={() => action.run(context)}
    >
      <action.icon aria-hidden="true" />
    </Button>
  ))
}

function ThemeButton() {
  const context = useCardContext()
  useSettings((state) => state.theme)
  const theme = themes.find((one) => one.offered?.())
  return theme ? (
    <Button icon repeats look="quiet" data-action="theme" aria-label={theme.label()} onClick={() => theme.run(context)}>
      <theme.icon aria-hidden="true" />
    </Button>
  ) : null
}

/** What is open, the cluster's clock, undo, theme. */
export function TopBar({ scenarios }: { scenarios: ScenarioSource }) {
  const context = useCardContext()
  const version = useSession((state) => state.version)
  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <Logo />
        <h1 data-tip={version ? en.topBar.version(version) : undefined}>{en.name}</h1>
      </div>
      <ScenarioControls scenarios={scenarios} />
      <VersionMenu scenarios={scenarios} />
      <ClockControls />
      <div className={styles.tail}>
        <HistoryButtons />
        <ThemeButton />
        <Button
          icon
          look="quiet"
          className={styles.keys ?? ''}
          aria-label={showKeys.label()}
          tip={`${showKeys.label()} (?)`}
          onClick={() => showKeys.run(context)}
        >
          <showKeys.icon aria-hidden="true" />
        </Button>
      </div>
    </header>
  )
}
