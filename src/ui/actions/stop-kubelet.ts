import { Unplug } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { clusterStore } from '#state/cluster.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

/** The node falls silent: no heartbeats, no pod is started or stopped there. */
export const stopKubelet: Action<KubeNode> = {
  name: 'stop-kubelet',
  label: () => en.actions['stop-kubelet'],
  icon: Unplug,
  shortcut: 'k',
  offered: (node) => !clusterStore.getState().stoppedKubelets.has(node.metadata.name),
  run: ({ client }, { metadata: { name } }) => doOutside(client, { fail: name }, `the kubelet on ${name} stops`),
}
