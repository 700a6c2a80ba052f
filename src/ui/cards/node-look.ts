import { rolePrefix } from '#k8s/node.ts'
import { podRequests } from '#k8s/pod-resources.ts'
import { toMilli, toValue } from '#k8s/quantity.ts'
import type { KubeNode, Pod, Taint } from '#k8s/types.ts'

const builtIn = /^(beta\.)?kubernetes\.io\/(hostname|os|arch)$|^node-role\.kubernetes\.io\/|^node\.kubernetes\.io\/exclude-from|^minikube/

/** The labels somebody gave this node: without those every node has, sorted by key. */
export function customLabels(node: KubeNode): [key: string, value: string][] {
  return Object.entries(node.metadata.labels ?? {})
    .filter(([key]) => !builtIn.test(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Roles as kubectl finds them in the labels. */
export function nodeRoles(node: KubeNode): string[] {
  return Object.keys(node.metadata.labels ?? {})
    .filter((key) => key.startsWith(rolePrefix))
    .map((key) => key.slice(rolePrefix.length))
    .sort()
}

/** A taint without the prefix of its key, for narrow places: `unreachable:NoSchedule`. */
export function shortTaint(taint: Taint): string {
  const key = taint.key.replace(/^.*\//, '')
  return `${taint.value ? `${key}=${taint.value}` : key}:${taint.effect}`
}

/** `4 cpu · 8 Gi` */
export function sizeText(node: KubeNode): string {
  const { cpu = '0', memory = '0' } = node.status.capacity ?? {}
  const gib = toValue(memory) / 1024 ** 3
  return `${toMilli(cpu) / 1000} cpu · ${Number(gib.toFixed(1))} Gi`
}

export interface Load {
  name: 'cpu' | 'memory' | 'pods'
  used: number
  total: number
}

/** What the pods bound to a node ask for, against what it can give: millicores, bytes, pods. */
export function nodeLoad(node: KubeNode, pods: readonly Pod[]): Load[] {
  const bound = pods.filter((pod) => pod.spec.nodeName && pod.status.phase !== 'Failed' && pod.status.phase !== 'Succeeded')
  const requests = bound.map((pod) => podRequests(pod.spec))
  const { cpu = '0', memory = '0', pods: most = '110' } = node.status.allocatable ?? node.status.capacity ?? {}
  return [
    { name: 'cpu', used: requests.reduce((sum, request) => sum + request.cpuMillis, 0), total: toMilli(cpu) },
    { name: 'memory', used: requests.reduce((sum, request) => sum + request.memoryBytes, 0), total: toValue(memory) },
    { name: 'pods', used: bound.length, total: toValue(most) },
  ]
}

/** Conditions that are bad and have a name of their own (`DiskPressure`). */
export function pressures(node: KubeNode): string[] {
  return (node.status.conditions ?? [])
    .filter((condition) => condition.type.endsWith('Pressure') && condition.status === 'True')
    .map((condition) => condition.type)
}
