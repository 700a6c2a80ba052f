import { CircleCheck } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { runCommand } from './run-command.ts'

/** Lets new pods onto a cordoned node again. */
export const uncordon: Action<KubeNode> = {
  name: 'uncordon',
  label: () => en.actions.uncordon,
  icon: CircleCheck,
  shortcut: 'c',
  offered: (node) => node.spec.unschedulable === true,
  run: ({ client }, node) => void runCommand(client, `kubectl uncordon ${node.metadata.name}`),
}
