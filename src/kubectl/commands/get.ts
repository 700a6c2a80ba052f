import type { Resource } from '#k8s/resources.ts'
import { scaleOf } from '#k8s/scale.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Running } from '#protocol/api-client.ts'
import { tablePrinters } from '../columns/index.ts'
import type { Flag, KubectlContext, Parsed, Verb } from '../command.ts'
import { AggregateFailure, aggregate, CommandError, usageError } from '../error-text.ts'
import { lateParts } from '../late-parts.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { type Findings, type FoundObject, findObjects, getLatest, parseResourceArgs, type ResourceRequest } from '../resource-args.ts'
import { checkSubresource, errorOfPart, requireNamesFor } from '../subresource.ts'
import { alignTable, type PrintTime, tableLines } from '../table.ts'
import { hasFiles } from '../write/flags.ts'
import { fileInfosOnly, type Info, isSingleItemImplied, NamelessList, requirePath, WrongNamespace } from '../write/infos.ts'
import { labelFilter } from '../write/label-filter.ts'
import { ownPrinter, tableOptions } from './get-table-options.ts'
import { watchObjects } from './get-watch.ts'

const flags: readonly Flag[] = [
  { name: 'output', shorthand: 'o', kind: 'string', usage: 'wide, yaml, json, name, jsonpath=…, custom-columns=…, go-template=…' },
  { name: 'all-namespaces', shorthand: 'A', kind: 'bool', usage: 'In all namespaces' },
  { name: 'selector', shorthand: 'l', kind: 'string', usage: 'Only objects whose labels match' },
  { name: 'field-selector', kind: 'string', usage: 'Only objects whose fields match' },
  { name: 'watch', shorthand: 'w', kind: 'bool', usage: 'Keep showing changes until stopped' },
  { name: 'watch-only', kind: 'bool', usage: 'Show changes only, not what is there now' },
  { name: 'output-watch-events', kind: 'bool', usage: 'With --watch, also say what happened to the object' },
  { name: 'sort-by', kind: 'string', usage: 'Order by a field, as in --sort-by=.metadata.name' },
  { name: 'label-columns', shorthand: 'L', kind: 'stringSlice', usage: 'Show these labels as columns' },
  { name: 'show-labels', kind: 'bool', usage: 'Show all labels as the last column' },
  { name: 'show-kind', kind: 'bool', usage: 'Put the type before the name' },
  { name: 'no-headers', kind: 'bool', usage: 'No header line' },
  { name: 'ignore-not-found', kind: 'bool', usage: 'No error for names that do not exist' },
  { name: 'filename', shorthand: 'f', kind: 'stringSlice', default: '', usage: 'The objects that a document names' },
  { name: 'template', kind: 'string', usage: 'The template of -o go-template or jsonpath' },
  { name: 'show-managed-fields', kind: 'bool', usage: 'Keep managedFields in JSON and YAML' },
  { name: 'allow-missing-template-keys', kind: 'bool', default: 'true' },
  { name: 'chunk-size', kind: 'int', default: '500' },
  { name: 'kustomize', shorthand: 'k', kind: 'string' },
  { name: 'raw', kind: 'string' },
  { name: 'recursive', shorthand: 'R', kind: 'bool' },
  { name: 'server-print', kind: 'bool', default: 'true' },
  { name: 'subresource', kind: 'string' },
]

/** `read` takes what is in files, with what could not be read where it stands. */
function requestOf(context: KubectlContext, args: Parsed, read: (Info | Error)[] = []): ResourceRequest {
  if (hasFiles(args)) {
    const { infos, read: inOrder } = fileInfosOnly(context, args, args.operands)
    for (const item of inOrder) read.push(item)
    return { kind: 'named', targets: infos, single: isSingleItemImplied(args, args.operands, context.namespace) }
  }
  return parseResourceArgs(args.operands, {
    namespace: context.namespace,
    allNamespaces: args.bool('all-namespaces'),
    labelSelector: args.string('selector'),
    fieldSelector: args.string('field-selector'),
    allowEmptySelector: true,
    singleType: isWatch(args),
  })
}

const isSingle = (request: ResourceRequest): boolean => request.kind === 'named' && request.single

/** The errors in their order; those about the items of one list are one. */
function groupByList(failures: readonly { error: Error; list: unknown }[]): Error[] {
  const groups = new Map<unknown, Error[]>()
  for (const { error, list } of failures) groups.set(list ?? error, [...(groups.get(list) ?? []), error])
  return [...groups].map(([by, errors]) => (by instanceof Error ? by : new AggregateFailure(errors)))
}

/** What files name, and the errors in the order of the files. */
function findRead({ client }: KubectlContext, args: Parsed, read: readonly (Info | Error)[], isTable: boolean): Findings {
  const found: FoundObject[] = []
  const failures: { error: Error; list: unknown }[] = []
  for (const item of read) {
    try {
      if (item instanceof Error) throw item
      requirePath(item)
      found.push({ ...item, object: getLatest(client, item.ref) })
    } catch (thrown) {
      const error = thrown as Error
      const isToldOfList = isTable && !(item instanceof Error) && realErrors([error], args).length > 0
      failures.push({ error, list: isToldOfList ? item.list : undefined })
    }
  }
  return { found, errors: groupByList(failures), listed: [] }
}

/** Why something could not be printed: an error beside those of looking for it. */
function unprinted(print: () => void): Error[] {
  try {
    print()
    return []
  } catch (error) {
    if (error instanceof CommandError) return [error]
    throw error
  }
}

const partsOf = (error: Error): readonly Error[] => (error instanceof AggregateFailure ? error.errors : [error])

const isWatch = (args: Parsed): boolean => args.bool('watch') || args.bool('watch-only')

function validate({ io }: KubectlContext, args: Parsed): void {
  const output = args.string('output')
  if (!isWatch(args) && args.operands.length === 0 && !hasFiles(args)) {
    io.err('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n')
    const explain = 'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).'
    throw usageError('kubectl get', `Required resource not specified.\n${explain}`)
  }
  if (args.bool('show-labels') && output && output !== 'wide') throw new CommandError(`--show-labels option cannot be used with ${output} printer`)
  if (args.bool('output-watch-events') && !isWatch(args)) {
    throw new CommandError('--output-watch-events option can only be used with --watch or --watch-only')
  }
}

/** Errors that count: `--ignore-not-found` forgives missing objects. */
function realErrors(errors: readonly Error[], args: Parsed): Error[] {
  return args.bool('ignore-not-found') ? errors.filter((e) => !('reason' in e && e.reason === 'NotFound')) : [...errors]
}

/** Tables, one a resource; the answers are grouped as they were asked for. @source kubectl/pkg/cmd/get GetOptions.Run */
function printTables(context: KubectlContext, args: Parsed, request: ResourceRequest, { found, errors, listed }: Findings): void {
  const { io, client } = context
  const resources = request.kind === 'list' ? listed : found.map((f) => f.resource)
  const groups: { resource: Resource; objects: AnyObject[] }[] = []
  for (const resource of resources) {
    if (groups.at(-1)?.resource !== resource) groups.push({ resource, objects: [] })
  }
  if (request.kind === 'list') for (const group of groups) group.objects = found.filter((f) => f.resource === group.resource).map((f) => f.object)
  else regroup(groups, found)

  const own = ownPrinter(args)
  const time: PrintTime = { nowMs: client.now(), version: client.version as KubernetesVersion }
  const sortBy = args.string('sort-by')
  const noHeaders = args.bool('no-headers')
  let written = false
  let withNamespace = false
  for (const { resource, objects } of groups) {
    const sorted = sortBy ? sortRows(context, objects, sortBy, resources.length > 1) : objects
    if (sorted.length === 0) continue
    // what one table had, those after it have too
    withNamespace ||= args.bool('all-namespaces') && resource.namespaced
    const options = { ...tableOptions(args, resource, new Set(resources).size > 1), withNamespace }
    const { header, rows } = tableLines(own ?? tablePrinters[resource.kind], resource, sorted, options, time)
    io.out(`${written && !noHeaders ? '\n' : ''}${alignTable(noHeaders ? rows : [header, ...rows])}`)
    written = true
  }
  if (written || errors.length > 0 || args.bool('ignore-not-found')) return
  // where the server made no tables, nothing is left of an empty list that would tell of what it was
  const namespaced = !args.bool('all-namespaces') && (!args.bool('server-print') || resources.every((r) => r.namespaced))
  io.err(namespaced ? `No resources found in ${context.namespace} namespace.\n` : 'No resources found\n', 'aside')
}

function regroup(groups: { resource: Resource; objects: AnyObject[] }[], found: readonly FoundObject[]): void {
  let at = 0
  for (const f of found) {
    if (groups[at]?.resource !== f.resource) at++
    groups[at]?.objects.push(f.object)
  }
}

/** kubectl sorts the rows of one answer; several answers it cannot sort, since it looks for the field in the tables themselves. */
function sortRows(context: KubectlContext, objects: AnyObject[], field: string, several: boolean): AnyObject[] {
  if (several) return lateParts().sortObjects(context, [{ kind: 'Table', apiVersion: 'meta.k8s.io/v1' }], field, (t) => t, 'objects') && objects
  try {
    return lateParts().sortObjects(context, objects, field, (o) => o, 'rows')
  } catch (error) {
    if (error instanceof CommandError && error.message === '') throw error
    return []
  }
}

/** One object alone, or all in a List; gives back why it could not be printed. @source kubectl/pkg/cmd/get GetOptions.printGeneric */
function printObjects(
  context: KubectlContext,
  args: Parsed,
  request: ResourceRequest,
  found: readonly FoundObject[],
  failures: readonly Error[],
): Error[] {
  const single = isSingle(request)
  if ((single && failures.length > 0) || (found.length === 0 && args.bool('ignore-not-found'))) return []
  const print = objectPrinter(args.string('output'), args, context, { isGet: true })
  const only = found.length === 1 ? found[0] : undefined
  if (single && only) return unprinted(() => context.io.out(print(only.object)))
  const field = args.string('sort-by')
  return unprinted(() => {
    const sorted = field ? lateParts().sortObjects(context, found, field, (f) => f.object, 'objects') : found
    context.io.out(print({ apiVersion: 'v1', items: sorted.map((f) => f.object), kind: 'List', metadata: { resourceVersion: '' } }))
  })
}

export const get: Verb = {
  name: 'get',
  summary: 'Show objects as a table, or in full as YAML, JSON or a template',
  usage: 'kubectl get (TYPE [NAME… | -l label] | TYPE/NAME…) [-o wide|yaml|json|name|jsonpath=…|custom-columns=…] [flags]',
  flags,
  *run(context, args): Running {
    if (args.string('raw')) return yield* lateParts().getRaw(context, args)
    validate(context, args)
    const output = args.string('output')
    const isTable = (output === '' && !args.string('template')) || output === 'wide'
    if (isWatch(args)) {
      if (args.string('sort-by')) context.io.err('warning: --watch requested, --sort-by will be ignored for watch events received\n', 'aside')
      return yield* watchObjects(context, args, requestOf(context, args), isTable)
    }
    const read: (Info | Error)[] = []
    const request = requestOf(context, args, read)
    const unread = read.filter((item) => item instanceof Error)
    if (isTable && request.kind === 'named' && request.targets.length === 0 && unread.length > 0 && unread.every((e) => e instanceof NamelessList)) {
      context.io.out('NAME   AGE\n       <unknown>\n')
      return 0
    }
    const unreadable = !isTable && isSingle(request) ? aggregate(unread) : undefined
    if (unreadable) throw unreadable
    const subresource = args.string('subresource')
    requireNamesFor(subresource, request.kind === 'named')
    const whole = hasFiles(args) ? findRead(context, args, read, isTable) : findObjects(context.client, request)
    const errors = whole.errors.map((error) => errorOfPart(error, subresource))
    // a table has no labels that -l could fit
    const fits = labelFilter(hasFiles(args) ? args.string('selector') : '')
    const selected = whole.found.filter(({ object }) => fits(isTable ? {} : object))
    const found = selected.map((f) =>
      checkSubresource(subresource, f.resource, context.client) === 'scale' && !isTable
        ? { ...f, object: scaleOf(f.object) as unknown as AnyObject }
        : f,
    )
    const failures = realErrors(errors, args)
    if (isTable) printTables(context, args, request, { found, errors: failures, listed: whole.listed })
    else failures.push(...printObjects(context, args, request, found, failures))
    const amongFiles = hasFiles(args) && failures.some((e) => !(e instanceof WrongNamespace))
    const error = isTable && amongFiles ? new AggregateFailure(failures) : aggregate(isTable ? failures : failures.flatMap(partsOf))
    if (error) throw error
    return 0
  },
}
