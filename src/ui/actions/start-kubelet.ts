import { Plug } from 'lucide-react'
import type { KubeNode } from '#k8s/types.ts'
import { clusterStore } from '#state/cluster.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

/** The stopped kubelet runs again and reports. */
export const startKubelet: Action<KubeNode> = {
  name: 'start-kubelet',
  label: () => en.actions['start-kubelet'],
  icon: Plug,
  shortcut: 'k',
  offered: (node) => clusterStore.getState().stoppedKubelets.has(node.metadata.name),
  run: ({ client }, { metadata: { name } }) => doOutside(client, { recover: name }, `the kubelet on ${name} runs again`),
}
