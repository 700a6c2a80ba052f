import type { ServerResponse } from 'node:http'
import { type Change, changeSeen, matcherOf } from '#engine/store/selection.ts'
import { selectionOf } from '#k8s/api/selection.ts'
import { apiVersionOf } from '#k8s/resources.ts'
import type { AnyObject } from '#k8s/types.ts'
import { wholeObject } from '#kubectl/field-owners.ts'
import { type Answer, failure, ok } from './answer.ts'
import { type ApiRequest, type Backend, includeObjectOf, printTime } from './request.ts'
import { partialMetadata, toTable } from './table.ts'

/**
 * Watches: one JSON line an event. Events are sent at the moment of the write; bookmarks only where a client asks for the initial
 * events (`sendInitialEvents`), since an idle watch here never falls behind.
 */

/** Turns objects into what the client asked for; a table's columns are told once. */
function presenter(backend: Backend, { route, form, query }: ApiRequest): (object: AnyObject) => object {
  const { kind } = route.resource
  let withColumns = true
  return (object) => {
    if (form === 'PartialObjectMetadata') return partialMetadata(object)
    if (form !== 'Table') return wholeObject(backend.cluster.client, object)
    const metadata = { resourceVersion: object.metadata.resourceVersion }
    const table = toTable(kind, [object], includeObjectOf(query), printTime(backend), { metadata, withColumns })
    withColumns = false
    return table
  }
}

function bookmark(kind: string, apiVersion: string, resourceVersion: string): object {
  const annotations = { 'k8s.io/initial-events-end': 'true' }
  return { kind, apiVersion, metadata: { resourceVersion, creationTimestamp: null, annotations } }
}

/** Answers a watch: what was there at the given resourceVersion is known to the client; without one it is told first. */
export function watch(backend: Backend, request: ApiRequest): Answer {
  const { cluster, log } = backend
  const { route, query } = request
  const { resource } = route
  const selection = selectionOf(route, query)
  const matches = matcherOf(resource.kind, selection, cluster.options.version)
  const from = query.get('resourceVersion') ?? ''
  const initial = query.get('sendInitialEvents') === 'true' || from === '' || from === '0'
  if (!/^\d*$/.test(from)) return failure(400, 'BadRequest', `resourceVersion: Invalid value: ${JSON.stringify(from)}: not a number`)
  const missed = initial ? [] : log.since(resource.kind, Number(from))
  const present = presenter(backend, request)
  const stream = (response: ServerResponse): void => {
    const write = (type: string, object: object): void => {
      response.write(`${JSON.stringify({ type, object })}\n`)
    }
    const tell = (change: Change): void => {
      const event = changeSeen(change, matches)
      if (event) write(event.type, present(event.object))
    }
    if (missed === undefined) {
      const expired = failure(410, 'Expired', `too old resource version: ${from} (${cluster.revision})`)
      write('ERROR', expired.body as object)
      response.end()
      return
    }
    if (initial) for (const object of cluster.client.list(resource.kind, selection).items) write('ADDED', present(object))
    if (query.get('sendInitialEvents') === 'true') write('BOOKMARK', bookmark(resource.kind, apiVersionOf(resource), String(cluster.revision)))
    for (const change of missed) tell(change)
    const stop = log.listen(resource.kind, tell)
    const seconds = Number(query.get('timeoutSeconds') ?? 0)
    const timer = seconds > 0 ? setTimeout(() => response.end(), seconds * 1000) : undefined
    response.on('close', () => {
      stop()
      clearTimeout(timer)
    })
  }
  return { ...ok(undefined), stream }
}
