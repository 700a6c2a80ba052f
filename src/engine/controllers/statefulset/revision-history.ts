import { ApiError } from '#k8s/api-error.ts'
import { canonicalJson, revisionHash } from '#k8s/hash.ts'
import { controllerRef } from '#k8s/owner.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { ControllerRevision, Pod, StatefulSet } from '#k8s/types.ts'
import { semanticEqual } from '#sim/equal.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'
import { withController } from '../replicaset/owner-reference.ts'
import { revisionNameOf } from './stateful-pod.ts'

export interface StatefulSetRevisions {
  /** Lowest revision first. */
  all: ControllerRevision[]
  current: ControllerRevision
  update: ControllerRevision
  collisionCount: number
}

const compareText = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0)

/** @source pkg/controller/history SortControllerRevisions */
function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  return (
    a.revision - b.revision ||
    compareText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
    compareText(a.metadata.name, b.metadata.name)
  )
}

/** The set's revisions; matching ones without a controller are adopted. @source adoptOrphanRevisions */
function listRevisions({ api }: ControllerContext, set: StatefulSet): ControllerRevision[] {
  const { namespace = '', uid = '', deletionTimestamp } = set.metadata
  const revisions = api.controlledBy('ControllerRevision', uid)
  for (const orphan of deletionTimestamp ? [] : api.orphans('ControllerRevision', namespace))
    if (matchesLabels(set.spec.selector, orphan.metadata.labels)) revisions.push(api.update('ControllerRevision', withController(orphan, set)))
  return revisions.sort(byRevision)
}

type Data = ControllerRevision['data']

function createRevision(
  context: ControllerContext,
  set: StatefulSet,
  data: Data,
  revision: number,
  collisionCount: number,
): StatefulSetRevisions['update'] {
  const hash = revisionHash(data, collisionCount)
  const { annotations, namespace } = set.metadata
  return context.api.create('ControllerRevision', {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${set.metadata.name.slice(0, 223)}-${hash}`,
      namespace,
      labels: { ...set.spec.template.metadata?.labels, 'controller.kubernetes.io/hash': hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerRef(set)],
    },
    revision,
    // in the order of the names: clients compare the text
    data: JSON.parse(canonicalJson(data)),
  })
}

/** Creates the revision under a free name: each name that is taken by other data raises the collision count (NM-2.7). */
function createUniqueRevision(context: ControllerContext, set: StatefulSet, data: Data, revision: number, collisionCount: number) {
  for (;;) {
    try {
      return { update: createRevision(context, set, data, revision, collisionCount), collisionCount }
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error
      const name = `${set.metadata.name.slice(0, 223)}-${revisionHash(data, collisionCount)}`
      const taken = context.api.get('ControllerRevision', set.metadata.namespace ?? '', name)
      if (taken && semanticEqual(taken.data, data)) return { update: taken, collisionCount }
      collisionCount++
    }
  }
}

/**
 * The current and the update revision of a set. The update revision is found by its template, raised to the top when it is an older
 * one, or created. Throws what the API answers.
 * @source stateful_set_control.go getStatefulSetRevisions; WC-4.1
 */
export function syncRevisions(context: ControllerContext, set: StatefulSet): StatefulSetRevisions {
  const all = listRevisions(context, set)
  const newest = all.at(-1)
  const next = (newest?.revision ?? 0) + 1
  const data: Data = { spec: { template: { ...set.spec.template, $patch: 'replace' } } }
  const equal = all.filter((revision) => semanticEqual(revision.data, data)).at(-1)
  let collisionCount = set.status.collisionCount ?? 0
  let update: ControllerRevision
  if (!equal) ({ update, collisionCount } = createUniqueRevision(context, set, data, next, collisionCount))
  else update = equal === newest ? equal : context.api.update('ControllerRevision', { ...equal, revision: next })
  const current = all.find((revision) => revision.metadata.name === set.status.currentRevision) ?? update
  return { all, current, update, collisionCount }
}

/**
 * Deletes revisions beyond revisionHistoryLimit that no pod and no status refers to, lowest first.
 * @source stateful_set_control.go truncateHistory
 */
export function truncateHistory(context: ControllerContext, set: StatefulSet, revisions: StatefulSetRevisions, pods: readonly Pod[]): void {
  const live = new Set([revisions.current.metadata.name, revisions.update.metadata.name, ...pods.map(revisionNameOf)])
  const history = revisions.all.filter((revision) => !live.has(revision.metadata.name))
  const limit = set.spec.revisionHistoryLimit ?? 10
  if (limit < 0) return
  for (const { metadata } of history.slice(0, Math.max(0, history.length - limit)))
    context.api.delete('ControllerRevision', metadata.namespace ?? '', metadata.name)
}
