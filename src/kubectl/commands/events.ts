import { apiVersionOf } from '#k8s/resources.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { KubeEvent } from '#k8s/types.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { intervalText } from '../describe/events.ts'
import { AggregateFailure, CommandError } from '../error-text.ts'
import { goSort } from '../output/go-sort.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { findResource } from '../resource-type.ts'
import { alignTable } from '../table.ts'

interface EventFilter {
  namespace?: string
  /** One object: its type in the version that the API server prefers, and its name. */
  about?: { apiVersion: string; kind: string; name: string }
  types: readonly string[]
}

/** When an event last happened; one that does not say was before all others. @source kubectl/pkg/cmd/events SortableEvents */
function timeOf({ series, lastTimestamp, eventTime }: KubeEvent): number {
  const last = series?.lastObservedTime || lastTimestamp || eventTime
  return last ? parseTimestamp(last) : Number.NEGATIVE_INFINITY
}

function filterOf(context: KubectlContext, args: Parsed): EventFilter {
  const types = args.list('types').filter(Boolean)
  if (types.some((t) => !/^(normal|warning)$/i.test(t))) throw new CommandError('valid --types are Normal or Warning')
  const filter: EventFilter = { namespace: args.bool('all-namespaces') ? undefined : context.namespace, types: types.map((t) => t.toLowerCase()) }
  const about = args.string('for')
  if (!about) return filter
  const [type, name, ...more] = about.split('/')
  if (more.length > 0) throw new CommandError('arguments in resource/name form may not have more than one slash')
  if (name === undefined) throw new CommandError('--for must be in resource/name form')
  if (!type) throw new CommandError('a resource must be present, got: /, Resource=')
  const resource = findResource(type)
  if (!resource) throw new AggregateFailure([new CommandError(`the server doesn't have a resource type ${JSON.stringify(type)}`)])
  // a type without a name limits nothing
  return name ? { ...filter, about: { apiVersion: apiVersionOf(resource), kind: resource.kind, name } } : filter
}

function findEvents(client: ApiClient, { namespace, about, types }: EventFilter): KubeEvent[] {
  const events = client.list('Event', { namespace }).items as KubeEvent[]
  const found = events
    .filter(
      ({ involvedObject: { apiVersion, kind, name } }) => !about || (apiVersion === about.apiVersion && kind === about.kind && name === about.name),
    )
    .filter((e) => types.length === 0 || types.includes((e.type ?? '').toLowerCase()))
  return goSort(found, (a, b) => timeOf(a) < timeOf(b))
}

/** Prints events as they come, under one header. */
function eventWriter(context: KubectlContext, args: Parsed): (events: readonly KubeEvent[]) => void {
  const { io, client } = context
  const all = args.bool('all-namespaces')
  const output = args.string('output')
  const print = output ? objectPrinter(output, args, context, { isTyped: true }) : undefined
  const widths: number[] = []
  let headerDone = args.bool('no-headers')
  return (events) => {
    if (events.length === 0) return
    if (print) {
      // kubectl's printer of names takes no list of this kind, and the error is not looked at
      if (output !== 'name') io.out(print({ apiVersion: 'v1', items: events, kind: 'EventList', metadata: {} }))
      return
    }
    const time = { nowMs: client.now() }
    const rows = events.map((e) => {
      const { kind = '', name = '' } = e.involvedObject
      return [
        ...(all ? [e.metadata.namespace] : []),
        intervalText(e, time),
        e.type ?? '',
        e.reason ?? '',
        `${kind}/${name}`,
        e.message?.trim() ?? '',
      ].join('\t')
    })
    const header = `${all ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE`
    io.out(alignTable(headerDone ? rows : [header, ...rows], widths))
    headerDone = true
  }
}

export const events: Verb = {
  name: 'events',
  summary: 'List events, oldest first',
  usage: 'kubectl events [--for TYPE/NAME] [--types=Warning] [--watch]',
  flags: [
    { name: 'all-namespaces', shorthand: 'A', kind: 'bool', usage: 'In all namespaces' },
    { name: 'for', kind: 'string', usage: 'Only events about one object' },
    { name: 'types', kind: 'stringSlice', default: '', usage: 'Normal, Warning or both' },
    { name: 'watch', shorthand: 'w', kind: 'bool', usage: 'Keep showing new events until stopped' },
    { name: 'no-headers', kind: 'bool', usage: 'No header line' },
    { name: 'output', shorthand: 'o', kind: 'string', usage: 'yaml, json, name, jsonpath=…, go-template=…' },
    { name: 'template', kind: 'string' },
    { name: 'chunk-size', kind: 'int', default: '500' },
    { name: 'show-managed-fields', kind: 'bool' },
    { name: 'allow-missing-template-keys', kind: 'bool', default: 'true' },
  ],
  *run(context, args): Running {
    const filter = filterOf(context, args)
    const write = eventWriter(context, args)
    let shown = findEvents(context.client, filter)
    if (shown.length === 0 && !args.bool('watch')) {
      context.io.err(filter.namespace === undefined ? 'No events found.\n' : `No events found in ${filter.namespace} namespace.\n`, 'aside')
      return 0
    }
    write(shown)
    while (args.bool('watch')) {
      yield { kind: 'change' }
      const now = findEvents(context.client, filter)
      const before = new Map(shown.map((e) => [e.metadata.uid, e.metadata.resourceVersion]))
      write(now.filter((e) => before.get(e.metadata.uid) !== e.metadata.resourceVersion))
      shown = now
    }
    return 0
  },
}
