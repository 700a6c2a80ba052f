import { X } from 'lucide-react'
import { formatTaint } from '#k8s/taint.ts'
import type { KubeNode, Taint } from '#k8s/types.ts'
import { nodeStatus } from '#state/node-status.ts'
import { useSession } from '#state/use-store.ts'
import { removeLabel } from '../actions/label.ts'
import { removeTaint } from '../actions/taint.ts'
import { en } from '../text/en.ts'
import styles from './Chips.module.css'
import { useCardContext } from './card-context.ts'
import { customLabels, nodeRoles, pressures, shortTaint } from './node-look.ts'

/** Taints that components of the control plane put on and take off by themselves. */
const ownedByCluster = /^node\.kubernetes\.io\//

function TaintChip({ node, taint }: { node: string; taint: Taint }) {
  const { client } = useCardContext()
  const text = formatTaint(taint)
  const lit = useSession((state) => state.litTaints.has(text))
  return (
    <li className={styles.chip} data-effect={taint.effect} data-tip={text} data-taint={text} data-lit={lit || undefined}>
      <span className={styles.text}>{shortTaint(taint)}</span>
      {ownedByCluster.test(taint.key) ? null : (
        <button type="button" className={styles.remove} aria-label={en.node.untaint(text)} onClick={() => removeTaint({ client }, node, taint)}>
          <X aria-hidden="true" />
        </button>
      )}
    </li>
  )
}

function LabelChip({ node, name, value }: { node: string; name: string; value: string }) {
  const { client } = useCardContext()
  const text = value === '' ? name : `${name}=${value}`
  return (
    <li className={styles.chip} data-tip={text} data-label={name}>
      <span className={styles.text}>{text.replace(/^[^=/]*\//, '')}</span>
      <button type="button" className={styles.remove} aria-label={en.node.unlabel(text)} onClick={() => removeLabel({ client }, node, name)}>
        <X aria-hidden="true" />
      </button>
    </li>
  )
}

/** Roles, taints with their effect, pressures, and the labels somebody gave the node. A chip's cross takes it off. */
export function Chips({ node, kubeletStopped }: { node: KubeNode; kubeletStopped: boolean }) {
  const name = node.metadata.name
  const taints = node.spec.taints ?? []
  const labels = customLabels(node)
  const strained = pressures(node)
  const roles = nodeRoles(node)
  const silent = nodeStatus(node).readiness === 'unknown'
  if (!silent && !kubeletStopped && taints.length + labels.length + strained.length + roles.length === 0) return null
  return (
    <ul className={styles.chips}>
      {silent && <li className={`${styles.chip} ${styles.pressure}`}>{en.node.readyUnknown}</li>}
      {kubeletStopped && <li className={`${styles.chip} ${styles.stopped}`}>{en.node.kubeletStopped}</li>}
      {roles.map((role) => (
        <li key={role} className={`${styles.chip} ${styles.role}`}>
          {role}
        </li>
      ))}
      {taints.map((taint) => (
        <TaintChip key={`${taint.key}:${taint.effect}`} node={name} taint={taint} />
      ))}
      {strained.map((type) => (
        <li key={type} className={`${styles.chip} ${styles.pressure}`}>
          {type}
        </li>
      ))}
      {labels.map(([key, value]) => (
        <LabelChip key={key} node={name} name={key} value={value} />
      ))}
    </ul>
  )
}
