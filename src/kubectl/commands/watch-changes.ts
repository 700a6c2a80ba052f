import type { Kind } from '#k8s/types.ts'
import type { ApiClient, ListOptions, WatchedChange } from '#protocol/api-client.ts'

/** The writes in a selection since they were last taken, oldest first. */
export interface Watching {
  take(): WatchedChange[]
  stop(): void
}

/** Begins to keep every write in a selection; who began must stop it. */
export function watchChanges(client: ApiClient, kind: Kind, options: ListOptions): Watching {
  const waiting: WatchedChange[] = []
  const stop = client.watch(kind, options, (change) => waiting.push(change))
  return { take: () => waiting.splice(0), stop }
}
