import { selectionOf } from '#k8s/api/selection.ts'
import { apiVersionOf } from '#k8s/resources.ts'
import { scaleNotFound, scaleOf } from '#k8s/scale.ts'
import { exists } from '#kubectl/exists.ts'
import { wholeObject } from '#kubectl/field-owners.ts'
import { checkSubresource } from '#kubectl/subresource.ts'
import { type Answer, noSuchPath, ok } from './answer.ts'
import { type ApiRequest, type Backend, includeObjectOf, printTime } from './request.ts'
import { partialMetadata, toTable } from './table.ts'
import { watch } from './watch.ts'

function getOne(backend: Backend, { route, form, query }: ApiRequest): Answer {
  const { resource, namespace, name = '', subresource } = route
  if (subresource === 'scale' || subresource === 'resize') checkSubresource(subresource, resource, backend.cluster.client)
  const ref = { kind: resource.kind, namespace, name }
  if (subresource === 'scale' && !exists(backend.cluster.client, ref)) throw scaleNotFound(resource, name)
  const object = backend.cluster.client.get(ref)
  if (subresource === 'scale') return ok(scaleOf(object))
  if (subresource !== undefined && subresource !== 'status' && subresource !== 'resize') return noSuchPath
  if (form === 'Table') {
    const metadata = { resourceVersion: object.metadata.resourceVersion }
    return ok(toTable(resource.kind, [object], includeObjectOf(query), printTime(backend), { metadata }))
  }
  return ok(form === 'PartialObjectMetadata' ? partialMetadata(object) : wholeObject(backend.cluster.client, object))
}

/** All that match at once: `limit` is taken as a wish, and a `continue` token is never given out. */
function list(backend: Backend, request: ApiRequest): Answer {
  const { resource } = request.route
  const { items, resourceVersion } = backend.cluster.client.list(resource.kind, selectionOf(request.route, request.query))
  const metadata = { resourceVersion }
  if (request.form === 'Table') return ok(toTable(resource.kind, items, includeObjectOf(request.query), printTime(backend), { metadata }))
  if (request.form === 'PartialObjectMetadata')
    return ok({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(partialMetadata) })
  return ok({
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata,
    items: items.map((item) => wholeObject(backend.cluster.client, item)),
  })
}

/** Whether a parameter of a query says yes. */
export const isTrue = (value: string | null): boolean => value !== null && !['', '0', 'false'].includes(value)

/** GET of an object, a collection, or with `?watch=true` of what happens to them. */
export function read(backend: Backend, request: ApiRequest): Answer {
  if (isTrue(request.query.get('watch')) && request.route.subresource === undefined) return watch(backend, request)
  return request.route.name === undefined ? list(backend, request) : getOne(backend, request)
}
