import { metricsGroup } from '#k8s/api/metrics-resources.ts'
import { ApiError } from '#k8s/api-error.ts'
import { parseGoDuration } from '#k8s/duration.ts'
import { groupResource, type Resource } from '#k8s/resources.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Running, WatchedChange } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import { tablePrinters } from '../columns/index.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { marshalJson } from '../go-format.ts'
import { lateParts } from '../late-parts.ts'
import { type ObjectPrinter, objectPrinter } from '../output/object-printer.ts'
import { type FoundObject, findObjects, type ResourceRequest } from '../resource-args.ts'
import { alignTable, tableLines } from '../table.ts'
import { ownPrinter, tableOptions } from './get-table-options.ts'
import { watchChanges } from './watch-changes.ts'

interface Seen extends WatchedChange {
  readonly resource: Resource
}

type Writer = (seen: readonly Seen[]) => void

/** Those of one resource that follow each other. */
function runsOf(seen: readonly Seen[]): Seen[][] {
  const runs: Seen[][] = []
  for (const one of seen) {
    const last = runs.at(-1)
    if (last?.[0]?.resource === one.resource) last.push(one)
    else runs.push([one])
  }
  return runs
}

/** As wide as MODIFIED and a blank more. */
const eventText = (type: string): string => type.padEnd(8)

/** Prints rows under the header of their resource, the columns never narrower than before. */
function tableWriter({ io, client }: KubectlContext, args: Parsed): Writer {
  const widths: number[] = []
  const withEvents = args.bool('output-watch-events')
  let headed: Resource | undefined
  return (seen) => {
    const time = { nowMs: client.now(), version: client.version as KubernetesVersion }
    const lines = runsOf(seen).flatMap((run) => {
      const { resource } = run[0] as Seen
      const printer = ownPrinter(args) ?? tablePrinters[resource.kind]
      const objects = run.map((one) => one.object)
      const { header, rows } = tableLines(printer, resource, objects, tableOptions(args, resource, false), time)
      const told = withEvents ? rows.map((row, i) => `${eventText(run[i]?.type ?? '')}\t${row}`) : rows
      if (resource === headed || args.bool('no-headers')) return told
      headed = resource
      return [withEvents ? `EVENT\t${header}` : header, ...told]
    })
    if (lines.length > 0) io.out(alignTable(lines, widths))
  }
}

const noEvent = 'unable to output the provided object: missing apiVersion or kind; try GetObjectKind().SetGroupVersionKind() if you know the type'

/**
 * An event with its object as a text; the name is the object's, JSON stands in one line, and KYAML took events for objects at first.
 * @source cli-runtime/pkg/printers JSONPrinter, NamePrinter, KYAMLPrinter
 */
function eventPrinter({ client }: KubectlContext, output: string, print: ObjectPrinter): (event: WatchedChange) => string {
  if (output === 'name') return ({ object }) => print(object)
  if (output === 'kyaml')
    return ({ type, object }) => {
      if (!clientSince(client, 'kyamlOfEvents')) throw new CommandError(noEvent)
      return lateParts().toKyaml({ type, object }, 'outermost')
    }
  if (output === 'json') return ({ type, object }) => `{"type":${JSON.stringify(type)},"object":${marshalJson(object)}}\n`
  return ({ type, object }) => print({ type, object })
}

function objectWriter(context: KubectlContext, args: Parsed): Writer {
  const { io } = context
  const output = args.string('output')
  const print = objectPrinter(output, args, context, { isGet: true })
  const printEvent = eventPrinter(context, output.toLowerCase(), print)
  const hasHeader = output.startsWith('custom-columns') && !args.bool('no-headers')
  let first = true
  return (seen) => {
    for (const { type, object } of seen) {
      const text = args.bool('output-watch-events') ? printEvent({ type, object }) : print(object)
      const rows = hasHeader && !first ? text.slice(text.indexOf('\n') + 1) : text
      io.out(`${output === 'yaml' && !first ? '---\n' : ''}${rows}`)
      first = false
    }
  }
}

const watchesOne = 'watch is only supported on individual resources and resource collections -'

/** Why what was found cannot be watched: each name and each document is a source of its own. @source cli-runtime/pkg/resource Result.Watch */
function unwatchable(args: Parsed, request: ResourceRequest, found: readonly FoundObject[]): CommandError | undefined {
  if (request.kind === 'list') return undefined
  const files = args.list('filename').filter(Boolean).length
  if ((files || request.targets.length) > 1) return new CommandError('you may only watch a single resource or type of resource at a time')
  return found.length > 1 ? new CommandError(`${watchesOne} ${found.length} resources were found`) : undefined
}

/** How long one request may take, and so a watch; undefined = for ever. @source cli-runtime ParseTimeout */
function requestTimeoutMs(args: Parsed): number | undefined {
  const text = args.string('request-timeout')
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : text ? parseGoDuration(text) : 0
  return ms || undefined
}

/**
 * `kubectl get --watch`: what there is, then every change until the command is stopped, or its request has taken as long as it may.
 * @source kubectl/pkg/cmd/get GetOptions.watch
 */
export function* watchObjects(context: KubectlContext, args: Parsed, request: ResourceRequest, isTable: boolean): Running {
  const { client } = context
  const { found, errors } = findObjects(client, request)
  if (errors[0]) throw errors[0]
  if (new Set(found.map((f) => f.resource)).size > 1 && request.kind === 'named' && !clientSince(client, 'watchShowsKinds'))
    throw new CommandError(`${watchesOne} more than 1 resource was found`)
  const target = request.kind === 'named' ? request.targets[0] : undefined
  const resource = (request.kind === 'list' ? request.resources[0] : target?.resource) as Resource
  const write = isTable ? tableWriter(context, args) : objectWriter(context, args)
  if (!args.bool('watch-only')) write(found.map((f) => ({ type: 'ADDED', object: f.object, resource: f.resource })))
  const wrong = unwatchable(args, request, found)
  if (wrong) throw wrong
  if (resource.group === metricsGroup)
    throw new ApiError('MethodNotAllowed', `watch is not supported on resources of kind ${JSON.stringify(groupResource(resource))}`)
  const named = target && { namespace: target.ref.namespace, fieldSelector: `metadata.name=${target.ref.name}` }
  const listed = request.kind === 'list' ? { ...request, namespace: resource.namespaced ? request.namespace : undefined } : {}
  const watching = watchChanges(client, resource.kind, named ?? listed)
  const timeoutMs = requestTimeoutMs(args)
  const endMs = timeoutMs === undefined ? undefined : client.now() + timeoutMs
  try {
    for (;;) {
      const leftMs = endMs === undefined ? undefined : endMs - client.now()
      if (leftMs !== undefined && leftMs <= 0) return 0
      yield leftMs === undefined ? { kind: 'change' } : { kind: 'change', ms: leftMs }
      write(watching.take().map((change) => ({ ...change, resource })))
    }
  } finally {
    watching.stop()
  }
}
