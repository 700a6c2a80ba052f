import type { PodSpec } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'

/** The spec without what the API server of this version knows but throws away. @source pkg/api/pod DropDisabledPodFields */
export function dropDisabledFields(spec: PodSpec, version: KubernetesVersion): PodSpec {
  if (since(version, 'sidecarContainers') || !spec.initContainers?.some((c) => c.restartPolicy !== undefined)) return spec
  return { ...spec, initContainers: spec.initContainers.map(({ restartPolicy: _, ...container }) => container) }
}
