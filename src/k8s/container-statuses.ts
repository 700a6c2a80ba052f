import type { ContainerStatus, Pod } from './types.ts'

/** The status of the container of this name. */
export function statusNamed(statuses: readonly ContainerStatus[] | undefined, name: string): ContainerStatus | undefined {
  if (statuses) for (const status of statuses) if (status.name === name) return status
  return undefined
}

/** What is known of all containers of a pod, init containers first. */
export const containerStatusesOf = ({ status }: Pod): readonly ContainerStatus[] => [
  ...(status?.initContainerStatuses ?? []),
  ...(status?.containerStatuses ?? []),
  ...(status?.ephemeralContainerStatuses ?? []),
]
