import { taintNotReady, taintUnreachable } from '#k8s/node.ts'
import type { AnyObject, KubeNode, Pod } from '#k8s/types.ts'

function ofPod(pod: Pod): Pod {
  const { priority: _, preemptionPolicy: __, tolerations = [], ...spec } = pod.spec
  const own = tolerations.filter(({ key, tolerationSeconds }) => tolerationSeconds !== 300 || (key !== taintNotReady && key !== taintUnreachable))
  return { ...pod, spec: own.length > 0 ? { ...spec, tolerations: own } : spec }
}

function ofNode(node: KubeNode): KubeNode {
  const { taints = [], ...spec } = node.spec
  const own = taints.filter(({ key, effect }) => key !== taintNotReady || effect !== 'NoSchedule')
  return { ...node, spec: own.length > 0 ? { ...spec, taints: own } : spec }
}

/** A new object as the component that made it sent it: what admission adds belongs to nobody. What clients send is kept instead. */
export function beforeAdmission(object: AnyObject): AnyObject {
  if (object.kind === 'Pod') return ofPod(object)
  return object.kind === 'Node' ? ofNode(object) : object
}
