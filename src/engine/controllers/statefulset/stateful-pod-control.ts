import { ApiError } from '#k8s/api-error.ts'
import type { Pod, StatefulSet } from '#k8s/types.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'
import { errorText } from '../replicaset/pod-control.ts'
import { claimNameFor, claimTemplateNames, ordinalOf, withIdentity } from './stateful-pod.ts'

/** `namespace/name` of the claims announced so far. */
export type KnownClaims = Set<string>

type Verb = 'create' | 'delete' | 'update'

const reasons: Record<Verb, string> = { create: 'Create', delete: 'Delete', update: 'Update' }

/** Does a write and says in an event how it went. @source stateful_pod_control.go recordPodEvent; WC-4.7 */
function recorded(context: ControllerContext, set: StatefulSet, verb: Verb, podName: string, write: () => void): void {
  const start = `${verb} Pod ${podName} in StatefulSet ${set.metadata.name}`
  try {
    write()
    context.record(set, 'Normal', `Successful${reasons[verb]}`, `${start} successful`)
  } catch (error) {
    // a pod that is there already is no news
    if (!(verb === 'create' && error instanceof ApiError && error.reason === 'AlreadyExists'))
      context.record(set, 'Warning', `Failed${reasons[verb]}`, `${start} failed error: ${errorText(error)}`)
    throw error
  }
}

/** Creates a pod, and before it the claims it is the first to need. Throws what the API answers. @source CreateStatefulPod */
export function createStatefulPod(context: ControllerContext, set: StatefulSet, claims: KnownClaims, pod: Omit<Pod, 'status'>): void {
  for (const template of claimTemplateNames(set)) {
    const claim = claimNameFor(set, template, ordinalOf(pod as Pod))
    const key = `${set.metadata.namespace}/${claim}`
    if (claims.has(key)) continue
    claims.add(key)
    context.record(set, 'Normal', 'SuccessfulCreate', `create Claim ${claim} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} success`)
  }
  recorded(context, set, 'create', pod.metadata.name, () => context.api.create('Pod', pod))
}

export function deleteStatefulPod(context: ControllerContext, set: StatefulSet, pod: Pod): void {
  recorded(context, set, 'delete', pod.metadata.name, () => context.api.delete('Pod', pod.metadata.namespace ?? '', pod.metadata.name))
}

/** Gives a pod the labels back that tell its set and ordinal. @source UpdateStatefulPod */
export function updateStatefulPod(context: ControllerContext, set: StatefulSet, pod: Pod): void {
  recorded(context, set, 'update', pod.metadata.name, () => context.api.update('Pod', withIdentity(pod, context.version)))
}
