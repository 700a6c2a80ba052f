import { ServerCog } from 'lucide-react'
import { rolePrefix, taintControlPlane } from '#k8s/node.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { freeNodeNames, joinNodes } from './add-node.ts'
import { complain } from './run-command.ts'

/** A control-plane node joins: with its role label and its taint. */
export const addControlPlane: Action = {
  name: 'add-control-plane',
  label: () => en.actions['add-control-plane'],
  icon: ServerCog,
  run: (context) =>
    void joinNodes(context, freeNodeNames('control-plane', 1), {
      labels: { [`${rolePrefix}control-plane`]: '' },
      taints: [{ key: taintControlPlane, effect: 'NoSchedule' }],
    }).catch(complain),
}
