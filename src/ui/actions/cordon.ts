import { CircleMinus } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { runCommand } from './run-command.ts'

/** Marks a node as not to be used for new pods. */
export const cordon: Action<KubeNode> = {
  name: 'cordon',
  label: () => en.actions.cordon,
  icon: CircleMinus,
  shortcut: 'c',
  offered: (node) => !node.spec.unschedulable,
  run: ({ client }, node) => void runCommand(client, `kubectl cordon ${node.metadata.name}`),
}
