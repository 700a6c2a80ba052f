import type { ApiClient } from '#protocol/api-client.ts'

/** Oldest kubectl whose words the playground speaks; with a newer cluster it is as new as that. */
const oldestClientMinor = 33

/** What kubectl says differently, and since which minor version of its own. Told apart by running both. */
const changes = {
  /** `8080/TCP (http)` in descriptions */
  portNames: 34,
  /** `pod "x" deleted from default namespace` */
  deletedFromNamespace: 34,
  /** objects that kubectl makes itself have no `creationTimestamp: null` */
  noNullTimestamps: 34,
  /** `apply --dry-run=client` shows what it would send, merged into what is there */
  dryRunMerges: 36,
  /** `label` that sets and removes says `modified` */
  labelModified: 36,
  /** no `cannot delete cannot delete Pods …` of drain */
  drainWords: 36,
  noKubeProxyVersion: 36,
  /** `rollout undo` of what was applied is warned of */
  undoWarns: 36,
  /** `(y/N)` of delete --interactive */
  noUnlessYes: 36,
  /** several objects are described without their events, unless --show-events */
  eventsOfOne: 36,
  /** `unrecognized condition: []` of wait */
  conditionList: 36,
} as const

/** The minor version of kubectl that goes with the cluster: 36 of 1.36. */
export function clientMinor({ version }: Pick<ApiClient, 'version'>): number {
  return Math.max(Number(version.split('.')[1]), oldestClientMinor)
}

export function clientSince(client: Pick<ApiClient, 'version'>, change: keyof typeof changes): boolean {
  return clientMinor(client) >= changes[change]
}
