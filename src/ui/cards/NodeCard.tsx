import { type KeyboardEvent, memo, useState } from 'react'
import type { KubeNode } from '#k8s/types.ts'
import { nodeStatus } from '#state/node-status.ts'
import { selectNode } from '#state/session.ts'
import { useCluster, useSession } from '#state/use-store.ts'
import { nodeActions } from '../actions/index.ts'
import { pressedKey } from '../actions/pressed-key.ts'
import { Chips } from './Chips.tsx'
import { useCardContext } from './card-context.ts'
import { GhostTile } from './GhostTile.tsx'
import { LoadBars } from './LoadBars.tsx'
import styles from './NodeCard.module.css'
import { NodeHeader } from './NodeHeader.tsx'
import { NodeToolbar } from './NodeToolbar.tsx'
import { PodTiles } from './PodTiles.tsx'

const none: readonly never[] = []

/** The node actions' keys work while the card itself has the focus. */
function useNodeKeys(node: KubeNode | undefined) {
  const context = useCardContext()
  return (event: KeyboardEvent) => {
    if (!node || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') context.ask({ about: 'node', name: node.metadata.name })
    const key = pressedKey(event)
    const action = nodeActions.find((one) => one.shortcut === key && !context.without.has(one.name) && (one.offered?.(node) ?? true))
    if (!action && event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    action?.run(context, node)
  }
}

/** Seen from so far that only the name, the state and the pods can be recognised; `most` = the name cannot be read, either. */
export type Far = boolean | 'most'

interface Props {
  name: string
  far?: Far
}

/** One node: state, taints, labels, pods, the places of missing daemon pods, and how full it is. */
export const NodeCard = memo(function NodeCard({ name, far = false }: Props) {
  const { ask, openMenu } = useCardContext()
  const node = useCluster((state) => state.tables.Node.get(name))
  const podKeys = useCluster((state) => state.podsByNode.get(name) ?? none)
  const ghosts = useCluster((state) => state.ghosts.get(name) ?? none)
  const stopped = useCluster((state) => state.stoppedKubelets.has(name))
  const lit = useSession((state) => state.litNodes.has(name))
  const selected = useSession((state) => state.selectedNode === name)
  const [active, setActive] = useState(false)
  const onKeyDown = useNodeKeys(node)
  if (!node) return null
  const status = nodeStatus(node)
  return (
    <article
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move between cards, and node keys work on the focused one
      tabIndex={0}
      aria-label={`${name}, ${status.text}`}
      className={styles.card}
      data-node={name}
      data-far={far || undefined}
      data-tip={far ? name : undefined}
      data-readiness={status.readiness}
      data-cordoned={status.cordoned || undefined}
      data-stopped={stopped || undefined}
      data-lit={lit || undefined}
      data-selected={selected || undefined}
      onPointerEnter={() => setActive(true)}
      onPointerLeave={() => setActive(false)}
      onFocus={() => setActive(true)}
      onBlur={(event) => setActive(event.currentTarget.contains(event.relatedTarget))}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        if (!openMenu) return
        event.preventDefault()
        openMenu(name, event.clientX, event.clientY)
      }}
      onClick={(event) => {
        if ((event.target as Element).closest('button')) return
        selectNode(name)
        ask({ about: 'node', name })
      }}
    >
      {active && !far ? <NodeToolbar node={node} /> : null}
      <NodeHeader node={node} far={far !== false} />
      {far ? null : <Chips node={node} kubeletStopped={stopped} />}
      <PodTiles podKeys={podKeys} node={node}>
        {ghosts.map((ghost) => (
          <GhostTile key={`${ghost.namespace}/${ghost.daemonset}`} node={name} ghost={ghost} />
        ))}
      </PodTiles>
      {far ? null : <LoadBars node={node} podKeys={podKeys} />}
    </article>
  )
})
