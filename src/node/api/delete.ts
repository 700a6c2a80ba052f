import { deletedStatus } from '#k8s/api/request-object.ts'
import { requestDeleteOptions } from '#k8s/api/request-options.ts'
import { selectionOf } from '#k8s/api/selection.ts'
import { ApiError } from '#k8s/api-error.ts'
import { apiVersionOf } from '#k8s/resources.ts'
import type { AnyObject } from '#k8s/types.ts'
import { exists } from '#kubectl/exists.ts'
import { wholeObject } from '#kubectl/field-owners.ts'
import { checkSubresource } from '#kubectl/subresource.ts'
import type { DeleteOptions } from '#protocol/api-client.ts'
import { type Answer, noSuchPath, notAllowed, ok } from './answer.ts'
import { objectOf } from './body.ts'
import type { ApiRequest, Backend } from './request.ts'

const optionsOf = ({ cluster }: Backend, request: ApiRequest): DeleteOptions =>
  requestDeleteOptions(objectOf(request), request.query, cluster.options.version)

/**
 * DELETE of one object: what is left of it while it terminates, else a Status that names it (pods are always shown).
 * @source apiserver/pkg/registry/generic/registry/store.go finalizeDelete
 */
function deleteOne(backend: Backend, request: ApiRequest): Answer {
  const { resource, namespace, name = '', subresource } = request.route
  const { client } = backend.cluster
  if (subresource !== undefined) return checkSubresource(subresource, resource, client) ? notAllowed : noSuchPath
  const ref = { kind: resource.kind, namespace, name }
  const options = optionsOf(backend, request)
  const object = client.delete(ref, options)
  const { uid } = object.metadata
  if (resource.kind === 'Pod' || (exists(client, ref, uid) && !options.dryRun)) return ok(wholeObject(client, object))
  return ok(deletedStatus(resource, name, uid))
}

/** DELETE of a collection: each object on its own; those already gone are passed over. */
function deleteCollection(backend: Backend, request: ApiRequest): Answer {
  const { resource } = request.route
  const options = optionsOf(backend, request)
  const { client } = backend.cluster
  const { items, resourceVersion } = client.list(resource.kind, selectionOf(request.route, request.query))
  const deleted = items.flatMap((item): AnyObject[] => {
    const { namespace, name } = item.metadata
    try {
      return [wholeObject(client, client.delete({ kind: resource.kind, namespace, name }, options))]
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
