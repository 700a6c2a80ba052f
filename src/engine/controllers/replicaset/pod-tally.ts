import { isPodReady, isTerminal, isTerminating } from '#k8s/pod.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { Pod, ReplicaSet, StringMap } from '#k8s/types.ts'
import type { Standing } from './claim.ts'

/** What a sync asks of a pod, as bits. */
const terminal = 1
const terminating = 2
const selected = 4
const fullyLabeled = 8
const ready = 16

function hasLabels(labels: StringMap | undefined, wanted: StringMap | undefined): boolean {
  if (labels !== wanted) for (const key in wanted) if (labels?.[key] !== wanted[key]) return false
  return true
}

/**
 * The pods of one ReplicaSet, judged and counted from sync to sync. What it found of a pod holds while the pod, the selector and the
 * labels of the template are the same objects, so that a sync looks closely at the changed pods only.
 */
export class PodTally {
  /** Active pods, and of those the ones with all labels of the template, and the ones that are Ready. */
  active = 0
  fullyLabeled = 0
  ready = 0
  /** Owned, on their way out and not at their end. */
  terminating = 0
  private rs: ReplicaSet
  private readonly pods: Pod[] = []
  private readonly facts: number[] = []

  constructor(rs: ReplicaSet) {
    this.rs = rs
  }

  /** Counts from zero. */
  begin(rs: ReplicaSet): void {
    const { selector, template } = this.rs.spec
    if (rs.spec.selector !== selector || rs.spec.template !== template) this.pods.length = 0
    this.rs = rs
    this.active = 0
    this.fullyLabeled = 0
    this.ready = 0
    this.terminating = 0
  }

  /** How a pod stands to the ReplicaSet. Those with a place among its own are counted. */
  standing(pod: Pod, place?: number): Standing {
    let facts: number
    if (place === undefined) facts = this.examine(pod)
    else {
      if (this.pods[place] !== pod) {
        this.pods[place] = pod
        this.facts[place] = this.examine(pod)
      }
      facts = this.facts[place] as number
      this.count(facts)
    }
    if (facts & (terminal | terminating)) return 'ignored'
    return facts & selected ? 'wanted' : 'unwanted'
  }

  /** Counts the adopted ones, too: `claimed` are the active pods that it had, followed by those. */
  finish(claimed: readonly Pod[]): void {
    for (let i = this.active; i < claimed.length; i++) this.count(this.examine(claimed[i] as Pod))
  }

  private examine(pod: Pod): number {
    const { selector, template } = this.rs.spec
    return (
      (isTerminal(pod) ? terminal : 0) |
      (isTerminating(pod) ? terminating : 0) |
      (matchesLabels(selector, pod.metadata.labels) ? selected : 0) |
      (hasLabels(pod.metadata.labels, template.metadata?.labels) ? fullyLabeled : 0) |
      (isPodReady(pod) ? ready : 0)
    )
  }

  private count(facts: number): void {
    if (facts & terminal) return
    if (facts & terminating) this.terminating++
    else if (facts & selected) {
      this.active++
      if (facts & fullyLabeled) this.fullyLabeled++
      if (facts & ready) this.ready++
    }
  }
}
