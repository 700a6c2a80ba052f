import { type Node, type NodeProps, type ReactFlowState, useStore } from '@xyflow/react'
import { memo } from 'react'
import { type Far, NodeCard } from '../cards/NodeCard.tsx'
import { PodTiles } from '../cards/PodTiles.tsx'
import { useTray } from '../cards/use-tray.ts'
import type { Lane } from '../lanes.ts'
import { ComponentCard } from './ComponentCard.tsx'
import styles from './flow-nodes.module.css'
import { farthestZoom, farZoom } from './whole-cluster.ts'

export type CardFlowNode = Node<{ name: string }, 'card'>
export type ComponentFlowNode = Node<{ lane: Lane | 'api-server' }, 'component'>
export type TrayFlowNode = Node<Record<never, never>, 'tray'>
export type FlowNode = CardFlowNode | ComponentFlowNode | TrayFlowNode

const farOf = ({ transform: [, , zoom] }: ReactFlowState): Far => (zoom < farthestZoom ? 'most' : zoom < farZoom)

const Card = memo(({ data }: NodeProps<CardFlowNode>) => <NodeCard name={data.name} far={useStore(farOf)} />)
const Component = memo(({ data }: NodeProps<ComponentFlowNode>) => (
  <div className={styles.component}>
    <ComponentCard lane={data.lane} />
  </div>
))

/** The pods that are not on any node and meant for none. */
const Tray = memo(() => {
  const { podKeys, title, hint } = useTray()
  return (
    <section className={styles.tray} aria-label={title} data-tip={hint}>
      <h2>{title}</h2>
      <PodTiles podKeys={podKeys} node={undefined} />
    </section>
  )
})

Card.displayName = 'Card'
Component.displayName = 'Component'
Tray.displayName = 'Tray'

/** What React Flow draws for each type of node. */
export const nodeTypes = { card: Card, component: Component, tray: Tray }
