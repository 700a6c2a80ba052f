import { isTerminating } from '#k8s/pod.ts'
import type { Pod, StatefulSet } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { ControllerContext } from '../replicaset/controller-context.ts'
import { epochNow } from '../replicaset/epoch-now.ts'
import { slowStartBatch } from '../replicaset/slow-start-batch.ts'
import type { StatefulSetRevisions } from './revision-history.ts'
import { rollingUpdateTarget } from './rolling-update.ts'
import {
  identityMatches,
  isRunningAndAvailable,
  isRunningAndReady,
  needsCurrentRevision,
  newStatefulSetPod,
  ordinalOf,
  replicasOf,
  startOrdinal,
} from './stateful-pod.ts'
import { createStatefulPod, deleteStatefulPod, type KnownClaims, updateStatefulPod } from './stateful-pod-control.ts'
import { countReplicas, type StatefulSetCounts } from './statefulset-status.ts'

export interface StatefulSetUpdate {
  readonly context: ControllerContext
  readonly set: StatefulSet
  readonly revisions: StatefulSetRevisions
  readonly claims: KnownClaims
  /** Present pods by place, undefined where one is missing; of a set that lacks very many, the first places only. */
  readonly replicas: (Pod | undefined)[]
  /** Pods beyond the set's size, highest ordinal first. */
  readonly condemned: Pod[]
  /** One pod at a time, in order (podManagementPolicy OrderedReady). */
  readonly monotonic: boolean
  readonly nowMs: number
}

export interface UpdateResult {
  counts: StatefulSetCounts
  /** There are places that were not looked at yet. */
  isCut?: boolean
  /** What the API answered when the sync had to stop. */
  error?: unknown
}

/** So many missing places are in any case among those that a sync looks at: the more, the longer it takes to look through the pods. */
const mostMissing = (pods: number) => Math.max(1000, Math.ceil(pods / 8))

const isAvailable = ({ set, nowMs, context }: StatefulSetUpdate, pod: Pod): boolean =>
  isRunningAndAvailable(pod, set.spec.minReadySeconds, nowMs, context.version)

/** Deletes a pod that ran to its end. True when its successor has to wait until it is gone. WC-4.6 */
function replaceTerminal({ context, set, replicas }: StatefulSetUpdate, place: number, pod: Pod): boolean {
  if (since(context.version, 'noRecreatingFailedPodEvent')) {
    if (!isTerminating(pod)) deleteStatefulPod(context, set, pod)
    return true
  }
  const { namespace, name } = set.metadata
  if (pod.status.phase === 'Failed')
    context.record(set, 'Warning', 'RecreatingFailedPod', `StatefulSet ${namespace}/${name} is recreating failed Pod ${pod.metadata.name}`)
  else context.record(set, 'Normal', 'RecreatingTerminatedPod', `StatefulSet ${namespace}/${name} is recreating terminated Pod ${pod.metadata.name}`)
  deleteStatefulPod(context, set, pod)
  replicas[place] = undefined
  return false
}

/** Looks after one place of the set. True when nothing further may be done in this sync. @source processReplica; WC-4.2 */
function processReplica(update: StatefulSetUpdate, place: number): boolean {
  const { context, set, revisions, claims, replicas, monotonic } = update
  const phase = replicas[place]?.status.phase
  const isOver = phase === 'Failed' || (phase === 'Succeeded' && since(context.version, 'statefulSetReplacesSucceeded'))
  if (isOver && replaceTerminal(update, place, replicas[place] as Pod)) return true
  const pod = replicas[place]
  if (!pod) {
    const ordinal = startOrdinal(set) + place
    const revision = needsCurrentRevision(set, ordinal) ? revisions.current : revisions.update
    createStatefulPod(context, set, claims, newStatefulSetPod(set, revision, ordinal, context.version))
    return monotonic
  }
  if (monotonic && (isTerminating(pod) || !isAvailable(update, pod))) return true
  if (!identityMatches(pod)) updateStatefulPod(context, set, pod)
  return false
}

/** Running and ready, since 1.34 available, and here to stay. @source isHealthy, since 1.34 isUnavailable */
function isHealthy(update: StatefulSetUpdate, pod: Pod): boolean {
  if (isTerminating(pod)) return false
  return since(update.context.version, 'statefulSetWaitsForAvailable') ? isAvailable(update, pod) : isRunningAndReady(pod)
}

/** The lowest pod that is missing or not healthy, among the wanted and then the condemned ones. */
function firstUnhealthy(update: StatefulSetUpdate): Pod | undefined {
  const { replicas, condemned } = update
  const isSick = (pod: Pod | undefined) => !pod || !isHealthy(update, pod)
  const place = replicas.findIndex(isSick)
  return place >= 0 ? replicas[place] : condemned.findLast(isSick)
}

/** Deletes one pod beyond the set's size, if it is its turn. True when nothing further may be done. @source processCondemned */
function processCondemned(update: StatefulSetUpdate, sick: Pod | undefined, pod: Pod): boolean {
  const { context, set, monotonic } = update
  if (isTerminating(pod)) return monotonic
  if (monotonic && pod !== sick && !isAvailable(update, pod)) return true
  deleteStatefulPod(context, set, pod)
  return true
}

function runForAll<T>(items: readonly T[], monotonic: boolean, work: (item: T, index: number) => boolean): boolean {
  if (monotonic) return items.some(work)
  const { error } = slowStartBatch(items.length, 1, (i) => void work(items[i] as T, i))
  if (error !== undefined) throw error
  return false
}

/**
 * Sorts the set's pods into wanted places and those beyond. Modelled: of more than a thousand missing pods a sync creates about a thousand,
 * and is followed by the next one at once; upstream creates all in one, which takes it that long.
 */
export function partitionPods(set: StatefulSet, pods: readonly Pod[]): Pick<StatefulSetUpdate, 'replicas' | 'condemned'> {
  const wanted = replicasOf(set)
  const replicas: (Pod | undefined)[] = Array.from({ length: Math.min(wanted, pods.length + mostMissing(pods.length)) })
  const condemned: Pod[] = []
  for (const pod of pods) {
    const place = ordinalOf(pod) - startOrdinal(set)
    if (place >= 0 && place < replicas.length) replicas[place] = pod
    else if (ordinalOf(pod) >= 0 && !(place >= 0 && place < wanted)) condemned.push(pod)
  }
  return { replicas, condemned: condemned.sort((a, b) => ordinalOf(b) - ordinalOf(a)) }
}

/**
 * True when it has not looked at all places. Whatever revision the pod has that a rollout deletes, it counts as one less of the current one:
 * the next sync counts anew.
 */
function advance(update: StatefulSetUpdate, counts: StatefulSetCounts): boolean {
  const { context, set, replicas, condemned, monotonic, revisions } = update
  const sick = firstUnhealthy(update)
  if (runForAll(replicas, monotonic, (_, place) => processReplica(update, place))) return false
  if (replicas.length < replicasOf(set)) return true
  if (runForAll(condemned, monotonic, (pod) => processCondemned(update, sick, pod))) return false
  if (set.spec.updateStrategy?.type === 'OnDelete') return false
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0
  const outdated = rollingUpdateTarget(replicas, partition, revisions.update.metadata.name, (pod) => isHealthy(update, pod))
  if (outdated) {
    deleteStatefulPod(context, set, outdated)
    counts.currentReplicas--
  }
  return false
}

/**
 * Brings a set's pods one sync nearer to its spec: missing ones in ascending order, surplus ones in descending order, then one rollout
 * step. A set that is being deleted is only counted.
 * @source stateful_set_control.go updateStatefulSet; WC-4.2 … WC-4.4
 */
export function updateStatefulSet(
  context: ControllerContext,
  set: StatefulSet,
  revisions: StatefulSetRevisions,
  claims: KnownClaims,
  pods: readonly Pod[],
): UpdateResult {
  const nowMs = epochNow(context)
  const counts = countReplicas(set, revisions, pods, nowMs, context.version)
  if (set.metadata.deletionTimestamp) return { counts }
  const monotonic = set.spec.podManagementPolicy !== 'Parallel'
  try {
    const isCut = advance({ context, set, revisions, claims, ...partitionPods(set, pods), monotonic, nowMs }, counts)
    return { counts, isCut }
  } catch (error) {
    return { counts, error }
  }
}
