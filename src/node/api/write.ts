import { scaleOf } from '#engine/store/scale.ts'
import { checkName } from '#k8s/api/check-name.ts'
import { evictedStatus, isDryRun, requestEvictOptions, requestObject } from '#k8s/api/request-object.ts'
import { isFinalize } from '#k8s/api/route.ts'
import { ApiError } from '#k8s/api-error.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import { wholeObject } from '#kubectl/commands/raw-path.ts'
import { exists } from '#kubectl/exists.ts'
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

const directives = ['Strict', 'Warn', 'Ignore'] as const

/** Options of a write as its query says them; warnings are collected. @source metav1.CreateOptions; DS-16 */
const parts = new Set(['status', 'scale', 'finalize', 'resize'])

function optionsOf({ query, route, userAgent, warnings }: ApiRequest): WriteOptions {
  const value = query.get('fieldValidation') || 'Warn'
  const fieldValidation = directives.find((d) => d === value)
  if (!fieldValidation)
    throw new ApiError('BadRequest', `fieldValidation: Unsupported value: ${JSON.stringify(value)}: supported values: "Ignore", "Strict", "Warn"`)
  const { subresource } = route
  return {
    dryRun: isDryRun(query),
    fieldValidation,
    onWarning: (text) => warnings.push(text),
    // who does not say who it is, is its program
    fieldManager: query.get('fieldManager') || userAgent.split('/')[0],
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
    client.evict({ kind: 'Pod', namespace, name }, requestEvictOptions(objectOf(request), request.query))
    return ok(evictedStatus, 201)
  }
  if (subresource !== undefined) return noSuchPath
  if (name !== undefined) return notAllowed
  return written(backend, request, client.create(manifestOf(request), optionsOf(request)), 201)
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
  const options = optionsOf(request)
  if (subresource !== 'scale') return written(backend, request, cluster.client.update(manifest, options))
  return written(backend, request, putScale(cluster.client, refOf(backend, request.route), manifest, options))
}

export function patch(backend: Backend, request: ApiRequest): Answer {
  const { route, contentType, body } = request
  if (!isKnownPart(route.subresource)) return noSuchPath
  const type = patchTypes[contentType]
  if (!type) throw unsupportedType(Object.keys(patchTypes))
  const { client } = backend.cluster
  const options = optionsOf(request)
  if (type !== 'apply') {
    const value = parseJson(body.toString('utf8'))
    return written(backend, request, client.patch(refOf(backend, route), type, value, options))
  }
  const { resource, namespace, name = '' } = route
  const ref = { kind: resource.kind, namespace, name }
  const isNew = !exists(client, ref)
  const { query } = request
  const force = query.get('force') === 'true'
  const applied = client.patch(ref, 'apply', manifestOf({ ...request, contentType: 'application/yaml' }), {
    ...options,
    fieldManager: query.get('fieldManager') ?? '',
    force,
  })
  return written(backend, request, applied, isNew ? 201 : 200)
}
