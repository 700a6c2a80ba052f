import { conditionOf } from '#k8s/node.ts'
import type { KubeNode } from '#k8s/types.ts'

export type NodeReadiness = 'ready' | 'not-ready' | 'unknown'

export interface NodeStatus {
  readiness: NodeReadiness
  cordoned: boolean
  /** `Ready`, `NotReady`, `NotReady (Unknown)`, with `, cordoned` where it is. */
  text: string
  /** Since when the Ready condition has been so (RFC 3339). */
  since: string | undefined
}

const words: Record<NodeReadiness, string> = { ready: 'Ready', 'not-ready': 'NotReady', unknown: 'NotReady (Unknown)' }

/**
 * Condition Ready as the page tells it: kubectl calls False and Unknown both NotReady, the page keeps them apart because the first is
 * said by the kubelet and the second by its silence.
 */
export function nodeStatus(node: KubeNode): NodeStatus {
  const ready = conditionOf(node, 'Ready')
  const readiness = ready?.status === 'True' ? 'ready' : ready?.status === 'Unknown' ? 'unknown' : 'not-ready'
  const cordoned = node.spec.unschedulable === true
  return { readiness, cordoned, text: cordoned ? `${words[readiness]}, cordoned` : words[readiness], since: ready?.lastTransitionTime }
}
