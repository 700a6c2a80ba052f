import { ApiError } from '#k8s/api-error.ts'
import { isTerminal } from '#k8s/pod.ts'
import { type Disruption, withDisruptionTarget } from '#k8s/pod-condition.ts'
import type { Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'

/** What an orphaned pod says of its end (NL-7.5). */
export const nodeGone: Disruption = { reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' }

/**
 * Deletes a pod without grace; since 1.26 one that is not terminal is first marked Failed, with the reason if one is given.
 * A pod that is gone already is no error.
 * @source pkg/controller/podgc/gc_controller.go markFailedAndDeletePodWithCondition; NL-7.5
 */
export function forceDelete(context: ControllerContext, pod: Pod, disruption?: Disruption): void {
  const { api, version } = context
  const { namespace = '', name, uid } = pod.metadata
  try {
    if (since(version, 'disruptionConditions') && !isTerminal(pod)) {
      const status = disruption ? withDisruptionTarget(pod, disruption, version, context.timestamp()) : pod.status
      api.updateStatus('Pod', pod, { ...status, phase: 'Failed' })
    }
    api.delete('Pod', namespace, name, { gracePeriodSeconds: 0, uid })
  } catch (error) {
    if (!(error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Conflict'))) throw error
  }
}
