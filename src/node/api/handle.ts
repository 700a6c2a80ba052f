import { reviewAt } from '#k8s/api/access.ts'
import { discoveryAt } from '#k8s/api/discovery.ts'
import { emptyListAt } from '#k8s/api/empty-list.ts'
import { type MetricsKind, metricsResources } from '#k8s/api/metrics-resources.ts'
import { isFinalize, isOfAllNamespaces, parseRoute, type Route } from '#k8s/api/route.ts'
import { versionInfo } from '#k8s/api/version-info.ts'
import { ApiError } from '#k8s/api-error.ts'
import type { AnyObject } from '#k8s/types.ts'
import { metricsFor } from '#kubectl/metrics-client.ts'
import { openApiAt } from '#kubectl/open-api.ts'
import { accepts, formOf } from './accept.ts'
import { type Answer, failure, failureOf, noSuchPath, notAllowed, ok } from './answer.ts'
import { remove } from './delete.ts'
import { podLog } from './logs.ts'
import { openApiV2, openApiV2Types } from './open-api-v2.ts'
import { isTrue, read } from './read.ts'
import { type ApiRequest, type Backend, includeObjectOf, printTime } from './request.ts'
import { toTable } from './table.ts'
import { create, patch, update } from './write.ts'

/** An HTTP request, read to its end. */
export interface HttpRequest {
  method: string
  /** Path and query. */
  url: string
  accept: string | undefined
  contentType: string | undefined
  userAgent?: string
  body: Buffer
}

/** Subresources that would need a program in a container. */
const programs = new Set(['exec', 'attach', 'portforward', 'proxy'])

const notAcceptable = failure(
  406,
  'NotAcceptable',
  'only the following media types are accepted: application/json, application/json;as=Table;g=meta.k8s.io;v=v1',
)

/** What is not the resource API: health, versions, discovery, schemas, access. */
function document({ method, accept }: HttpRequest, path: string, { cluster }: Backend): Answer | undefined {
  if (method === 'POST') {
    const review = reviewAt(path)
    return review && ok(review, 201)
  }
  if (method !== 'GET') return undefined
  const { version } = cluster.options
  if (['/healthz', '/livez', '/readyz'].includes(path)) return { code: 200, body: 'ok', contentType: 'text/plain; charset=utf-8' }
  if (path === '/openapi/v2' && accepts(accept, openApiV2Types.accept))
    return { code: 200, body: openApiV2(version), contentType: openApiV2Types.content }
  const found =
    path === '/version' ? versionInfo(version) : (discoveryAt(path, version) ?? openApiAt(path, version) ?? emptyListAt(path, cluster.revision))
  if (!found) return undefined
  return formOf(accept?.replace(/;as=[^,]*/g, '')) ? ok(found) : notAcceptable
}

function dispatch(backend: Backend, request: ApiRequest): Answer {
  const { method, route } = request
  const { subresource } = route
  if (route.resource.kind === 'Pod' && subresource !== undefined) {
    if (subresource === 'log' && method === 'GET') return podLog(backend, request)
    if (programs.has(subresource)) return failure(400, 'BadRequest', 'the playground runs no programs')
  }
  if (isFinalize(route) && method !== 'PUT') return notAllowed
  if (isOfAllNamespaces(route) && method !== 'GET') return notAllowed
  if (method === 'GET') return read(backend, request)
  if (method === 'POST') return create(backend, request)
  if (method === 'PUT') return route.name === undefined ? notAllowed : update(backend, request)
  if (method === 'PATCH') return route.name === undefined ? notAllowed : patch(backend, request)
  return method === 'DELETE' ? remove(backend, request) : notAllowed
}

/** What there was to warn of is said with errors, too. */
function warned(backend: Backend, request: ApiRequest): Answer {
  const { warnings } = request
  try {
    return { ...dispatch(backend, request), warnings }
  } catch (error) {
    if (error instanceof ApiError) return { ...failureOf(error), warnings }
    throw error
  }
}

function resourceAnswer(backend: Backend, http: HttpRequest, route: Route, url: URL): Answer {
  const form = formOf(http.accept)
  if (!form) return notAcceptable
  const { cluster } = backend
  const request: ApiRequest = {
    method: http.method,
    route,
    query: url.searchParams,
    form,
    contentType: (http.contentType ?? '').split(';')[0]?.trim() ?? '',
    userAgent: http.userAgent ?? '',
    body: http.body,
    warnings: [],
  }
  if (http.method === 'GET') return dispatch(backend, request)
  return cluster.withCause(cluster.begin(`${http.method} ${url.pathname}`), () => warned(backend, request))
}

/** What the metrics API answers, as objects or as a table. */
function metrics(backend: Backend, { accept, method }: HttpRequest, path: string, query: URLSearchParams): Answer | undefined {
  const found = metricsFor(backend.cluster.client, path, query) as AnyObject & { items?: AnyObject[] }
  if (!found) return undefined
  if (method !== 'GET') return notAllowed
  const kind = metricsResources.find((r) => found.kind.startsWith(r.kind))?.kind as MetricsKind
  if (isTrue(query.get('watch')) && found.items)
    return failure(
      405,
      'MethodNotAllowed',
      `watch is not supported on resources of kind "${kind === 'PodMetrics' ? 'pods' : 'nodes'}.metrics.k8s.io"`,
    )
  if (formOf(accept) !== 'Table') return ok(found)
  return ok(toTable(kind, found.items ?? [found], includeObjectOf(query), printTime(backend), { metadata: {} }))
}

/** Answers one request. Errors of the API become Status objects; others are bugs and become 500. */
export function handle(backend: Backend, http: HttpRequest): Answer {
  const url = new URL(http.url, 'http://cluster')
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname
  try {
    const known = document(http, path, backend)
    if (known) return known
    const measured = metrics(backend, http, path, url.searchParams)
    if (measured) return measured
    const route = parseRoute(path)
    return route ? resourceAnswer(backend, http, route, url) : noSuchPath
  } catch (error) {
    if (error instanceof ApiError) return failureOf(error)
    console.error(error)
    return failure(500, 'InternalError', `Internal error occurred: ${(error as Error).message}`)
  }
}
