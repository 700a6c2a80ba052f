import { ApiError } from '#k8s/api-error.ts'
import { controllerRef } from '#k8s/owner.ts'
import type { KubeObject, Pod, PodTemplateSpec } from '#k8s/types.ts'
import type { ControllerContext } from './controller-context.ts'

/** A create that was refused because its namespace is going away: no use in trying again. */
export function isNamespaceTerminating(error: unknown): boolean {
  return error instanceof ApiError && (error.details.causes?.some((cause) => cause.reason === 'NamespaceTerminating') ?? false)
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The pod of a template, owned by its controller, with a name to be generated. @source GetPodFromTemplate; NM-1.2 */
export function podFromTemplate(owner: KubeObject, template: PodTemplateSpec): Omit<Pod, 'status'> {
  const { labels, annotations, finalizers } = template.metadata ?? {}
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ownerReferences: [controllerRef(owner)],
    },
    spec: template.spec,
  }
}

/** Creates a pod and says so in an event. Throws what the API answered. @source RealPodControl.createPods; WC-1.2 */
export function createPod(context: ControllerContext, owner: KubeObject, pod: Omit<Pod, 'status'>): void {
  try {
    const created = context.api.create('Pod', pod)
    context.record(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`)
  } catch (error) {
    if (!isNamespaceTerminating(error)) context.record(owner, 'Warning', 'FailedCreate', `Error creating: ${errorText(error)}`)
    throw error
  }
}

/** Deletes a pod and says so in an event; silent, but throwing, when it is gone already. @source RealPodControl.DeletePod; WC-1.2 */
export function deletePod(context: ControllerContext, owner: KubeObject, pod: Pod): void {
  try {
    context.api.delete('Pod', pod.metadata.namespace ?? '', pod.metadata.name)
    context.record(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)
  } catch (error) {
    if (!(error instanceof ApiError && error.reason === 'NotFound'))
      context.record(owner, 'Warning', 'FailedDelete', `Error deleting: ${errorText(error)}`)
    throw error
  }
}
