import type { DaemonSetNumber } from '#protocol/explain.ts'
import { en } from '../text/en.ts'
import styles from './NumberCell.module.css'
import { useLitNodes } from './use-lit-nodes.ts'

interface Props {
  namespace: string
  daemonset: string
  number: DaemonSetNumber
  value: number
  /** It is not what one would like it to be. */
  off: boolean
}

/** One number: while the pointer or the focus is on it, the nodes it counts are lit, as the engine names them. */
export function NumberCell({ namespace, daemonset, number, value, off }: Props) {
  const handlers = useLitNodes({ about: 'number', namespace, daemonset, number })
  return (
    <button
      type="button"
      className={styles.number}
      data-off={off || undefined}
      aria-label={en.daemonSets.numberOf(daemonset, en.daemonSets[number], value)}
      {...handlers}
    >
      {value}
    </button>
  )
}
