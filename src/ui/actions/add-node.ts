import { Plus } from 'lucide-react'
import type { NodeTemplate } from '#protocol/messages.ts'
import { clusterStore } from '#state/cluster.ts'
import { en } from '../text/en.ts'
import type { Action, ActionContext } from './action.ts'
import { doOutside } from './run-command.ts'

/** `worker-N` with the lowest N that no node has. */
export function freeNodeName(stem = 'worker'): string {
  const nodes = clusterStore.getState().tables.Node
  for (let number = 0; ; number += 1) if (!nodes.has(`${stem}-${number}`)) return `${stem}-${number}`
}

export function joinNode({ client }: ActionContext, node: NodeTemplate): void {
  doOutside(client, { add: node }, `a machine joins as ${node.name}`)
}

/** A machine like the others joins. */
export const addNode: Action = {
  name: 'add-node',
  label: () => en.actions['add-node'],
  icon: Plus,
  shortcut: 'a',
  run: (context) => joinNode(context, { name: freeNodeName() }),
}
