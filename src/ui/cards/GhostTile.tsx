import type { Ghost } from '#protocol/explain.ts'
import { useCluster } from '#state/use-store.ts'
import { workloadKey } from '#state/workload.ts'
import { en } from '../text/en.ts'
import { useCardContext } from './card-context.ts'
import styles from './GhostTile.module.css'
import { workloadLetters } from './workload-look.ts'

const signs: Record<Ghost['reason'], string> = {
  'node-name': '×',
  'node-selector': '×',
  'node-affinity': '×',
  taint: '×',
  refused: '×',
  waiting: '…',
  'back-off': '↻',
  other: '×',
}

/** The place of a daemon pod that is not there. Its tooltip and name say why, a click says it at length. */
export function GhostTile({ node, ghost }: { node: string; ghost: Ghost }) {
  const { ask } = useCardContext()
  const key = workloadKey({ kind: 'DaemonSet', namespace: ghost.namespace, name: ghost.daemonset })
  const letters = useCluster((state) => workloadLetters(key, state.workloadNumbers))
  const reason = ghost.detail ? `${en.ghost.reasons[ghost.reason]} (${ghost.detail})` : en.ghost.reasons[ghost.reason]
  const label = en.ghost.label(ghost.daemonset, node, reason)
  return (
    <li className={styles.slot}>
      <button
        type="button"
        className={styles.ghost}
        data-reason={ghost.reason}
        data-ghost={ghost.daemonset}
        aria-label={label}
        data-tip={`${label}\n${en.ghost.ask}`}
        onClick={() => ask({ about: 'ghost', node, namespace: ghost.namespace, daemonset: ghost.daemonset })}
      >
        {letters}
      </button>
      <span aria-hidden="true" className={styles.sign}>
        {signs[ghost.reason]}
      </span>
    </li>
  )
}
