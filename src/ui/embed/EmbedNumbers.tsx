import type { DaemonSet } from '#k8s/types.ts'
import { useCluster } from '#state/use-store.ts'
import { daemonSetNumbers, isOff } from '../cards/daemon-set-numbers.ts'
import { NumberCell } from '../cards/NumberCell.tsx'
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

/** The DaemonSets' numbers in a line each; those that say nothing new are left out. */
export function EmbedNumbers() {
  const sets = useCluster((state) => state.tables.DaemonSet)
  if (sets.size === 0) return null
  return (
    <div className={styles.numbers}>
      {[...sets.values()].map((set) => (
        <Row key={set.metadata.uid} set={set} />
      ))}
    </div>
  )
}
