import type { PressedResource } from '../kubelet/eviction-message.ts'
import { defineFault, missingNode } from './fault.ts'

/** `podFails: {name: worker-0, app: agent, reason: Evicted, message: …}`: pods with that app label on that node become Failed. */
export const podFails = defineFault<{ name: string; app: string; reason?: string; message?: string }>({
  name: 'podFails',
  check: ({ name }, api) => missingNode(api, name),
  describe: ({ name, app }) => `pods with app=${app} on ${name} fail`,
  run: (target, { name, app, reason = 'Evicted', message = '' }) => target.failPods(name, app, reason, message),
})

/** `evict: {name: worker-0, resource: memory}`: the kubelet evicts the pod that is first in its ranking. */
export const evictPod = defineFault<{ name: string; resource?: PressedResource }>({
  name: 'evict',
  check: ({ name }, api) => missingNode(api, name),
  describe: ({ name, resource = 'memory' }) => `${name} runs out of ${resource} and evicts a pod`,
  run: (target, { name, resource = 'memory' }) => target.evictOne(name, resource),
})

/** `crash: {pod: agent-x2x4z}`: a running container of the pod ends now, with exit code 1 or another. */
export const crashContainer = defineFault<{ namespace?: string; pod: string; container?: string; exitCode?: number; reason?: string }>({
  name: 'crash',
  check({ namespace = 'default', pod: name, container }, api) {
    const pod = api.get('Pod', namespace, name)
    if (!pod) return `there is no pod ${name} in namespace ${namespace}`
    if (container === undefined || pod.spec.containers.some((c) => c.name === container)) return undefined
    return `pod ${name} has no container ${container}`
  },
  describe: ({ pod, container, exitCode = 1 }) => `${container ? `container ${container} of ` : ''}${pod} exits with ${exitCode}`,
  run: (target, { namespace = 'default', pod, container, exitCode = 1, reason }) => target.exitContainer(namespace, pod, container, exitCode, reason),
})
