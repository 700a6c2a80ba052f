import { isPodLevel } from '../pod-resources.ts'
import { addQuantities } from '../quantity.ts'
import type { Container, Pod, PodSpec, PodTemplateSpec, ResourceList } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import { defaultContainer, defaultHostPorts, defaultResourceList, requestsFromLimits } from './container.ts'
import { dropDisabledFields } from './disabled-fields.ts'
import { fill, fillAbsent, mapKeeping, withField } from './fill.ts'
import { defaultVolume } from './volume.ts'

const containerLists = ['containers', 'initContainers'] as const

function mapLists(spec: PodSpec, change: (list: Container[]) => Container[]): PodSpec {
  let result = spec
  for (const key of containerLists) {
    const list = result[key]
    if (list) result = withField(result, key, change(list))
  }
  return result
}

const mapContainers = (spec: PodSpec, change: (container: Container) => Container) =>
  mapLists(spec, (list) => mapKeeping(list, change) as Container[])

/** Lists that lack nothing: all pods of a template share its own. */
const complete = new WeakSet<Container[]>()

function defaultContainers(list: Container[]): Container[] {
  if (complete.has(list)) return list
  const result = mapKeeping(list, defaultContainer) as Container[]
  complete.add(result)
  return result
}

/**
 * The defaults a pod and a template share. `hostPorts`: whether hostNetwork fills hostPort.
 * @source pkg/apis/core/v1/defaults.go SetDefaults_PodSpec; DS-14.2
 */
function defaultPodSpec(spec: PodSpec, hostPorts: boolean): PodSpec {
  let result = fill(spec, { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', schedulerName: 'default-scheduler' })
  result = fillAbsent(result, { securityContext: {}, terminationGracePeriodSeconds: 30 })
  // The two names of the account are one field inside the API server.
  const account = result.serviceAccountName || result.serviceAccount
  if (account) result = withField(withField(result, 'serviceAccountName', account), 'serviceAccount', account)
  result = mapLists(result, defaultContainers)
  if (hostPorts && result.hostNetwork) result = mapContainers(result, defaultHostPorts)
  if (result.volumes) result = withField(result, 'volumes', mapKeeping(result.volumes, defaultVolume))
  if (result.overhead) result = withField(result, 'overhead', defaultResourceList(result.overhead))
  return result
}

/** A template as it is stored: `creationTimestamp: null` was part of it until 1.33. */
export function withTemplateTime<T extends { readonly metadata?: object }>(template: T, version: KubernetesVersion): T {
  const { metadata } = template
  if (since(version, 'creationTimestampOmitted') || (metadata && 'creationTimestamp' in metadata)) return template
  return { ...template, metadata: { creationTimestamp: null, ...metadata } }
}

export function defaultPodTemplate(template: PodTemplateSpec | undefined, version: KubernetesVersion): PodTemplateSpec {
  const given = template ?? ({} as PodTemplateSpec)
  const result = withTemplateTime(given, version)
  const spec = given.spec ?? ({ containers: [] } as unknown as PodSpec)
  return withField(result, 'spec', defaultPodSpec(dropDisabledFields(spec, version), !since(version, 'hostPortDefaultOnlyInPod')))
}

/** A pod that is limited as a whole requests what its containers do, or else as much as its limit. @source defaultPodRequests */
function podLevelRequests(spec: PodSpec): PodSpec {
  const { limits, requests = {} } = spec.resources ?? {}
  if (!limits) return spec
  let filled: ResourceList = requests
  for (const container of spec.containers ?? []) {
    const own = container.resources?.requests
    for (const name in own)
      if (isPodLevel(name) && requests[name] === undefined) filled = { ...filled, [name]: addQuantities(filled[name] ?? '0', own[name] as string) }
  }
  return withField(spec, 'resources', { ...spec.resources, requests: fillAbsent(filled, limits) })
}

/** @source SetDefaults_Pod */
export function defaultPod(pod: Pod, version: KubernetesVersion): Pod {
  const spec = pod.spec ?? ({ containers: [] } as unknown as PodSpec)
  const result = mapContainers(fillAbsent(defaultPodSpec(dropDisabledFields(spec, version), true), { enableServiceLinks: true }), requestsFromLimits)
  return withField(pod, 'spec', podLevelRequests(result))
}
