import type { Condition, KubeNode } from './types.ts'

export const taintNotReady = 'node.kubernetes.io/not-ready'
export const taintUnreachable = 'node.kubernetes.io/unreachable'
export const taintUnschedulable = 'node.kubernetes.io/unschedulable'
export const taintMemoryPressure = 'node.kubernetes.io/memory-pressure'
export const taintDiskPressure = 'node.kubernetes.io/disk-pressure'
export const taintPidPressure = 'node.kubernetes.io/pid-pressure'
export const taintNetworkUnavailable = 'node.kubernetes.io/network-unavailable'
export const taintOutOfService = 'node.kubernetes.io/out-of-service'
export const taintControlPlane = 'node-role.kubernetes.io/control-plane'

export const labelHostname = 'kubernetes.io/hostname'
export const labelZone = 'topology.kubernetes.io/zone'
export const labelRegion = 'topology.kubernetes.io/region'
export const rolePrefix = 'node-role.kubernetes.io/'

/** The node's condition of a type, if it reports one. @source GetNodeCondition */
export function conditionOf(node: KubeNode, type: string): Condition | undefined {
  return node.status?.conditions?.find((condition) => condition.type === type)
}

/** Condition Ready is True. @source IsNodeReady */
export function isNodeReady(node: KubeNode): boolean {
  return conditionOf(node, 'Ready')?.status === 'True'
}
