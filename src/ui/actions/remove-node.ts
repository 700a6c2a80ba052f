import { Trash2 } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

/** The machine goes away and its Node object with it. */
export const removeNode: Action<KubeNode> = {
  name: 'remove-node',
  label: () => en.actions['remove-node'],
  icon: Trash2,
  shortcut: 'Delete',
  run: ({ client }, { metadata: { name } }) => doOutside(client, { remove: name }, `the machine ${name} is taken away, and its Node object deleted`),
}
