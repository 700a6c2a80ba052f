import { checkName } from '#k8s/api/check-name.ts'
import { bodyObject, deletedStatus, evictedStatus, noSuchPath, notAllowed, requestNewObject, requestObject } from '#k8s/api/request-object.ts'
import { checkWriteQuery, isDryRun, requestDeleteOptions, requestEvictOptions } from '#k8s/api/request-options.ts'
import { isFinalize, isOfAllNamespaces, parseRoute, type Route } from '#k8s/api/route.ts'
import { ApiError } from '#k8s/api-error.ts'
import { scaleOf } from '#k8s/scale.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { exists } from '../exists.ts'
import { waitForOwners, wholeObject } from '../field-owners.ts'
import { goJsonError } from '../go-json-error.ts'
import { putScale } from '../put-scale.ts'
import { checkRawPath, collectionAt, rawUrl } from './raw-path.ts'

export type RawMethod = 'POST' | 'PUT' | 'DELETE'

/** @source kubectl/pkg/cmd/create, replace, delete: Validate */
function validate(args: Parsed, method: RawMethod): void {
  const files = args.list('filename').filter(Boolean)
  const [file = ''] = files
  if (args.has('edit') && args.bool('edit')) throw new CommandError('--raw and --edit are mutually exclusive')
  if (method === 'DELETE' ? files.length > 1 : files.length !== 1) throw new CommandError('--raw can only use a single local file or stdin')
  if (/^https?:\/\//.test(file)) throw new CommandError('--raw cannot read from a url')
  if (args.bool('recursive')) throw new CommandError('--raw and --recursive are mutually exclusive')
  if (method === 'POST' && args.string('selector')) throw new CommandError('--raw and --selector (-l) are mutually exclusive')
  if (args.string('output')) throw new CommandError('--raw and --output are mutually exclusive')
  checkRawPath(args)
}

function bodyText({ io }: KubectlContext, args: Parsed): string {
  const [file] = args.list('filename').filter(Boolean)
  if (file === undefined) return ''
  const text = file === '-' ? (io.stdin ?? '') : io.readFile(file)
  if (text === undefined) throw new CommandError(`open ${file}: no such file or directory`)
  return text
}

function bodyOf(text: string): Record<string, unknown> {
  if (!text) return {}
  const problem = goJsonError(text)
  if (problem) throw new ApiError('BadRequest', problem.message)
  return bodyObject(JSON.parse(text))
}

interface Request {
  client: ApiClient
  route: Route
  query: URLSearchParams
  /** Throws when it is no object. */
  body(): Record<string, unknown>
}

function post({ client, route, query, body }: Request): object {
  const { resource, namespace, name, subresource } = route
  if (resource.kind === 'Pod' && subresource === 'eviction' && name !== undefined) {
    client.evict({ kind: 'Pod', namespace, name }, requestEvictOptions(body(), query, versionOf(client)))
    return evictedStatus
  }
  if (subresource !== undefined) throw noSuchPath()
  if (name !== undefined) throw notAllowed()
  checkWriteQuery('CreateOptions', query, versionOf(client))
  return wholeObject(client, client.create(requestNewObject(body(), route), { dryRun: isDryRun(query), fieldManager: managerOf(query) }))
}

const versionOf = ({ version }: ApiClient): KubernetesVersion => version as KubernetesVersion

/** Who does not say who it is, is its program. */
const managerOf = (query: URLSearchParams): string => query.get('fieldManager') || 'kubectl'

function put({ client, route, query, body }: Request): object {
  const { resource, namespace, name, subresource } = route
  if (name === undefined) throw notAllowed()
  if (!['', 'scale', 'status', 'resize'].includes(subresource ?? '') && !isFinalize(route)) throw noSuchPath()
  const object = requestObject(body(), route)
  checkName(object, name)
  checkWriteQuery('UpdateOptions', query, versionOf(client))
  const options = { dryRun: isDryRun(query), fieldManager: managerOf(query) }
  if (subresource === 'scale') {
    return scaleOf(putScale(client, { kind: resource.kind, namespace, name }, object, options))
  }
  return wholeObject(client, client.update(object, { ...options, subresource: subresource as 'status' | 'finalize' | 'resize' | undefined }))
}

function remove({ client, route, query, body }: Request): object {
  const { resource, namespace, name, subresource } = route
  if (subresource !== undefined) throw noSuchPath()
  const options = requestDeleteOptions(body(), query, versionOf(client))
  if (name === undefined)
    return collectionAt(client, route, query, ({ kind, metadata }) => wholeObject(client, client.delete({ ...metadata, kind }, options)))
  const ref = { kind: resource.kind, namespace, name }
  const object = client.delete(ref, options)
  const { uid } = object.metadata
  const remains = resource.kind === 'Pod' || (!options.dryRun && exists(client, ref, uid))
  return remains ? wholeObject(client, object) : deletedStatus(resource, name, uid)
}

const methods = { POST: post, PUT: put, DELETE: remove }

/** `kubectl create|replace|delete --raw PATH`: sends what a document has to a path, and prints what the API answers. @source kubectl/pkg/rawhttp */
export function* sendRaw(context: KubectlContext, args: Parsed, method: RawMethod): Running {
  validate(args, method)
  const { client, io } = context
  const text = bodyText(context, args)
  yield* waitForOwners(client)
  const { path, query } = rawUrl(args)
  const route = parseRoute(path)
  if (!route) throw noSuchPath()
  if (isOfAllNamespaces(route) || (isFinalize(route) && method !== 'PUT')) throw notAllowed()
  io.out(`${JSON.stringify(methods[method]({ client, route, query, body: () => bodyOf(text) }))}\n`)
  return 0
}
