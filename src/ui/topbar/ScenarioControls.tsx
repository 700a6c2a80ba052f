import { ListVideo, SkipForward, Square } from 'lucide-react'
import { openForm } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { interrupt } from '../actions/run-command.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Menu } from '../parts/Menu.tsx'
import type { MenuItem } from '../parts/MenuPopup.tsx'
import { chosenVersion, rememberInAddress } from '../scenario/address.ts'
import { openScenario, playScenario } from '../scenario/open-cluster.ts'
import type { ScenarioSource } from '../scenario/scenario-source.ts'
import { en } from '../text/en.ts'
import styles from './TopBar.module.css'

const isWalk = (id: string) => id.startsWith('walk-')

function useItems(scenarios: ScenarioSource): MenuItem[] {
  const { client } = useCardContext()
  const open = useSession((state) => state.scenario?.id)
  const choose = async (id: string | undefined) => {
    const version = chosenVersion()
    rememberInAddress({ scenario: await openScenario(client, scenarios, id, version ? { version } : {}) })
  }
  const entries = [...scenarios.index].sort((a, b) => Number(isWalk(a.id)) - Number(isWalk(b.id)))
  const firstWalk = entries.find((entry) => isWalk(entry.id))
  return [
    { key: '', label: en.topBar.defaultCluster, checked: open === undefined, run: () => void choose(undefined) },
    { key: ' compare', label: en.topBar.compare, run: () => openForm({ kind: 'compare' }) },
    ...entries.map((entry, at) => ({
      key: entry.id,
      label: entry.title,
      detail: entry.id,
      checked: entry.id === open,
      ...(at === 0 ? { heading: en.topBar.openScenario } : entry === firstWalk ? { heading: en.topBar.walks } : {}),
      run: () => void choose(entry.id),
    })),
  ]
}

/** The menu of scenarios; and, while one is open, its steps. */
export function ScenarioControls({ scenarios }: { scenarios: ScenarioSource }) {
  const { client } = useCardContext()
  const scenario = useSession((state) => state.scenario)
  const playing = useSession((state) => state.scenarioRequest !== undefined)
  const items = useItems(scenarios)
  const total = scenario?.steps.length ?? 0
  const done = scenario?.done ?? 0
  const next = scenario?.steps[done]
  return (
    <div className={styles.scenario}>
      <Menu
        label={<span className={styles.title}>{scenario?.title ?? en.topBar.playground}</span>}
        aria-label={`${en.topBar.scenario}: ${scenario?.title ?? en.topBar.playground}`}
        tip={scenario?.title}
        data-action="scenario"
        items={items}
      />
      {scenario && (
        <>
          <span className={styles.steps}>{en.topBar.step(done, total)}</span>
          <Button
            icon
            look={next ? 'primary' : 'normal'}
            aria-label={en.embed.next}
            tip={next ? `${en.embed.next}: ${next.text}` : en.embed.finished}
            data-action="scenario-next"
            disabled={!next}
            onClick={() => void playScenario(client, 'next')}
          >
            <SkipForward aria-hidden="true" />
          </Button>
          {playing ? (
            <Button icon aria-label={en.topBar.stopPlaying} data-action="scenario-stop" onClick={() => interrupt(client)}>
              <Square aria-hidden="true" />
            </Button>
          ) : (
            <Button icon aria-label={en.embed.playAll} data-action="scenario-all" disabled={!next} onClick={() => void playScenario(client, 'all')}>
              <ListVideo aria-hidden="true" />
            </Button>
          )}
        </>
      )}
    </div>
  )
}
