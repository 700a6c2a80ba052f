import { HardDrive } from 'lucide-react'
import { conditionOf } from '#k8s/node.ts'
import type { KubeNode } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

const hasPressure = (node: KubeNode) => conditionOf(node, 'DiskPressure')?.status === 'True'

/** The kubelet reports a full disk, or that there is room again. */
export const pressure: Action<KubeNode> = {
  name: 'pressure',
  label: (node) => (hasPressure(node) ? en.actions.pressureEnd : en.actions.pressure),
  icon: HardDrive,
  shortcut: 'p',
  run: ({ client }, node) => {
    const name = node.metadata.name
    const on = !hasPressure(node)
    doOutside(client, { condition: { name, set: { DiskPressure: on } } }, on ? `the disk of ${name} is full` : `the disk of ${name} has room again`)
  },
}
