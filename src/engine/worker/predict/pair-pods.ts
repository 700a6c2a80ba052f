import { containerStatusesOf } from '#k8s/container-statuses.ts'
import { isPodReady } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { PredictedPod } from '#protocol/prediction.ts'

/** A pod while the cluster is run ahead. Times are ms since the start. */
export interface PodLife {
  pod: Pod
  owner: string
  node?: string
  /** Undefined when it was there before. */
  createdAtMs?: number
  readyAtMs?: number
  /** When it began to go; `before` when it was going already. */
  leaving?: number | 'before'
}

/** Why a pod is not Ready, in the cluster's words. */
function waitingFor(pod: Pod): string {
  const { status } = pod
  const unscheduled = status.conditions?.find((one) => one.type === 'PodScheduled' && one.status === 'False')
  if (unscheduled) return unscheduled.message ?? unscheduled.reason ?? 'Pending'
  const waiting = containerStatusesOf(pod).find((one) => one.state.waiting?.reason)?.state.waiting
  if (waiting?.reason) return waiting.message ? `${waiting.reason}: ${waiting.message}` : waiting.reason
  return status.reason ?? status.phase ?? 'Pending'
}

const revisionOf = ({ pod: { metadata } }: PodLife): string | undefined =>
  metadata.labels?.['controller-revision-hash'] ?? metadata.labels?.['pod-template-hash']

/** Pods that may take turns have it in common. */
const placeOf = ({ owner, node }: PodLife): string => `${owner} ${node ?? ''}`

/** What became of the pods, in order: one that goes and one that comes on the same node for the same owner are one replacement. */
export function pairPods(lives: readonly PodLife[], endMs: number): PredictedPod[] {
  const leaving = lives.filter((life) => typeof life.leaving === 'number')
  const byPlace = new Map<string, PodLife[]>()
  for (const life of leaving) {
    const place = placeOf(life)
    const there = byPlace.get(place)
    if (there) there.push(life)
    else byPlace.set(place, [life])
  }
  const paired = new Set<PodLife>()
  const rows = lives
    .filter((life) => life.createdAtMs !== undefined)
    .map((life): PredictedPod => {
      const there = life.owner === '' ? undefined : byPlace.get(placeOf(life))
      const [before] = there?.splice(there[0] === life ? 1 : 0, 1) ?? []
      if (before) paired.add(before)
      const gone = life.leaving !== undefined
      const ready = life.readyAtMs !== undefined
      const revision = revisionOf(life)
      return {
        what: before ? 'replaced' : 'created',
        owner: life.owner,
        ...(before && before.createdAtMs === undefined && { name: before.pod.metadata.name }),
        ...(life.owner === '' && { name: life.pod.metadata.name }),
        ...(life.node !== undefined && { node: life.node }),
        ...(revision !== undefined && { revision }),
        atMs: Math.min(life.createdAtMs as number, before ? (before.leaving as number) : endMs),
        ...(ready && { readyAtMs: life.readyAtMs }),
        ...(!gone && !isPodReady(life.pod) && life.pod.status.phase !== 'Succeeded' && { waiting: waitingFor(life.pod) }),
      }
    })
  const deleted = leaving
    .filter((life) => !paired.has(life))
    .map(
      (life): PredictedPod => ({
        what: 'deleted',
        owner: life.owner,
        ...(life.createdAtMs === undefined && { name: life.pod.metadata.name }),
        ...(life.node !== undefined && { node: life.node }),
        atMs: life.leaving as number,
      }),
    )
  return [...rows, ...deleted].sort((a, b) => a.atMs - b.atMs)
}
