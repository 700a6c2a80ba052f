import { Trash2 } from 'lucide-react'
import type { Pod } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { runCommand } from './run-command.ts'

/** Deletes a pod; whoever owns it makes another. */
export const deletePod: Action<Pod> = {
  name: 'delete-pod',
  label: () => en.actions['delete-pod'],
  icon: Trash2,
  shortcut: 'Delete',
  offered: (pod) => !pod.metadata.deletionTimestamp,
  run: ({ client }, { metadata: { name, namespace } }) =>
    void runCommand(client, `kubectl delete pod ${name}${namespace === 'default' ? '' : ` -n ${namespace}`} --wait=false`),
}
