import { Droplets } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { runCommand } from './run-command.ts'

/** Cordons a node and evicts its pods; daemon pods stay, as drain must be told. */
export const drain: Action<KubeNode> = {
  name: 'drain',
  label: () => en.actions.drain,
  icon: Droplets,
  shortcut: 'd',
  run: ({ client }, node) => void runCommand(client, `kubectl drain ${node.metadata.name} --ignore-daemonsets`),
}
