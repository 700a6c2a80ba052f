import type { Container, PodSpec } from './types.ts'

export interface Placed {
  container: Container
  at: string
}

/** All containers of a pod with their paths. @source pods.VisitContainersWithPath */
export function placedContainers(spec: PodSpec, path: string): Placed[] {
  const of = (list: readonly Container[] | undefined, name: string): Placed[] =>
    (list ?? []).map((container, i) => ({ container, at: `${path}.${name}[${i}]` }))
  return [...of(spec.initContainers, 'initContainers'), ...of(spec.containers, 'containers'), ...of(spec.ephemeralContainers, 'ephemeralContainers')]
}
