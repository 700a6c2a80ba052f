import { notAllowed } from '#k8s/api/request-object.ts'
import { ApiError } from '#k8s/api-error.ts'
import { hasStatus, type Resource } from '#k8s/resources.ts'
import type { AnyObject, Deployment, KubeObject } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { CommandError } from './error-text.ts'

export type Subresource = 'status' | 'scale' | 'resize'

const withScale = ['Deployment', 'ReplicaSet', 'StatefulSet']

function isPart(name: string, { kind }: Resource, version: KubernetesVersion): boolean {
  if (name === 'resize') return kind === 'Pod' && since(version, 'podResize')
  return name === 'status' ? hasStatus(kind) : name === 'scale' && withScale.includes(kind)
}

/** The part that --subresource names, checked for a type: NotFound, as the server says, when it has no such part. */
export function checkSubresource(name: string, resource: Resource, { version }: Pick<ApiClient, 'version'>): Subresource | undefined {
  if (name === '') return undefined
  if (resource.kind === 'Namespace' && name === 'finalize') throw notAllowed()
  if (!isPart(name, resource, version as KubernetesVersion)) throw new ApiError('NotFound', 'the server could not find the requested resource')
  return name as Subresource
}

/** Refuses --subresource where only single objects can be meant. @source cli-runtime/pkg/resource Builder.Subresource */
export function requireNamesFor(subresource: string, isNamed: boolean): void {
  if (subresource !== '' && !isNamed) throw new CommandError('subresource cannot be used when bulk resources are specified')
}

/** The Scale of a workload, as its subresource shows it. */
export function scaleOf(object: AnyObject): KubeObject {
  const { metadata, spec, status } = object as Deployment
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status.replicas ?? 0 },
  } as KubeObject
}
