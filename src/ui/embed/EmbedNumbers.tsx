import type { DaemonSet } from '#k8s/types.ts'
import { useCluster, useSession } from '#state/use-store.ts'
import { addDaemonSet } from '../actions/add-daemonset.ts'
import { useCardContext } from '../cards/card-context.ts'
import { daemonSetNumbers, isOff } from '../cards/daemon-set-numbers.ts'
import { NumberCell } from '../cards/NumberCell.tsx'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import styles from './EmbedNumbers.module.css'

function Row({ set }: { set: DaemonSet }) {
  const { name, namespace = '' } = set.metadata
  return (
    <div className={styles.row}>
      <b>{name}</b>
      {daemonSetNumbers.map(({ id, read }) => {
        const value = read(set)
        const off = isOff(id, value, set)
        if (!off && (id === 'misscheduled' || id === 'available' || id === 'upToDate')) return null
        return (
          <span key={id} className={styles.number}>
            {en.daemonSets[id]} <NumberCell namespace={namespace} daemonset={name} number={id} value={value} off={off} />
          </span>
        )
      })}
    </div>
  )
}

/** What to begin with. */
function NoDaemonSet() {
  const context = useCardContext()
  return (
    <div className={styles.none}>
      <b>{en.canvas.noDaemonSets}</b>
      <Button look="primary" onClick={() => addDaemonSet.run(context)}>
        <addDaemonSet.icon aria-hidden="true" />
        {en.empty.sampleDaemonSet}
      </Button>
    </div>
  )
}

/** The DaemonSets' numbers in a line each; those that say nothing new are left out. */
export function EmbedNumbers() {
  const sets = useCluster((state) => state.tables.DaemonSet)
  const isOwn = useSession((state) => state.scenario === undefined)
  // what a scenario begins without, it brings itself
  if (sets.size === 0) return isOwn ? <NoDaemonSet /> : null
  return (
    <div className={styles.numbers}>
      {[...sets.values()].map((set) => (
        <Row key={set.metadata.uid} set={set} />
      ))}
    </div>
  )
}
