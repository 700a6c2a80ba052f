import { ApiError } from '#k8s/api-error.ts'
import { apiVersionOf } from '#k8s/resources.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { DeleteOptions } from '#protocol/api-client.ts'
import { type Answer, noSuchPath, ok } from './answer.ts'
import { objectOf } from './body.ts'
import { exists } from './exists.ts'
import { withOwners } from './owners.ts'
import type { ApiRequest, Backend } from './request.ts'
import { selectionOf } from './selection.ts'
import { isDryRun } from './write.ts'

const policies = ['Background', 'Foreground', 'Orphan'] as const

interface DeleteBody {
  gracePeriodSeconds?: number
  propagationPolicy?: string
  orphanDependents?: boolean
  preconditions?: DeleteOptions['preconditions']
  dryRun?: string[]
}

/** metav1.DeleteOptions from body or query. */
function optionsOf(request: ApiRequest): DeleteOptions {
  const body = objectOf(request) as DeleteBody
  const { query } = request
  const grace = body.gracePeriodSeconds ?? (query.has('gracePeriodSeconds') ? Number(query.get('gracePeriodSeconds')) : undefined)
  const named = body.propagationPolicy ?? query.get('propagationPolicy') ?? (body.orphanDependents === true ? 'Orphan' : undefined)
  const propagationPolicy = policies.find((p) => p === named)
  if (named && !propagationPolicy)
    throw new ApiError('Invalid', `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ${JSON.stringify(named)}`)
  return {
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(propagationPolicy && { propagationPolicy }),
    ...(body.preconditions && { preconditions: body.preconditions }),
    dryRun: isDryRun(query, body),
  }
}

/**
 * DELETE of one object: what is left of it while it terminates, else a Status that names it (pods are always shown).
 * @source apiserver/pkg/registry/generic/registry/store.go finalizeDelete
 */
function deleteOne({ cluster, log }: Backend, request: ApiRequest): Answer {
  const { resource, namespace, name = '', subresource } = request.route
  if (subresource !== undefined) return noSuchPath
  const { client } = cluster
  const ref = { kind: resource.kind, namespace, name }
  const options = optionsOf(request)
  const object = client.delete(ref, options)
  const { uid } = object.metadata
  if (resource.kind === 'Pod' || (exists(client, ref, uid) && !options.dryRun)) return ok(withOwners({ cluster, log }, object))
  const details = { name, ...(resource.group && { group: resource.group }), kind: resource.plural, uid }
  return ok({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details })
}

/** DELETE of a collection: each object on its own; those already gone are passed over. */
function deleteCollection({ cluster }: Backend, request: ApiRequest): Answer {
  const { resource } = request.route
  const options = optionsOf(request)
  const { client } = cluster
  const { items, resourceVersion } = client.list(resource.kind, selectionOf(request.route, request.query))
  const deleted = items.flatMap((item): AnyObject[] => {
    const { namespace, name } = item.metadata
    try {
      return [client.delete({ kind: resource.kind, namespace, name }, options)]
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound') return []
      throw error
    }
  })
  return ok({ kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata: { resourceVersion }, items: deleted })
}

export function remove(backend: Backend, request: ApiRequest): Answer {
  return request.route.name === undefined ? deleteCollection(backend, request) : deleteOne(backend, request)
}
