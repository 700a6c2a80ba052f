import { noSuchPath, notAllowed } from '#k8s/api/request-object.ts'
import { ApiError } from '#k8s/api-error.ts'
import { hasScale, hasStatus, type Resource, resources } from '#k8s/resources.ts'
import { scaleNotFound } from '#k8s/scale.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { CommandError } from './error-text.ts'

export type Subresource = 'status' | 'scale' | 'resize'

function isPart(name: string, { kind }: Resource, version: KubernetesVersion): boolean {
  if (name === 'resize') return kind === 'Pod' && since(version, 'podResize')
  return name === 'status' ? hasStatus(kind) : name === 'scale' && hasScale(kind)
}

/** The part that --subresource names, checked for a type: NotFound, as the server says, when it has no such part. */
export function checkSubresource(name: string, resource: Resource, { version }: Pick<ApiClient, 'version'>): Subresource | undefined {
  if (name === '') return undefined
  if (resource.kind === 'Namespace' && name === 'finalize') throw notAllowed()
  if (!isPart(name, resource, version as KubernetesVersion)) throw noSuchPath()
  return name as Subresource
}

/** Refuses --subresource where only single objects can be meant. @source cli-runtime/pkg/resource Builder.Subresource */
export function requireNamesFor(subresource: string, isNamed: boolean): void {
  if (subresource !== '' && !isNamed) throw new CommandError('subresource cannot be used when bulk resources are specified')
}

/** What went wrong with an object, said of the part that was asked for. */
export function errorOfPart(error: Error, subresource: string): Error {
  if (subresource !== 'scale' || !(error instanceof ApiError) || error.reason !== 'NotFound') return error
  const resource = resources.find(({ plural }) => plural === error.details.kind)
  return resource ? scaleNotFound(resource, error.details.name ?? '') : error
}
