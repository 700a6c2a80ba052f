import type { PodTemplateSpec } from '#k8s/types.ts'

/** CONTAINERS and IMAGES of a workload's template. @source pkg/printers/internalversion layoutContainerCells */
export function containerCells(template: PodTemplateSpec): [names: string, images: string] {
  const containers = template.spec.containers ?? []
  return [containers.map((c) => c.name).join(','), containers.map((c) => c.image ?? '').join(',')]
}
