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
  const { namespace, labels: own = {} } = pod.metadata
  const fixed: StringMap = {}
  for (const key of c.matchLabelKeys ?? []) if (own[key] !== undefined) fixed[key] = own[key]
  const merged: LabelSelector | undefined = c.labelSelector && { ...c.labelSelector, matchLabels: { ...c.labelSelector.matchLabels, ...fixed } }
  const text = JSON.stringify(merged ?? null)
  const selector = merged && sameObject(merged, text)
  const matches = (labels: StringMap | undefined) => matchesLabels(selector, labels)
  return {
    topologyKey: c.topologyKey,
    maxSkew: c.maxSkew,
    minDomains: c.minDomains ?? 1,
    countKey: `${namespace}|${text}`,
    honorAffinity: c.nodeAffinityPolicy !== 'Ignore' && restrictsNodes(pod),
    honorTaints: c.nodeTaintsPolicy === 'Honor',
    matches,
    counts: ({ metadata }) => metadata.namespace === namespace && metadata.deletionTimestamp === undefined && matches(metadata.labels),
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

/** Labels that the Services want that select the pod, merged; undefined when there are none. */
function serviceLabels({ pod, view }: Cycle): StringMap | undefined {
  let merged: StringMap | undefined
  for (const service of view.services(pod.metadata.namespace ?? '')) {
    const selector = service.spec.selector
    if (selector && !isEmptySelector({ matchLabels: selector }) && matchesLabels({ matchLabels: selector }, pod.metadata.labels))
      merged = { ...merged, ...selector }
  }
  return merged
}

function spreadSoftly(pod: Pod, labelSelector: LabelSelector): readonly SpreadConstraint[] {
  if (isEmptySelector(labelSelector)) return none
  const overHosts = toConstraint(pod, { topologyKey: labelHostname, maxSkew: 3, whenUnsatisfiable: 'ScheduleAnyway', labelSelector })
  return [overHosts, { ...overHosts, topologyKey: labelZone, maxSkew: 5 }]
}

interface OfOwner {
  readonly namespace: string | undefined
  readonly restricted: boolean
  readonly constraints: readonly SpreadConstraint[]
}

/** By the owner's selector, for pods that no Service selects: those of one owner are alike. */
const ofOwners = new WeakMap<LabelSelector, OfOwner>()

function spreadAsOwned(pod: Pod, selector: LabelSelector): readonly SpreadConstraint[] {
  const { namespace } = pod.metadata
  const restricted = restrictsNodes(pod)
  const known = ofOwners.get(selector)
  if (known?.namespace === namespace && known?.restricted === restricted) return known.constraints
  const constraints = spreadSoftly(pod, selector)
  ofOwners.set(selector, { namespace, restricted, constraints })
  return constraints
}

/**
 * What holds for pods without constraints of their own: spread softly over hosts (maxSkew 3) and zones (maxSkew 5). The selectors of the
 * Services that select the pod and of the ReplicaSet or StatefulSet it belongs to, merged, say which pods count.
 * @source plugins/podtopologyspread/common.go buildDefaultConstraints, helper DefaultSelector; SCH-5.8
 */
export const defaultConstraints = oncePerCycle((cycle: Cycle): readonly SpreadConstraint[] => {
  const { pod, view } = cycle
  if (pod.spec.topologySpreadConstraints?.length) return none
  const labels = serviceLabels(cycle)
  const owner = view.ownerSelector(pod)
  if (!labels) return owner ? spreadAsOwned(pod, owner) : none
  return spreadSoftly(pod, { matchLabels: { ...labels, ...owner?.matchLabels }, matchExpressions: owner?.matchExpressions })
})

/** Pods on the node that a constraint's selector matches, of the pod's own namespace, terminating ones left out. @source countPodsMatchSelector */
export function countMatchingPods(info: NodeInfo, constraint: SpreadConstraint): number {
  return info.count(constraint.countKey, constraint.counts)
}
