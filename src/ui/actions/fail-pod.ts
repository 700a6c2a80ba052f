import { HeartCrack } from 'lucide-react'
import type { Pod } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

/** The kubelet gives the pod up: phase Failed. */
export const failPod: Action<Pod> = {
  name: 'fail-pod',
  label: () => en.actions['fail-pod'],
  icon: HeartCrack,
  offered: (pod) => pod.metadata.labels?.app !== undefined && pod.spec.nodeName !== undefined && pod.status.phase === 'Running',
  run: ({ client }, pod) => {
    const { app = '' } = pod.metadata.labels ?? {}
    const name = pod.spec.nodeName ?? ''
    doOutside(
      client,
      { podFails: { name, app, reason: 'Evicted', message: 'The node was low on resource: memory.' } },
      `the ${app} pods on ${name} fail`,
    )
  },
}
