import type { Container, Pod, PodSpec, PodTemplateSpec } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import { defaultContainer, defaultHostPorts, defaultResourceList, requestsFromLimits } from './container.ts'
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

/** A template as it is stored; `creationTimestamp: null` was part of it until 1.33. */
export function defaultPodTemplate(template: PodTemplateSpec | undefined, version: KubernetesVersion): PodTemplateSpec {
  const given = template ?? ({} as PodTemplateSpec)
  let result = given
  if (!since(version, 'creationTimestampOmitted') && given.metadata?.creationTimestamp === undefined) {
    result = { ...result, metadata: { creationTimestamp: null, ...given.metadata } as unknown as PodTemplateSpec['metadata'] }
  }
  const spec = given.spec ?? ({ containers: [] } as unknown as PodSpec)
  return withField(result, 'spec', defaultPodSpec(spec, !since(version, 'hostPortDefaultOnlyInPod')))
}

/** @source SetDefaults_Pod */
export function defaultPod(pod: Pod): Pod {
  const spec = pod.spec ?? ({ containers: [] } as unknown as PodSpec)
  const result = mapContainers(fillAbsent(defaultPodSpec(spec, true), { enableServiceLinks: true }), requestsFromLimits)
  return withField(pod, 'spec', result)
}
