import { ApiError } from '#k8s/api-error.ts'
import { canonicalJson, templateHash } from '#k8s/hash.ts'
import { controllerRef } from '#k8s/owner.ts'
import type { ControllerRevision, DaemonSet, Pod, PodTemplateSpec } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import type { ControlPlaneApi } from '../../component.ts'
import { adopt, claimOf, release } from './claim.ts'
import { controllerRevisionHashLabel } from './constants.ts'

export interface History {
  readonly current: ControllerRevision
  readonly old: readonly ControllerRevision[]
}

type RevisionData = ControllerRevision['data']

/** The DaemonSet's pods, for one who writes to them. */
export interface OwnPods {
  /** Claims settled first. Throws Error when something cannot be adopted. */
  claimed(): readonly Pod[]
  /** To be told of each as it was written. */
  written(pod: Pod): void
}

/** What a revision stores. @source pkg/controller/daemon/update.go getPatch; DS-9.2 */
export function getPatch(template: PodTemplateSpec): RevisionData {
  return { spec: { template: extend(template, { $patch: 'replace' as const }) } }
}

const texts = new WeakMap<object, string>()

function textOf(of: object, data: () => unknown): string {
  let text = texts.get(of)
  if (text === undefined) {
    text = canonicalJson(data())
    texts.set(of, text)
  }
  return text
}

/** Whether the revision stores exactly the DaemonSet's template. @source pkg/controller/daemon/update.go Match */
function matches({ spec: { template } }: DaemonSet, revision: ControllerRevision): boolean {
  return textOf(template, () => getPatch(template)) === textOf(revision, () => revision.data)
}

/** The hash label of a revision; '' when it has none. */
export function hashOf(revision: ControllerRevision): string {
  return revision.metadata.labels?.[controllerRevisionHashLabel] ?? ''
}

const update = (api: ControlPlaneApi, revision: ControllerRevision) => api.update('ControllerRevision', revision)

function withLabel<T extends ControllerRevision | Pod>(object: T, hash: string): T {
  const labels = extend(object.metadata.labels ?? {}, { [controllerRevisionHashLabel]: hash })
  return extend(object, { metadata: extend(object.metadata, { labels }) })
}

/** The DaemonSet's revisions; orphans are adopted, those it no longer selects released. @source update.go controlledHistories; DS-9.1 */
export function controlledHistories(api: ControlPlaneApi, ds: DaemonSet, cached: Iterable<ControllerRevision>): ControllerRevision[] {
  const histories: ControllerRevision[] = []
  for (const revision of cached) {
    const claim = claimOf(revision, ds)
    if (claim === 'own' || (claim === 'adopt' && adopt(api, ds, revision))) histories.push(revision)
    else if (claim === 'release') release(api, ds, revision)
  }
  return histories
}

/** Stores the present template as a revision, its fields in the order of their names: clients compare the text of it. Throws the AlreadyExists error after raising collisionCount on a collision. DS-9.4, DS-9.8 */
function snapshot(api: ControlPlaneApi, ds: DaemonSet, revision: number): ControllerRevision {
  const { name, namespace = '', annotations } = ds.metadata
  const { template } = ds.spec
  const { collisionCount } = ds.status
  const hash = templateHash(template, collisionCount)
  try {
    return api.create('ControllerRevision', {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: extend(template.metadata?.labels ?? {}, { [controllerRevisionHashLabel]: hash }),
        ...(annotations && { annotations: { ...annotations } }),
        ownerReferences: [controllerRef(ds)],
      },
      data: JSON.parse(canonicalJson(getPatch(template))),
      revision,
    })
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error
    const existing = api.get('ControllerRevision', namespace, `${name}-${hash}`)
    if (existing && matches(ds, existing)) return existing
    const live = api.get('DaemonSet', namespace, name)
    if (!live) throw error
    if (live.status.collisionCount !== collisionCount) {
      const counts = `${live.status.collisionCount}, expected ${collisionCount}`
      throw new Error(`found a stale collision count (${counts}) of DaemonSet "${name}" while processing; will retry until it is updated`)
    }
    api.updateStatus('DaemonSet', live, { ...live.status, collisionCount: (collisionCount ?? 0) + 1 })
    throw error
  }
}

/** Of several revisions of one template keeps the newest; all the DaemonSet's pods get its hash. @source update.go dedupCurHistories; DS-9.6 */
function dedupCurHistories(api: ControlPlaneApi, found: readonly ControllerRevision[], pods: OwnPods): ControllerRevision {
  const kept = found.reduce((best, revision) => (revision.revision >= best.revision ? revision : best))
  const hash = hashOf(kept)
  for (const revision of found) {
    if (revision === kept) continue
    for (const { metadata } of pods.claimed()) {
      const live = api.get('Pod', metadata.namespace ?? '', metadata.name)
      if (live && live.metadata.labels?.[controllerRevisionHashLabel] !== hash) pods.written(api.update('Pod', withLabel(live, hash)))
    }
    api.delete('ControllerRevision', revision.metadata.namespace ?? '', revision.metadata.name)
  }
  return kept
}

/**
 * The revision of the present template, made if there is none and numbered behind all others, and the other revisions.
 * @param cached revisions that may concern the DaemonSet
 * @source pkg/controller/daemon/update.go constructHistory; DS-9
 */
export function constructHistory(api: ControlPlaneApi, ds: DaemonSet, cached: Iterable<ControllerRevision>, pods: OwnPods): History {
  const current: ControllerRevision[] = []
  const old: ControllerRevision[] = []
  for (let revision of controlledHistories(api, ds, cached)) {
    if (!hashOf(revision)) revision = update(api, withLabel(revision, revision.metadata.name))
    ;(matches(ds, revision) ? current : old).push(revision)
  }
  const next = 1 + old.reduce((most, { revision }) => Math.max(most, revision), 0)
  if (current.length === 0) return { current: snapshot(api, ds, next), old }
  const kept = current.length === 1 ? (current[0] as ControllerRevision) : dedupCurHistories(api, current, pods)
  return { current: kept.revision < next ? update(api, { ...kept, revision: next }) : kept, old }
}

/**
 * Deletes the oldest revisions beyond revisionHistoryLimit that no pod carries.
 * @param inUse hashes of the DaemonSet's pods
 * @source pkg/controller/daemon/update.go cleanupHistory; DS-9.10
 */
export function cleanupHistory(api: ControlPlaneApi, ds: DaemonSet, old: readonly ControllerRevision[], inUse: ReadonlyMap<string, number>): void {
  let toKill = old.length - (ds.spec.revisionHistoryLimit ?? 10)
  if (toKill <= 0) return
  const byNumber = [...old].sort((a, b) => a.revision - b.revision)
  for (const revision of byNumber) {
    if (toKill <= 0) return
    if (inUse.has(hashOf(revision))) continue
    api.delete('ControllerRevision', revision.metadata.namespace ?? '', revision.metadata.name)
    toKill--
  }
}
