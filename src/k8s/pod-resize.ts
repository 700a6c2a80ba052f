/** A pod whose cpu and memory are being changed in place: what it has is not what it asks for. @source KEP 1287 */
import { largestOf } from './container-resources.ts'
import { statusNamed } from './container-statuses.ts'
import { podCondition } from './pod.ts'
import type { Container, ContainerStatus, Pod, PodSpec, ResourceList } from './types.ts'

export const resizePending = 'PodResizePending'
export const resizeInProgress = 'PodResizeInProgress'

/** Whether the pod is waiting for other resources, or being given them. Only a pod that was changed can be. */
export const isResizing = (pod: Pod): boolean =>
  (pod.metadata.generation ?? 0) > 1 && (podCondition(pod, resizePending) ?? podCondition(pod, resizeInProgress)) !== undefined

/** The pod's spec with other requests where the status of a container is known. */
function withRequests({ spec, status }: Pod, requestsOf: (container: Container, known: ContainerStatus) => ResourceList | undefined): PodSpec {
  const change = (list: readonly Container[], known: readonly ContainerStatus[] = []) =>
    list.map((container) => {
      const found = statusNamed(known, container.name)
      return found ? { ...container, resources: { ...container.resources, requests: requestsOf(container, found) } } : container
    })
  const inits = spec.initContainers && { initContainers: change(spec.initContainers, status.initContainerStatuses) }
  return { ...spec, ...inits, containers: change(spec.containers, status.containerStatuses) }
}

/** The spec with what the kubelet has allocated to the containers: less or more than they ask for while they wait. */
export const allocatedSpec = (pod: Pod): PodSpec =>
  isResizing(pod) ? withRequests(pod, ({ resources }, { allocatedResources }) => allocatedResources ?? resources?.requests) : pod.spec

/**
 * The spec with what the scheduler counts of the pod: the most of what is asked for (unless it can never be had), allocated and in use.
 * @source component-helpers/resource determineContainerReqs; SCH-3.15
 */
export function countedSpec(pod: Pod): PodSpec {
  if (!isResizing(pod)) return pod.spec
  const isInfeasible = podCondition(pod, resizePending)?.reason === 'Infeasible'
  return withRequests(pod, ({ resources: asked }, { allocatedResources, resources }) =>
    [isInfeasible ? undefined : asked?.requests, resources?.requests, allocatedResources].reduce<ResourceList>(largestOf, {}),
  )
}
