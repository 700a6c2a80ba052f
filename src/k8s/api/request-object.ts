import { ApiError } from '../api-error.ts'
import { apiVersionOf, type Resource } from '../resources.ts'
import { otherKindRefusal } from '../schema/decode.ts'
import type { KubeObject } from '../types.ts'
import type { Route } from './route.ts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands in a body as an object. Throws BadRequest. */
export function bodyObject(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new ApiError('BadRequest', 'the object provided is unrecognized: it is not a map')
  return value
}

/** An object as written in a request, checked against where it was sent. @source apiserver/pkg/endpoints/handlers create, EnsureObjectNamespaceMatchesRequestNamespace */
export function requestObject(body: Record<string, unknown>, { resource, namespace, subresource }: Route): KubeObject {
  const isScale = subresource === 'scale'
  const expected = isScale ? 'autoscaling/v1' : apiVersionOf(resource)
  const expectedKind = isScale ? 'Scale' : resource.kind
  const { apiVersion = expected, kind = expectedKind, metadata = {}, ...rest } = body as Partial<KubeObject>
  const refusal = isScale ? undefined : otherKindRefusal(resource.kind, { apiVersion, kind })
  if (refusal) throw refusal
  if (apiVersion !== expected)
    throw new ApiError('BadRequest', `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`)
  if (kind !== expectedKind) throw new ApiError('BadRequest', `${kind} in version "v1" cannot be handled as a ${expectedKind}`)
  const own = (metadata as Partial<KubeObject['metadata']>) ?? {}
  if (namespace !== undefined && own.namespace && own.namespace !== namespace)
    throw new ApiError('BadRequest', 'the namespace of the provided object does not match the namespace sent on the request')
  return { ...rest, apiVersion, kind, metadata: { ...own, ...(namespace !== undefined && { namespace }) } } as KubeObject
}

/** An object to be made. A version that is no number is passed over. @source apiserver/pkg/registry/generic/registry/store.go Create */
export function requestNewObject(body: Record<string, unknown>, route: Route): KubeObject {
  const object = requestObject(body, route)
  if (Number(object.metadata.resourceVersion) > 0) throw new ApiError('Unknown', 'resourceVersion should not be set on objects to be created')
  return object
}

/** The Status that tells of an object which is gone. */
export function deletedStatus({ group, plural }: Resource, name: string, uid: string | undefined): object {
  const details = { name, ...(group && { group }), kind: plural, uid }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}

export const evictedStatus = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }

export const noSuchPath = (): ApiError => new ApiError('NotFound', 'the server could not find the requested resource')
export const notAllowed = (): ApiError => new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource')
