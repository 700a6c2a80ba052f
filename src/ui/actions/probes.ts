import { HeartPulse } from 'lucide-react'
import type { Pod } from '#k8s/types.ts'
import { clusterStore } from '#state/cluster.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

const kinds = ['readiness', 'liveness', 'startup'] as const

const isFailing = ({ metadata: { uid } }: Pod, probe: string) => clusterStore.getState().failingProbes.has(`${uid} ${probe}`)

/** From here on the application does not answer a probe well, or does so again. */
export const probes: readonly Action<Pod>[] = kinds.map((probe) => ({
  name: `${probe}-probe`,
  label: (pod) => en.actions[isFailing(pod, probe) ? 'probeSucceeds' : 'probeFails'](probe),
  icon: HeartPulse,
  offered: ({ spec, status: { phase } }) => phase === 'Running' && spec.containers.some((container) => container[`${probe}Probe`]),
  run: ({ client }, pod) => {
    const { name, namespace } = pod.metadata
    const fails = !isFailing(pod, probe)
    doOutside(client, { probeFails: { namespace, pod: name, probe, fails } }, `the ${probe} probe of ${name} ${fails ? 'fails' : 'succeeds again'}`)
  },
}))
