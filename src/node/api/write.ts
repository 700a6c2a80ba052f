import { checkName } from '#k8s/api/check-name.ts'
import { evictedStatus, requestNewObject, requestObject } from '#k8s/api/request-object.ts'
import { checkWriteQuery, isDryRun, managerOfProgram, requestEvictOptions, type WriteOptionsKind } from '#k8s/api/request-options.ts'
import { isFinalize } from '#k8s/api/route.ts'
import { scaleOf } from '#k8s/scale.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import { exists } from '#kubectl/exists.ts'
import { wholeObject } from '#kubectl/field-owners.ts'
import { putScale } from '#kubectl/put-scale.ts'
import { checkSubresource } from '#kubectl/subresource.ts'
import type { ObjectRef, PatchType, WriteOptions } from '#protocol/api-client.ts'
import { type Answer, noSuchPath, notAllowed, ok } from './answer.ts'
import { objectOf, parseJson, unsupportedType } from './body.ts'
import type { ApiRequest, Backend } from './request.ts'
import { includeObjectOf, printTime } from './request.ts'
import { partialMetadata, toTable } from './table.ts'

/** POST, PUT and PATCH of objects. */

const patchTypes: Record<string, PatchType> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
}

const parts = new Set(['status', 'scale', 'finalize', 'resize'])

/** Options of a write as its query says them; warnings are collected. @source metav1.CreateOptions; DS-16 */
function optionsOf({ cluster }: Backend, { query, route, userAgent, warnings }: ApiRequest, kind: WriteOptionsKind, isApply = false): WriteOptions {
  checkWriteQuery(kind, query, cluster.options.version, isApply)
  const { subresource } = route
  return {
    dryRun: isDryRun(query),
    fieldValidation: (query.get('fieldValidation') || 'Warn') as WriteOptions['fieldValidation'],
    onWarning: (text) => warnings.push(text),
    // who does not say who it is, is its program
    fieldManager: query.get('fieldManager') || managerOfProgram(userAgent),
    ...(isApply && { force: query.get('force') === 'true' }),
    ...(parts.has(subresource ?? '') && { subresource: subresource as WriteOptions['subresource'] }),
  }
}

const manifestOf = (request: ApiRequest): KubeObject => requestObject(objectOf(request), request.route)

/** What a write left, in the form that was asked for. */
function written(backend: Backend, request: ApiRequest, object: AnyObject, code = 200): Answer {
  const { route, form, query } = request
  if (route.subresource === 'scale') return ok(scaleOf(object), code)
  if (form === 'Table') {
    const metadata = { resourceVersion: object.metadata.resourceVersion }
    return ok(toTable(route.resource.kind, [object], includeObjectOf(query), printTime(backend), { metadata }), code)
  }
  return ok(form === 'PartialObjectMetadata' ? partialMetadata(object) : wholeObject(backend.cluster.client, object), code)
}

export function create(backend: Backend, request: ApiRequest): Answer {
  const { name, subresource, resource, namespace } = request.route
  const { client } = backend.cluster
  if (resource.kind === 'Pod' && subresource === 'eviction' && name !== undefined) {
    client.evict({ kind: 'Pod', namespace, name }, requestEvictOptions(objectOf(request), request.query, backend.cluster.options.version))
    return ok(evictedStatus, 201)
  }
  if (subresource !== undefined) return checkSubresource(subresource, resource, client) ? notAllowed : noSuchPath
  if (name !== undefined) return notAllowed
  const options = optionsOf(backend, request, 'CreateOptions')
  return written(backend, request, client.create(requestNewObject(objectOf(request), request.route), options), 201)
}

const isKnownPart = (subresource = ''): boolean => ['', 'status', 'scale', 'resize'].includes(subresource)

/** The object a request's path names; a part of a kind that has none is not there. */
function refOf({ cluster }: Backend, { resource, namespace, name = '', subresource }: ApiRequest['route']): ObjectRef {
  const ref = { kind: resource.kind, namespace, name }
  if (subresource === 'scale' || subresource === 'resize') checkSubresource(subresource, resource, cluster.client)
  return ref
}

export function update(backend: Backend, request: ApiRequest): Answer {
  const { name, subresource } = request.route
  if (!isKnownPart(subresource) && !isFinalize(request.route)) return noSuchPath
  const manifest = manifestOf(request)
  checkName(manifest, name ?? '')
  const { cluster } = backend
  const options = optionsOf(backend, request, 'UpdateOptions')
  if (subresource !== 'scale') return written(backend, request, cluster.client.update(manifest, options))
  return written(backend, request, putScale(cluster.client, refOf(backend, request.route), manifest, options))
}

export function patch(backend: Backend, request: ApiRequest): Answer {
  const { route, contentType, body } = request
  if (!isKnownPart(route.subresource)) return noSuchPath
  const type = patchTypes[contentType]
  if (!type) throw unsupportedType(Object.keys(patchTypes))
  const { client } = backend.cluster
  const options = optionsOf(backend, request, 'PatchOptions', type === 'apply')
  if (type !== 'apply') {
    const value = parseJson(body.toString('utf8'))
    return written(backend, request, client.patch(refOf(backend, route), type, value, options))
  }
  const { resource, namespace, name = '' } = route
  const ref = { kind: resource.kind, namespace, name }
  const isNew = !exists(client, ref)
  const applied = client.patch(ref, 'apply', objectOf({ ...request, contentType: 'application/yaml' }), options)
  return written(backend, request, applied, isNew ? 201 : 200)
}
