import type { Cluster } from '#engine/cluster.ts'
import type { Route } from '#k8s/api/route.ts'
import type { PrintTime } from '#kubectl/table.ts'
import type { Form } from './accept.ts'
import type { IncludeObject } from './table.ts'
import type { WatchLog } from './watch-log.ts'

/** The simulated cluster as the server sees it. */
export interface Backend {
  readonly cluster: Cluster
  readonly log: WatchLog
}

/** A request to the resource API, taken apart. */
export interface ApiRequest {
  method: string
  route: Route
  query: URLSearchParams
  form: Form
  contentType: string
  /** `kubectl/v1.33.1 (linux/amd64) …`, empty when the client says nothing. */
  userAgent: string
  body: Buffer
  /** What the answer will warn of. */
  warnings: string[]
}

/** The time and version that tables are printed with. */
export function printTime({ cluster }: Backend): PrintTime {
  return { nowMs: cluster.client.now(), version: cluster.options.version }
}

export function includeObjectOf(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject')
  return value === 'None' || value === 'Object' ? value : 'Metadata'
}
