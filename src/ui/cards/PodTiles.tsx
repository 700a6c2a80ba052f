import type { ReactNode } from 'react'
import type { KubeNode } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import { PodTile } from './PodTile.tsx'
import styles from './PodTiles.module.css'

/** More than this are summed up in one number. */
export const mostTiles = 24

interface Props {
  podKeys: readonly string[]
  node: KubeNode | undefined
  /** Ghost tiles, behind the pods. */
  children?: ReactNode
}

/** The pods of a node as tiles. */
export function PodTiles({ podKeys, node, children }: Props) {
  const shown = podKeys.length > mostTiles ? podKeys.slice(0, mostTiles - 1) : podKeys
  const hidden = podKeys.length - shown.length
  return (
    <ul className={styles.tiles}>
      {shown.map((key) => (
        <PodTile key={key} podKey={key} node={node} />
      ))}
      {hidden > 0 && <li className={styles.more}>{en.node.moreChips(hidden)}</li>}
      {children}
    </ul>
  )
}
