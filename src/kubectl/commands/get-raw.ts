import { discoveryAt } from '#k8s/api/discovery.ts'
import { emptyListAt } from '#k8s/api/empty-list.ts'
import { metricsAt } from '#k8s/api/metrics.ts'
import { parseRoute } from '#k8s/api/route.ts'
import { versionInfo } from '#k8s/api/version-info.ts'
import { ApiError } from '#k8s/api-error.ts'
import { apiVersionOf } from '#k8s/resources.ts'
import type { AnyObject, KubeNode, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { waitForOwners } from '../field-owners.ts'
import { checkSubresource, scaleOf } from '../subresource.ts'
import { hasFiles } from '../write/flags.ts'

const healthPaths = ['/healthz', '/livez', '/readyz']

/** @source kubectl/pkg/cmd/get GetOptions.Validate */
function validate(args: Parsed): void {
  if (args.operands.length > 0) throw new CommandError('arguments may not be passed when --raw is specified')
  if (args.bool('watch') || args.bool('watch-only') || args.string('selector') || hasFiles(args))
    throw new CommandError('--raw may not be specified with other flags that filter the server request or alter the output')
  if (args.string('output')) throw new CommandError('--raw and --output are mutually exclusive')
  const path = args.string('raw')
  if (!path.startsWith('/')) throw new CommandError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`)
}

/** The object as the server sends it, with its managed fields. */
function whole(client: ApiClient, object: AnyObject): AnyObject {
  const managedFields = client.managedFields(object)
  return managedFields.length > 0 ? ({ ...object, metadata: { ...object.metadata, managedFields } } as AnyObject) : object
}

function resourceAt(client: ApiClient, path: string, query: URLSearchParams): object {
  const route = parseRoute(path)
  if (!route) throw new ApiError('NotFound', 'the server could not find the requested resource')
  const { resource, namespace, name, subresource = '' } = route
  if (name === undefined) {
    if (query.has('watch')) throw new CommandError('the playground streams no raw API paths; use "kubectl get --watch"')
    const selectors = { labelSelector: query.get('labelSelector') ?? undefined, fieldSelector: query.get('fieldSelector') ?? undefined }
    const { items, resourceVersion } = client.list(resource.kind, { namespace, ...selectors })
    const list = { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata: { resourceVersion } }
    return { ...list, items: items.map((item) => whole(client, item)) }
  }
  const part = checkSubresource(subresource, resource)
  const object = client.get({ kind: resource.kind, namespace, name })
  return part === 'scale' ? scaleOf(object) : whole(client, object)
}

const measured = (client: ApiClient, fieldSelector?: string) => ({
  nodes: client.list('Node').items as KubeNode[],
  pods: client.list('Pod', { fieldSelector }).items as Pod[],
  nowMs: client.now(),
})

/** `kubectl get --raw PATH`: what the API answers at a path, as it is. Throws ApiError NotFound where there is nothing. */
export function* getRaw({ client, io }: KubectlContext, args: Parsed): Running {
  validate(args)
  yield* waitForOwners(client)
  const url = new URL(args.string('raw'), 'http://cluster')
  const path = url.pathname.replace(/(.)\/$/, '$1')
  if (healthPaths.includes(path)) io.out('ok')
  else {
    const document =
      path === '/version'
        ? versionInfo(client.version as KubernetesVersion)
        : (discoveryAt(path) ?? emptyListAt(path, Number(client.list('Namespace').resourceVersion)))
    const answer = document ?? metricsAt(path, url.searchParams, (fieldSelector) => measured(client, fieldSelector))
    io.out(`${JSON.stringify(answer ?? resourceAt(client, path, url.searchParams))}\n`)
  }
  return 0
}
