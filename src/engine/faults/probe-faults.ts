import { isTerminal } from '#k8s/pod.ts'
import type { Container, Pod } from '#k8s/types.ts'
import { type ProbeKind, probeKinds, probeOf } from '../kubelet/probe-time.ts'
import { defineFault } from './fault.ts'

const containersOf = ({ spec }: Pod): Container[] => [...spec.containers, ...(spec.initContainers ?? [])]

/**
 * `probeFails: {pod: agent-x2x4z, probe: readiness}`: from here on that probe of the pod's containers, or of one, fails;
 * with `hangs: true` it gets no answer within its timeoutSeconds, with `fails: false` it succeeds again.
 */
export const probeFails = defineFault<{ namespace?: string; pod: string; container?: string; probe: ProbeKind; fails?: boolean; hangs?: boolean }>({
  name: 'probeFails',
  check({ namespace = 'default', pod: name, container, probe }, api) {
    if (!probeKinds.includes(probe)) return `there is no probe ${probe}; one of ${probeKinds.join(', ')}`
    const pod = api.get('Pod', namespace, name)
    if (!pod) return `there is no pod ${name} in namespace ${namespace}`
    if (isTerminal(pod)) return `pod ${name} has ended: nothing is probed any more`
    if (!pod.status.startTime) return `no kubelet has taken pod ${name} up yet; wait until it has`
    const containers = containersOf(pod).filter((c) => container === undefined || c.name === container)
    if (containers.length === 0) return `pod ${name} has no container ${container}`
    if (containers.some((c) => probeOf(c, probe))) return undefined
    return `${container === undefined ? `pod ${name}` : `container ${container} of pod ${name}`} has no ${probe} probe; give its template a ${probe}Probe`
  },
  describe: ({ pod, container, probe, fails = true, hangs = false }) => {
    const what = !fails ? 'succeeds again' : hangs ? 'gets no answer' : 'fails'
    return `the ${probe} probe of ${container === undefined ? '' : `container ${container} of `}${pod} ${what}`
  },
  run: (target, { namespace = 'default', pod, container, probe, fails = true, hangs = false }) =>
    target.setProbeFails(namespace, pod, container, probe, fails, hangs),
})
