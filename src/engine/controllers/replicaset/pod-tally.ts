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

function standingBy(facts: number): Standing {
  if (facts & (terminal | terminating)) return 'ignored'
  return facts & selected ? 'wanted' : 'unwanted'
}

/** The pods of one ReplicaSet, judged and counted from sync to sync, so that a sync looks at the changed ones only. */
export class PodTally {
  /** Active pods, and of those the ones with all labels of the template, and the ones that are Ready. */
  active = 0
  fullyLabeled = 0
  ready = 0
  /** Owned, on their way out and not at their end. */
  terminating = 0
  private rs: ReplicaSet
  /** By the pod's key. */
  private readonly facts = new Map<string, number>()

  constructor(rs: ReplicaSet) {
    this.rs = rs
  }

  /** Of the ReplicaSet. */
  get uid(): string {
    return this.rs.metadata.uid ?? ''
  }

  /** Whether what it knows is of this ReplicaSet with this selector and template. */
  isOf(rs: ReplicaSet): boolean {
    const { metadata, spec } = this.rs
    return rs.metadata.uid === metadata.uid && rs.spec.selector === spec.selector && rs.spec.template === spec.template
  }

  /** How a pod stands to the ReplicaSet, whosever it is. */
  standing(pod: Pod): Standing {
    return standingBy(this.examine(pod))
  }

  /** Takes a pod as it is now; undefined = it does not belong to the ReplicaSet (any more). Returns how it stands. */
  take(key: string, pod: Pod | undefined): Standing {
    const before = this.facts.get(key)
    if (before !== undefined) this.count(before, -1)
    if (!pod) {
      this.facts.delete(key)
      return 'ignored'
    }
    const facts = this.examine(pod)
    if (facts !== before) this.facts.set(key, facts)
    this.count(facts, 1)
    return standingBy(facts)
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

  private count(facts: number, by: 1 | -1): void {
    if (facts & terminal) return
    if (facts & terminating) this.terminating += by
    else if (facts & selected) {
      this.active += by
      if (facts & fullyLabeled) this.fullyLabeled += by
      if (facts & ready) this.ready += by
    }
  }
}
