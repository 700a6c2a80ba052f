import { Tag } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { openForm } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action, ActionContext } from './action.ts'
import { quote, runCommand, tryCommand } from './run-command.ts'

/** Opens the form for this node's labels. */
export const label: Action<KubeNode> = {
  name: 'label',
  label: () => en.actions.label,
  icon: Tag,
  shortcut: 'l',
  run: (_, node) => openForm({ kind: 'label', node: node.metadata.name }),
}

/** `overwrite` when the node has the key with another value. Settles with what kubectl had against it. */
export function setLabel({ client }: ActionContext, node: string, key: string, value: string, overwrite: boolean): Promise<string | undefined> {
  return tryCommand(client, `kubectl label nodes ${node} ${quote(`${key}=${value}`)}${overwrite ? ' --overwrite' : ''}`)
}

export function removeLabel({ client }: ActionContext, node: string, key: string): void {
  void runCommand(client, `kubectl label nodes ${node} ${quote(`${key}-`)}`)
}
