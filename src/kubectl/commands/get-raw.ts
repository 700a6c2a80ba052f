import { discoveryAt } from '#k8s/api/discovery.ts'
import { emptyListAt } from '#k8s/api/empty-list.ts'
import { noSuchPath, notAllowed } from '#k8s/api/request-object.ts'
import { isFinalize, parseRoute, type Route } from '#k8s/api/route.ts'
import { versionInfo } from '#k8s/api/version-info.ts'
import { ApiError } from '#k8s/api-error.ts'
import { scaleOf } from '#k8s/scale.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ApiClient, Running, WatchedChange } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { loadFieldDocs } from '../field-docs.ts'
import { waitForOwners, wholeObject } from '../field-owners.ts'
import { metricsFor } from '../metrics-client.ts'
import { openApiAt } from '../open-api.ts'
import { checkSubresource } from '../subresource.ts'
import { hasFiles } from '../write/flags.ts'
import { podLogAt } from './logs.ts'
import { checkRawPath, collectionAt, rawUrl } from './raw-path.ts'
import { watchChanges } from './watch-changes.ts'

/** Subresources of a pod that would need a program in a container. */
const programs = new Set(['exec', 'attach', 'portforward', 'proxy'])

const healthPaths = ['/healthz', '/livez', '/readyz']

/** @source kubectl/pkg/cmd/get GetOptions.Validate */
function validate(args: Parsed): void {
  if (args.operands.length > 0) throw new CommandError('arguments may not be passed when --raw is specified')
  if (args.bool('watch') || args.bool('watch-only') || args.string('selector') || hasFiles(args))
    throw new CommandError('--raw may not be specified with other flags that filter the server request or alter the output')
  if (args.string('output')) throw new CommandError('--raw and --output are mutually exclusive')
  checkRawPath(args)
}

function resourceAt(client: ApiClient, route: Route, query: URLSearchParams): object {
  if (route.resource.kind === 'Pod' && programs.has(route.subresource ?? '')) throw new ApiError('BadRequest', 'the playground runs no programs')
  const { resource, namespace, name, subresource = '' } = route
  if (name === undefined) return collectionAt(client, route, query, (item) => wholeObject(client, item))
  const part = checkSubresource(subresource, resource, client)
  const object = client.get({ kind: resource.kind, namespace, name })
  return part === 'scale' ? scaleOf(object) : wholeObject(client, object)
}

/** The changes of a collection, or of one object, as the API streams them: one JSON object a line. */
function* streamChanges({ client, io }: KubectlContext, { resource, namespace, name }: Route, query: URLSearchParams): Running {
  const seconds = Number(query.get('timeoutSeconds') ?? 0)
  const end = seconds > 0 ? client.now() + seconds * 1000 : undefined
  const fieldSelector = [query.get('fieldSelector'), name && `metadata.name=${name}`].filter(Boolean).join(',') || undefined
  const options = { namespace, labelSelector: query.get('labelSelector') ?? undefined, fieldSelector }
  const since = Number(query.get('resourceVersion') ?? 0)
  const tell = ({ type, object }: WatchedChange) => io.out(`${JSON.stringify({ type, object: wholeObject(client, object) })}\n`)
  if (since === 0) for (const object of client.list(resource.kind, options).items) tell({ type: 'ADDED', object })
  const watching = watchChanges(client, resource.kind, options)
  try {
    for (;;) {
      const left = end === undefined ? undefined : end - client.now()
      if (left !== undefined && left <= 0) return 0
      yield left === undefined ? { kind: 'change' } : { kind: 'change', ms: left }
      for (const change of watching.take()) tell(change)
    }
  } finally {
    watching.stop()
  }
}

const isTrue = (text: string | null): boolean => text === '' || text === '1' || text === 'true'

/** What is at a path besides the resource API; undefined when nothing is. */
function documentAt(client: ApiClient, path: string, query: URLSearchParams): object | undefined {
  const version = client.version as KubernetesVersion
  if (path === '/version') return versionInfo(version)
  const known = discoveryAt(path, version) ?? openApiAt(path, version) ?? emptyListAt(path, Number(client.list('Namespace').resourceVersion))
  return known ?? metricsFor(client, path, query)
}

/** `kubectl get --raw PATH`: what the API answers at a path, as it is. Throws ApiError NotFound where there is nothing. */
export function* getRaw(context: KubectlContext, args: Parsed): Running {
  validate(args)
  const { client, io } = context
  yield* waitForOwners(client)
  const { path, query } = rawUrl(args)
  if (healthPaths.includes(path)) {
    io.out('ok')
    return 0
  }
  const until = path.startsWith('/openapi/') ? loadFieldDocs() : undefined
  if (until) yield { kind: 'load', until }
  const document = documentAt(client, path, query)
  if (document) {
    io.out(`${JSON.stringify(document)}\n`)
    return 0
  }
  const route = parseRoute(path)
  if (!route) throw noSuchPath()
  if (isFinalize(route)) throw notAllowed()
  if (route.resource.kind === 'Pod' && route.subresource === 'log') {
    // a log is empty, or there is a reason why there is none
    const found = podLogAt(client, route, query)
    if (found instanceof Error) throw found
  } else if (query.has('watch') && isTrue(query.get('watch'))) return yield* streamChanges(context, route, query)
  else io.out(`${JSON.stringify(resourceAt(client, route, query))}\n`)
  return 0
}
