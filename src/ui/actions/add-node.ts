import { Plus } from 'lucide-react'
import type { NodeTemplate } from '#protocol/messages.ts'
import { clusterStore } from '#state/cluster.ts'
import { en } from '../text/en.ts'
import type { Action, ActionContext } from './action.ts'
import { doOutside } from './run-command.ts'

/** So many of `worker-0`, `worker-1`, …, the lowest that no node has. */
export function freeNodeNames(stem: string, count: number): string[] {
  const nodes = clusterStore.getState().tables.Node
  const names: string[] = []
  for (let number = 0; names.length < count; number += 1) if (!nodes.has(`${stem}-${number}`)) names.push(`${stem}-${number}`)
  return names
}

/** Machines that are alike but for their names join together. */
export function joinNodes({ client }: ActionContext, names: readonly string[], machine: Omit<NodeTemplate, 'name'> = {}): void {
  const nodes = names.map((name) => ({ ...machine, name }))
  const [first = ''] = names
  const what = names.length === 1 ? `a machine joins as ${first}` : `${names.length} machines join as ${first} … ${names.at(-1)}`
  doOutside(client, { add: nodes }, what)
}

/** A machine like the others joins. */
export const addNode: Action = {
  name: 'add-node',
  label: () => en.actions['add-node'],
  icon: Plus,
  shortcut: 'a',
  run: (context) => joinNodes(context, freeNodeNames('worker', 1)),
}
