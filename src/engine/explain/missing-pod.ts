import type { DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import type { Cluster } from '../cluster.ts'
import { controllerName } from '../controllers/daemonset/constants.ts'
import type { DaemonSetControllerState } from '../controllers/daemonset/controller.ts'
import { type MissingPodCause, missingPodCause } from '../controllers/daemonset/missing-pod.ts'
import { createPodTemplate, getTemplateGeneration, podFromTemplate } from '../controllers/daemonset/template.ts'
import { refusalOfPod } from '../store/writes.ts'

/** Why a DaemonSet has no running pod on a node now. */
export function causeOfMissingPod(cluster: Cluster, set: DaemonSet, node: KubeNode): MissingPodCause {
  const state = cluster.componentState(controllerName) as DaemonSetControllerState
  const owned = cluster.core.indices.controlledBy('Pod', set.metadata.uid ?? '')
  const cause = missingPodCause(state, set, node, owned, cluster.options.version, cluster.nowMs)
  const refusal = cause.why === 'nextSync' ? refusalOf(cluster, set) : undefined
  return refusal === undefined ? cause : { why: 'refused', refusal }
}

/** Why the API server would not take a pod of a DaemonSet, for whichever node. */
export function refusalOf(cluster: Cluster, set: DaemonSet): string | undefined {
  const template = createPodTemplate(set.spec.template, getTemplateGeneration(set), '')
  return refusalOfPod(cluster.core, podFromTemplate(set, template, '') as Pod)
}
