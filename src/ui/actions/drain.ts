import { Droplets } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { runCommand } from './run-command.ts'

const line = ({ metadata }: KubeNode): string => `kubectl drain ${metadata.name} --ignore-daemonsets`

/** Cordons a node and evicts its pods; daemon pods stay, as drain must be told. */
export const drain: Action<KubeNode> = {
  name: 'drain',
  label: () => en.actions.drain,
  icon: Droplets,
  shortcut: 'd',
  line,
  run: ({ client }, node) => void runCommand(client, line(node)),
}
