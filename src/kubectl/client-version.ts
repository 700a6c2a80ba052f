import type { ApiClient } from '#protocol/api-client.ts'
import type { Flag, KubectlContext } from './command.ts'

/** Oldest kubectl whose words the playground speaks; with a newer cluster it is as new as that. */
const oldestClientMinor = 33

/** What kubectl says differently, and since which minor version of its own. Told apart by running both. */
const changes = {
  /** `api-resources -o json` */
  printedResources: 34,
  /** `8080/TCP (http)` in descriptions */
  portNames: 34,
  /** `-o kyaml` */
  kyaml: 35,
  /** `-o kyaml` of watch events */
  kyamlOfEvents: 36,
  /** `scale` of what is not there says so as other verbs do, not behind `no objects passed to scale` */
  scaleNotFound: 35,
  /** `pod "x" deleted from default namespace` */
  deletedFromNamespace: 34,
  /** objects that kubectl makes itself have no `creationTimestamp: null` */
  noNullTimestamps: 34,
  /** `apply --dry-run=client` shows what it would send, merged into what is there, and says when that is nothing */
  dryRunMerges: 36,
  /** `label` says what it did to the labels: `modified` where it set some and removed others */
  labelWords: 36,
  /** no `cannot delete cannot delete Pods …` of drain */
  drainWords: 36,
  noKubeProxyVersion: 36,
  /** `scale -o yaml` shows the new number of replicas, in the object as it was before */
  scaleShown: 36,
  /** `rollout undo` of what was applied is warned of */
  undoWarns: 36,
  /** `(y/N)` of delete --interactive */
  noUnlessYes: 36,
  /** `autoscale --cpu-percent=0` asks for no utilization */
  noZeroPercent: 34,
  /** no `preferences` in a kubeconfig */
  noPreferences: 34,
  /** `--profile=trace` */
  traceProfile: 35,
  /** templates say which types cannot be compared */
  comparedTypes: 35,
  /** events are described with the field that they are about */
  eventPlaces: 35,
  /** errors of reading JSON name the struct within which a field stands */
  embeddedFields: 35,
  /** a container that a pod has not is told with those that it has */
  containerChoice: 36,
  /** several objects are described without their events, unless --show-events */
  eventsOfOne: 36,
  /** `get -f … -w` shows objects of several kinds before it refuses them */
  watchShowsKinds: 35,
  /** `AppProtocol` of a Service's ports, PR #135744 */
  appProtocol: 36,
  /** what pods ask for as a whole counts in the resources of a node, PR #137394 */
  podLevelResources: 36,
  /** `kubectl ps` brings neither get nor wait to mind, PR #137266 */
  fewerSuggestions: 36,
  /** several --for of wait */
  severalConditions: 36,
} as const

/** The minor version of kubectl that goes with the cluster: 36 of 1.36. */
export function clientMinor({ version }: Pick<ApiClient, 'version'>): number {
  return Math.max(Number(version.split('.')[1]), oldestClientMinor)
}

/** Those of a verb's flags that this version of kubectl has, in this shell. */
export function flagsSince({ client, env }: Pick<KubectlContext, 'client' | 'env'>, flags: readonly Flag[]): readonly Flag[] {
  const isThere = ({ sinceMinor = 0, behind }: Flag) =>
    sinceMinor <= clientMinor(client) && (behind === undefined || env?.get(behind)?.toLowerCase() === 'true')
  const minor = clientMinor(client)
  return flags.filter(isThere).map((flag) => ((flag.shorthandSince ?? 0) > minor ? { ...flag, shorthand: undefined } : flag))
}

export function clientSince(client: Pick<ApiClient, 'version'>, change: keyof typeof changes): boolean {
  return clientMinor(client) >= changes[change]
}
