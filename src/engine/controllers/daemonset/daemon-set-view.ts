import type { ControllerRevision, DaemonSet, KubeObject, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import type { ControlPlaneApi } from '../../component.ts'
import { adopt, claimOf, release } from './claim.ts'
import { createNodeTable, type NodeList, type NodeTable } from './node-table.ts'
import type { PodRules } from './node-view.ts'
import { getTemplateGeneration } from './template.ts'
import { allowsSurge, surgeCount } from './update-limits.ts'

/** What of the DaemonSet decides about pods, given the hash of its current revision. */
export function podRules(ds: DaemonSet, hash: string, version: KubernetesVersion): PodRules {
  const surge = allowsSurge(ds)
  return {
    version,
    hash,
    templateGeneration: getTemplateGeneration(ds),
    surge,
    rolloutSurges: surge,
    minReadySeconds: ds.spec.minReadySeconds ?? 0,
  }
}

/** A DaemonSet with its pods and nodes. Derived from the cache and kept up to date change by change. */
export interface DaemonSetView {
  readonly uid: string | undefined
  /** Whether this view still fits: same object, same selector. */
  fits(ds: DaemonSet): boolean
  /** A pod of the namespace is new (it was not there before), changed, or gone. */
  podChanged(pod: Pod | undefined, before: Pod | undefined): void
  revisionChanged(name: string, revision: ControllerRevision | undefined): void
  /** Revisions that are the DaemonSet's, were, or may become so; by number, then name. */
  revisions(): ControllerRevision[]
  markNode(name: string): void
  /** Adopts and releases what has to be, then brings the table up to date. Throws Error when something cannot be adopted. */
  claimPods(api: ControlPlaneApi, ds: DaemonSet): void
  /** The nodes as of nowMs (since 1970) under the DaemonSet's present template, strategy and hash. */
  table(ds: DaemonSet, hash: string, nowMs: number): NodeTable
}

/** The same order whatever the order of arrival. */
const byAge = (a: KubeObject, b: KubeObject) => {
  const [x, y] = [`${a.metadata.creationTimestamp} ${a.metadata.name}`, `${b.metadata.creationTimestamp} ${b.metadata.name}`]
  return x < y ? -1 : x > y ? 1 : 0
}

/** What a view is made from. Pods and revisions of other namespaces are passed over. */
export interface ViewSources {
  readonly nodes: NodeList
  readonly pods: Iterable<Pod>
  readonly revisions: Iterable<ControllerRevision>
}

export function createDaemonSetView(ds: DaemonSet, sources: ViewSources, version: KubernetesVersion): DaemonSetView {
  const { selector } = ds.spec
  let rules = podRules(ds, '', version)
  /** What the rules were made from. */
  let ruledBy: { readonly ds: DaemonSet; readonly hash: string } | undefined
  const table = createNodeTable(sources.nodes, ds.spec.template, rules)
  const toAdopt = new Map<string, Pod>()
  const toRelease = new Map<string, Pod>()
  const revisions = new Map<string, ControllerRevision>()

  const podChanged = (pod: Pod | undefined, before: Pod | undefined) => {
    const name = (pod ?? before)?.metadata.name ?? ''
    const claim = pod ? claimOf(pod, ds) : 'foreign'
    if (toAdopt.size > 0) toAdopt.delete(name)
    if (toRelease.size > 0) toRelease.delete(name)
    if (pod && claim === 'own') table.putPod(pod, before)
    else if (before) table.dropPod(before)
    if (pod && claim === 'adopt') toAdopt.set(name, pod)
    if (pod && claim === 'release') toRelease.set(name, pod)
  }

  const revisionChanged = (name: string, revision: ControllerRevision | undefined) => {
    if (revision && claimOf(revision, ds) !== 'foreign') revisions.set(name, revision)
    else revisions.delete(name)
  }

  const here = ({ metadata }: KubeObject) => metadata.namespace === ds.metadata.namespace
  for (const pod of sources.pods) if (here(pod)) podChanged(pod, undefined)
  for (const revision of sources.revisions) if (here(revision)) revisionChanged(revision.metadata.name, revision)

  return {
    uid: ds.metadata.uid,
    fits: (now) => now.metadata.uid === ds.metadata.uid && (now.spec.selector === selector || semanticEqual(now.spec.selector, selector)),
    podChanged,
    revisionChanged,
    revisions: () => [...revisions.values()].sort((a, b) => a.revision - b.revision || byAge(a, b)),
    markNode: table.markNode,
    claimPods(api, now) {
      if (toAdopt.size + toRelease.size === 0) return
      const errors: string[] = []
      for (const pod of [...toAdopt.values()].sort(byAge)) {
        const { name } = pod.metadata
        try {
          const adopted = adopt(api, now, pod)
          if (toAdopt.get(name) !== pod) continue
          toAdopt.delete(name)
          if (adopted) table.putPod(pod, undefined)
        } catch (error) {
          errors.push((error as Error).message)
        }
      }
      for (const pod of [...toRelease.values()].sort(byAge)) {
        release(api, now, pod)
        toRelease.delete(pod.metadata.name)
      }
      if (errors.length > 0) throw new Error(errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`)
    },
    table(now, hash, nowMs) {
      if (ruledBy?.ds !== now || ruledBy.hash !== hash) {
        const { rolloutSurges } = rules
        const next = podRules(now, hash, version)
        rules = { ...next, rolloutSurges: next.surge && rolloutSurges }
        table.setRules(now.spec.template, rules)
        ruledBy = { ds: now, hash }
      }
      table.refresh(nowMs)
      const rolloutSurges = rules.surge && surgeCount(now.spec.updateStrategy, table.sums.status.counters.desired) > 0
      if (rolloutSurges !== rules.rolloutSurges) {
        rules = { ...rules, rolloutSurges }
        table.setRules(now.spec.template, rules)
        table.refresh(nowMs)
      }
      return table
    },
  }
}
