import { ApiError } from '#k8s/api-error.ts'
import { isTerminal, observedGeneration } from '#k8s/pod.ts'
import type { Condition, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'

/** What an orphaned pod says of its end (NL-7.5). */
export const nodeGoneCondition = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'DeletionByPodGC',
  message: 'PodGC: node no longer exists',
} as const

/**
 * Deletes a pod without grace; since 1.26 one that is not terminal is first marked Failed, with the condition if one is given.
 * A pod that is gone already is no error.
 * @source pkg/controller/podgc/gc_controller.go markFailedAndDeletePodWithCondition; NL-7.5
 */
export function forceDelete(context: ControllerContext, pod: Pod, condition?: Condition): void {
  const { api, version } = context
  const { namespace = '', name, uid } = pod.metadata
  try {
    if (since(version, 'disruptionConditions') && !isTerminal(pod)) {
      const others = pod.status.conditions?.filter((c) => c.type !== condition?.type) ?? []
      const conditions = condition
        ? [...others, { ...condition, ...observedGeneration(pod, version), lastTransitionTime: context.timestamp() }]
        : pod.status.conditions
      api.updateStatus('Pod', pod, { ...pod.status, phase: 'Failed', ...(conditions && { conditions }) })
    }
    api.delete('Pod', namespace, name, { gracePeriodSeconds: 0, uid })
  } catch (error) {
    if (!(error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Conflict'))) throw error
  }
}
