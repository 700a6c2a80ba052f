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

const policies = ['Background', 'Foreground', 'Orphan'] as const

interface DeleteBody {
  gracePeriodSeconds?: number
  propagationPolicy?: string
  orphanDependents?: boolean
  preconditions?: { uid?: string; resourceVersion?: string }
}

/** metav1.DeleteOptions from body or query. Throws Invalid. */
export function requestDeleteOptions(body: DeleteBody, query: URLSearchParams) {
  const grace = body.gracePeriodSeconds ?? (query.has('gracePeriodSeconds') ? Number(query.get('gracePeriodSeconds')) : undefined)
  const named = body.propagationPolicy ?? query.get('propagationPolicy') ?? (body.orphanDependents === true ? 'Orphan' : undefined)
  const propagationPolicy = policies.find((p) => p === named)
  if (named && !propagationPolicy)
    throw new ApiError(
      'Invalid',
      `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ${JSON.stringify(named)}: supported values: "Foreground", "Background", "Orphan", "nil"`,
    )
  return {
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(propagationPolicy && { propagationPolicy }),
    ...(body.preconditions && { preconditions: body.preconditions }),
  }
}

/** Whether a write is only tried. */
export function isDryRun(query: URLSearchParams, options: { dryRun?: unknown } = {}): boolean {
  return query.has('dryRun') || (Array.isArray(options.dryRun) && options.dryRun.length > 0)
}

/** What the Eviction in a body, or the query, says about how the pod is to go. */
export function requestEvictOptions(body: { deleteOptions?: { gracePeriodSeconds?: number; dryRun?: string[] } }, query: URLSearchParams) {
  const { deleteOptions = {} } = body
  return { gracePeriodSeconds: deleteOptions.gracePeriodSeconds, dryRun: isDryRun(query, deleteOptions) }
}

/** The Status that tells of an object which is gone. */
export function deletedStatus({ group, plural }: Resource, name: string, uid: string | undefined): object {
  const details = { name, ...(group && { group }), kind: plural, uid }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}

export const evictedStatus = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }

export const noSuchPath = (): ApiError => new ApiError('NotFound', 'the server could not find the requested resource')
export const notAllowed = (): ApiError => new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource')
