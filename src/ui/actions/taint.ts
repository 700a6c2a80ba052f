import { Ban } from 'lucide-react'
import { formatTaint } from '#k8s/taint.ts'
import type { KubeNode, Taint } from '#k8s/types.ts'
import { openForm } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action, ActionContext } from './action.ts'
import { quote, runCommand, tryCommand } from './run-command.ts'

/** Opens the form for this node's taints. */
export const taint: Action<KubeNode> = {
  name: 'taint',
  label: () => en.actions.taint,
  icon: Ban,
  shortcut: 't',
  run: (_, node) => openForm({ kind: 'taint', node: node.metadata.name }),
}

export const taintLine = (node: string, added: Taint): string => `kubectl taint nodes ${node} ${quote(formatTaint(added))}`

/** Settles with what kubectl had against it. */
export function addTaint({ client }: ActionContext, node: string, added: Taint): Promise<string | undefined> {
  return tryCommand(client, taintLine(node, added))
}

/** Only the taint with this key and effect goes; others with the same key stay. */
export function removeTaint({ client }: ActionContext, node: string, removed: Taint): void {
  void runCommand(client, `kubectl taint nodes ${node} ${quote(`${removed.key}:${removed.effect}`)}-`)
}
