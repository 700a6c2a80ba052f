import type { Condition, KubeNode, ResourceList } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import type { Agent, MachineSpec, NodeTrouble } from './fleet.ts'
import type { KubeletProfile } from './profile.ts'

const notReadyMessage =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'
const startingMessage = '[container runtime status check may not have completed yet]'

/** Address of the machine with this number, as in a small private network. */
export function machineAddress(index: number): string {
  const host = index + 2
  return `172.18.${(host >> 8) & 255}.${host & 255}`
}

/** The n-th pod address of a machine. */
export function podAddress(index: number, n: number): string {
  const block = 256 * 244 + index
  return `10.${(block >> 8) & 255}.${block & 255}.${(n % 253) + 2}`
}

const pressureTexts = {
  MemoryPressure: {
    on: { reason: 'KubeletHasInsufficientMemory', message: 'kubelet has insufficient memory available' },
    off: { reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  },
  DiskPressure: {
    on: { reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure' },
    off: { reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  },
  PIDPressure: {
    on: { reason: 'KubeletHasInsufficientPID', message: 'kubelet has insufficient PID available' },
    off: { reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  },
}

function pressure(type: keyof typeof pressureTexts, troubles: readonly NodeTrouble[], now: string): Condition {
  const on = troubles.includes(type)
  const { reason, message } = pressureTexts[type][on ? 'on' : 'off']
  return { type, status: on ? 'True' : 'False', reason, message, lastHeartbeatTime: now, lastTransitionTime: now }
}

/**
 * The conditions a kubelet posts, in its order, stamped `now`; a transition time moves only when the status changed.
 * @source pkg/kubelet/nodestatus/setters.go; NL-1.2, NL-1.3
 */
export function nodeConditions(
  { troubles, starting }: Pick<Agent, 'troubles' | 'starting'>,
  now: string,
  before: readonly Condition[] = [],
): Condition[] {
  const ready: Condition =
    starting || troubles.includes('NotReady')
      ? { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: starting ? startingMessage : notReadyMessage }
      : { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
  const types = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const
  const posted = [...types.map((type) => pressure(type, troubles, now)), extend(ready, { lastHeartbeatTime: now, lastTransitionTime: now })]
  const stamped = posted.map((condition) => {
    const old = before.find((c) => c.type === condition.type)
    return old?.status === condition.status ? extend(condition, { lastTransitionTime: old.lastTransitionTime }) : condition
  })
  return [...before.filter((c) => !posted.some((p) => p.type === c.type)), ...stamped]
}

function defaultLabels(name: string): Record<string, string> {
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  }
}

/** What the machine has; nothing is kept back for the system. */
const machineResources = ({ cpu = '4', memory = '8Gi', pods = '110' }: MachineSpec): ResourceList => ({
  cpu: String(cpu),
  'ephemeral-storage': '50Gi',
  memory: String(memory),
  pods: String(pods),
})

/** The status that a kubelet posts over the present one: extended resources and conditions of others stay. @source pkg/kubelet/nodestatus/setters.go; NL-1.1 */
export function nodeStatus({ status }: KubeNode, agent: Agent, now: string): KubeNode['status'] {
  const capacity = extend(status.capacity ?? {}, machineResources(agent.machine))
  return extend(status, { capacity, allocatable: capacity, conditions: nodeConditions(agent, now, status.conditions) })
}

/** The Node object that a kubelet registers (NL-1.2). */
export function newNode(
  machine: MachineSpec,
  agent: Pick<Agent, 'index' | 'troubles' | 'starting'>,
  profile: KubeletProfile,
  version: KubernetesVersion,
  now: string,
): KubeNode {
  const { name, labels, taints } = machine
  const resources = machineResources(machine)
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: extend(defaultLabels(name), labels ?? {}), annotations: { 'node.alpha.kubernetes.io/ttl': '0' } },
    spec: taints?.length ? { taints: taints.map((taint) => ({ ...taint })) } : {},
    status: {
      addresses: [
        { type: 'InternalIP', address: machineAddress(agent.index) },
        { type: 'Hostname', address: name },
      ],
      allocatable: resources,
      capacity: resources,
      conditions: nodeConditions(agent, now),
      daemonEndpoints: { kubeletEndpoint: { Port: profile.talks ? 10250 : 0 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: 'containerd://2.1.0',
        kernelVersion: '6.1.0',
        kubeProxyVersion: '',
        kubeletVersion: profile.kubeletVersion ?? `v${version}.1`,
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: '',
      },
    },
  } as KubeNode
}
