import { controllerOf } from '#k8s/owner.ts'
import type { Pod, ReplicaSet } from '#k8s/types.ts'
import { Attempts, adoptOrphans, release } from './claim.ts'
import type { ControllerContext } from './controller-context.ts'
import { podKey } from './manage-replicas.ts'
import { PodTally } from './pod-tally.ts'

/** What is known of the pods of each ReplicaSet, by its key. Derived: without it the pods are looked at anew. */
export type PodTallies = Map<string, PodTally>

/** Of a ReplicaSet that is gone. */
export function forgetPods({ api }: ControllerContext, tallies: PodTallies, key: string): void {
  const tally = tallies.get(key)
  if (!tally) return
  api.forgetWrittenPods(tally.uid)
  tallies.delete(key)
}

/** The pods written since the last sync with what is known of the others, or all of them and nothing known. */
function* podsToExamine({ api }: ControllerContext, { uid }: PodTally, written: Iterable<string> | undefined): Iterable<[string, Pod | undefined]> {
  if (!written) {
    for (const pod of api.controlledBy('Pod', uid)) yield [podKey(pod), pod]
    return
  }
  for (const key of written) {
    const slash = key.indexOf('/')
    const pod = api.get('Pod', key.slice(0, slash), key.slice(slash + 1))
    yield [key, pod && controllerOf(pod)?.uid === uid ? pod : undefined]
  }
}

/**
 * The ReplicaSet's pods, counted: those that it does not want any more are released, orphans that it wants are adopted. Only pods that
 * were written since the last sync are looked at, all of them after a sync that failed here. Throws the first write error but NotFound.
 * @source pkg/controller/controller_ref_manager.go ClaimPods; GC-5.3
 */
export function claimPods(context: ControllerContext, tallies: PodTallies, key: string, rs: ReplicaSet): PodTally {
  if (tallies.get(key)?.isOf(rs) === false) forgetPods(context, tallies, key)
  const known = tallies.get(key)
  const written = context.api.writtenPods(rs.metadata.uid ?? '')
  const goesOn = known !== undefined && written !== undefined
  const tally = goesOn ? known : new PodTally(rs)
  const attempts = new Attempts()
  tallies.delete(key)
  for (const [key, pod] of podsToExamine(context, tally, goesOn ? written : undefined))
    if (tally.take(key, pod) === 'unwanted') release(context, 'Pod', rs, pod as Pod, attempts)
  for (const pod of adoptOrphans(context, 'Pod', rs, attempts, (orphan) => tally.standing(orphan))) tally.take(podKey(pod), pod)
  attempts.end()
  tallies.set(key, tally)
  return tally
}
