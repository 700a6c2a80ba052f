import { Plus } from 'lucide-react'
import type { NodeTemplate } from '#protocol/messages.ts'
import { clusterStore } from '#state/cluster.ts'
import { whenReady } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action, ActionContext } from './action.ts'
import { askOutside, complain } from './run-command.ts'

/** Names of machines that were asked for and are still to come: who clicks fast must not ask for one twice. */
const askedFor = new Set<string>()

/** So many of `worker-0`, `worker-1`, …, the lowest that no node has. */
export function freeNodeNames(stem: string, count: number): string[] {
  const nodes = clusterStore.getState().tables.Node
  const names: string[] = []
  for (let number = 0; names.length < count; number += 1) {
    const name = `${stem}-${number}`
    if (!nodes.has(name) && !askedFor.has(name)) names.push(name)
  }
  return names
}

/** Machines that are alike but for their names join together. Rejects with what they are refused for. */
export async function joinNodes({ client }: ActionContext, names: readonly string[], machine: Omit<NodeTemplate, 'name'> = {}): Promise<void> {
  const nodes = names.map((name) => ({ ...machine, name }))
  const [first = ''] = names
  const what = names.length === 1 ? `a machine joins as ${first}` : `${names.length} machines join as ${first} … ${names.at(-1)}`
  for (const name of names) askedFor.add(name)
  try {
    await askOutside(client, { add: nodes }, what)
  } finally {
    for (const name of names) askedFor.delete(name)
  }
}

/** A machine like the others joins. */
export const addNode: Action = {
  name: 'add-node',
  label: () => en.actions['add-node'],
  icon: Plus,
  shortcut: 'a',
  run: (context) => {
    // before the cluster is there, every name looks free
    whenReady()
      .then(() => joinNodes(context, freeNodeNames('worker', 1)))
      .catch(complain)
  },
}
