import { labelHostname, labelZone } from '#k8s/node.ts'
import { isEmptySelector, matchesLabels } from '#k8s/selector.ts'
import type { LabelSelector, Pod, StringMap, TopologySpreadConstraint } from '#k8s/types.ts'
import { type Cycle, oncePerCycle } from './cycle.ts'
import type { NodeInfo } from './node-info.ts'
import type { SpreadConstraint } from './spread-constraint.ts'

const none: readonly SpreadConstraint[] = []

const restrictsNodes = ({ spec }: Pod): boolean =>
  spec.nodeSelector !== undefined || spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined

const maxSelectors = 1_000
const selectors = new Map<string, LabelSelector>()

/** One object for selectors of one text: what is known of a selector is kept under the object. */
function sameObject(selector: LabelSelector, text: string): LabelSelector {
  const known = selectors.get(text)
  if (known) return known
  if (selectors.size >= maxSelectors) selectors.clear()
  selectors.set(text, selector)
  return selector
}

function toConstraint(pod: Pod, c: TopologySpreadConstraint): SpreadConstraint {
  const own = pod.metadata.labels ?? {}
  const fixed: StringMap = {}
  for (const key of c.matchLabelKeys ?? []) if (own[key] !== undefined) fixed[key] = own[key]
  const merged: LabelSelector | undefined = c.labelSelector && { ...c.labelSelector, matchLabels: { ...c.labelSelector.matchLabels, ...fixed } }
  const text = JSON.stringify(merged ?? null)
  const selector = merged && sameObject(merged, text)
  return {
    topologyKey: c.topologyKey,
    maxSkew: c.maxSkew,
    minDomains: c.minDomains ?? 1,
    countKey: `${pod.metadata.namespace}|${text}`,
    namespace: pod.metadata.namespace,
    honorAffinity: c.nodeAffinityPolicy !== 'Ignore' && restrictsNodes(pod),
    honorTaints: c.nodeTaintsPolicy === 'Honor',
    matches: (labels) => matchesLabels(selector, labels),
  }
}

function own(when: string): (cycle: Cycle) => readonly SpreadConstraint[] {
  return ({ pod }) => {
    const constraints = pod.spec.topologySpreadConstraints
    return constraints?.length ? constraints.filter((c) => c.whenUnsatisfiable === when).map((c) => toConstraint(pod, c)) : none
  }
}

const ownHard = oncePerCycle(own('DoNotSchedule'))

/** The pod's constraints with DoNotSchedule. */
export function hardConstraints(cycle: Cycle): readonly SpreadConstraint[] {
  return cycle.pod.spec.topologySpreadConstraints?.length ? ownHard(cycle) : none
}

/** The pod's constraints with ScheduleAnyway. */
export const softConstraints = oncePerCycle(own('ScheduleAnyway'))

/** Selectors of the Services that select the pod and of the ReplicaSet or StatefulSet it belongs to, merged; undefined when there are none. */
function defaultSelector({ pod, view }: Cycle): LabelSelector | undefined {
  let matchLabels: StringMap = {}
  for (const service of view.services(pod.metadata.namespace ?? '')) {
    const selector = service.spec.selector
    if (selector && !isEmptySelector({ matchLabels: selector }) && matchesLabels({ matchLabels: selector }, pod.metadata.labels))
      matchLabels = { ...matchLabels, ...selector }
  }
  const owner = view.ownerSelector(pod)
  const merged: LabelSelector = { matchLabels: { ...matchLabels, ...owner?.matchLabels }, matchExpressions: owner?.matchExpressions }
  return isEmptySelector(merged) ? undefined : merged
}

/**
 * What holds for pods without constraints of their own: spread softly over hosts (maxSkew 3) and zones (maxSkew 5).
 * @source plugins/podtopologyspread/common.go buildDefaultConstraints, helper DefaultSelector; SCH-5.8
 */
export const defaultConstraints = oncePerCycle((cycle: Cycle): readonly SpreadConstraint[] => {
  if (cycle.pod.spec.topologySpreadConstraints?.length) return none
  const labelSelector = defaultSelector(cycle)
  if (!labelSelector) return none
  const overHosts = toConstraint(cycle.pod, { topologyKey: labelHostname, maxSkew: 3, whenUnsatisfiable: 'ScheduleAnyway', labelSelector })
  return [overHosts, { ...overHosts, topologyKey: labelZone, maxSkew: 5 }]
})

/** Pods on the node that a constraint's selector matches, of the pod's own namespace, terminating ones left out. @source countPodsMatchSelector */
export function countMatchingPods(info: NodeInfo, constraint: SpreadConstraint): number {
  const { countKey, namespace } = constraint
  let count = info.counts.get(countKey)
  if (count === undefined) {
    count = 0
    for (const { metadata } of info.pods)
      if (metadata.namespace === namespace && metadata.deletionTimestamp === undefined && constraint.matches(metadata.labels)) count++
    info.counts.set(countKey, count)
  }
  return count
}
