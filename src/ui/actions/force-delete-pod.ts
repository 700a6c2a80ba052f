import { Zap } from 'lucide-react'
import type { Pod } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { runCommand } from './run-command.ts'

/** Removes a pod's object without waiting for its kubelet. */
export const forceDeletePod: Action<Pod> = {
  name: 'force-delete-pod',
  label: () => en.actions['force-delete-pod'],
  icon: Zap,
  offered: (pod) => pod.metadata.deletionTimestamp !== undefined,
  run: ({ client }, { metadata: { name, namespace } }) =>
    void runCommand(client, `kubectl delete pod ${name}${namespace === 'default' ? '' : ` -n ${namespace}`} --grace-period=0 --force`),
}
