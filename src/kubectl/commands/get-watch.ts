import { metricsGroup } from '#k8s/api/metrics-resources.ts'
import { ApiError } from '#k8s/api-error.ts'
import { groupResource, type Resource } from '#k8s/resources.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Running, WatchedChange } from '#protocol/api-client.ts'
import { tablePrinters } from '../columns/index.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { findObjects, type ResourceRequest } from '../resource-args.ts'
import { alignTable, tableLines } from '../table.ts'
import { tableOptions } from './get-table-options.ts'
import { watchChanges } from './watch-changes.ts'

/** Prints rows under one header, the columns never narrower than before. */
function tableWriter({ io, client }: KubectlContext, args: Parsed, resource: Resource): (seen: readonly WatchedChange[]) => void {
  const widths: number[] = []
  const withEvents = args.bool('output-watch-events')
  let headerDone = args.bool('no-headers')
  return (seen) => {
    if (seen.length === 0) return
    const time = { nowMs: client.now(), version: client.version as KubernetesVersion }
    const objects = seen.map((s) => s.object)
    const { header, rows } = tableLines(tablePrinters[resource.kind], resource, objects, tableOptions(args, resource, false), time)
    const lines = withEvents ? rows.map((row, i) => `${seen[i]?.type}\t${row}`) : rows
    io.out(alignTable(headerDone ? lines : [withEvents ? `EVENT\t${header}` : header, ...lines], widths))
    headerDone = true
  }
}

function objectWriter(context: KubectlContext, args: Parsed): (seen: readonly WatchedChange[]) => void {
  const { io } = context
  const output = args.string('output')
  const print = objectPrinter(output, args, context, { isGet: true })
  let first = true
  return (seen) => {
    for (const { type, object } of seen) {
      const text = print(args.bool('output-watch-events') ? { type, object } : object)
      const rows = output.startsWith('custom-columns') && !first ? text.slice(text.indexOf('\n') + 1) : text
      io.out(`${output === 'yaml' && !first ? '---\n' : ''}${rows}`)
      first = false
    }
  }
}

/**
 * `kubectl get --watch`: what there is, then every change until the command is stopped.
 * @source kubectl/pkg/cmd/get GetOptions.watch
 */
export function* watchObjects(context: KubectlContext, args: Parsed, request: ResourceRequest, isTable: boolean): Running {
  const { client } = context
  const { found, errors } = findObjects(client, request)
  if (errors[0]) throw errors[0]
  if (request.kind === 'named' && request.targets.length > 1) {
    throw new CommandError('watch is only supported on individual resources and resource collections - more than 1 resource was found')
  }
  const target = request.kind === 'named' ? request.targets[0] : undefined
  const resource = (request.kind === 'list' ? request.resources[0] : target?.resource) as Resource
  const write = isTable ? tableWriter(context, args, resource) : objectWriter(context, args)
  if (!args.bool('watch-only')) write(found.map(({ object }) => ({ type: 'ADDED', object })))
  if (resource.group === metricsGroup)
    throw new ApiError('MethodNotAllowed', `watch is not supported on resources of kind ${JSON.stringify(groupResource(resource))}`)
  const named = target && { namespace: target.ref.namespace, fieldSelector: `metadata.name=${target.ref.name}` }
  const listed = request.kind === 'list' ? { ...request, namespace: resource.namespaced ? request.namespace : undefined } : {}
  const watching = watchChanges(client, resource.kind, named ?? listed)
  try {
    for (;;) {
      yield { kind: 'change' }
      write(watching.take())
    }
  } finally {
    watching.stop()
  }
}
