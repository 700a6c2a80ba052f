import type { Route } from '#k8s/api/route.ts'
import { selectionOf } from '#k8s/api/selection.ts'
import { apiVersionOf } from '#k8s/resources.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import type { Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'

/** `--raw` when it is a path. Throws as Go's url.ParseRequestURI does. */
export function checkRawPath(args: Parsed): void {
  const path = args.string('raw')
  if (!path.startsWith('/')) throw new CommandError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`)
}

/** Path and query of `--raw`. */
export function rawUrl(args: Parsed): { path: string; query: URLSearchParams } {
  const url = new URL(args.string('raw'), 'http://cluster')
  return { path: url.pathname.replace(/(.)\/$/, '$1'), query: url.searchParams }
}

/** The List that a collection is sent as; `sent` = what of an object. */
export function collectionAt(client: ApiClient, route: Route, query: URLSearchParams, sent: (object: AnyObject) => AnyObject): object {
  const { resource } = route
  const { items, resourceVersion } = client.list(resource.kind, selectionOf(route, query))
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata: { resourceVersion }, items: items.map(sent) }
}
