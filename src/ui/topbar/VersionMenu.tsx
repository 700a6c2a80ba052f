import { newestVersion, versions } from '#k8s/version.ts'
import { openForm } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Menu } from '../parts/Menu.tsx'
import { rememberInAddress } from '../scenario/address.ts'
import { openScenario } from '../scenario/open-cluster.ts'
import type { ScenarioSource } from '../scenario/scenario-source.ts'
import { en } from '../text/en.ts'
import styles from './TopBar.module.css'

/** The cluster's Kubernetes version: another one starts the cluster (or the open scenario) anew. */
export function VersionMenu({ scenarios }: { scenarios: ScenarioSource }) {
  const { client } = useCardContext()
  const scenario = useSession((state) => state.scenario?.id)
  const version = useSession((state) => state.version) || newestVersion
  const choose = async (wanted: string) => {
    await openScenario(client, scenarios, scenario, { version: wanted })
    rememberInAddress({ version: wanted === newestVersion ? undefined : wanted })
  }
  return (
    <Menu
      className={styles.version ?? ''}
      label={
        <span>
          <span className={styles.word}>{en.topBar.kubernetes} </span>
          {version}
        </span>
      }
      tip={en.topBar.version(version)}
      aria-label={en.topBar.version(version)}
      data-action="version"
      items={[
        { key: 'compare', label: en.topBar.compare, run: () => openForm({ kind: 'compare' }) },
        ...[...versions].reverse().map((one, at) => ({
          key: one,
          label: en.topBar.version(one),
          checked: one === version,
          ...(at === 0 ? { heading: en.topBar.startWith } : {}),
          run: () => void choose(one),
        })),
      ]}
    />
  )
}
