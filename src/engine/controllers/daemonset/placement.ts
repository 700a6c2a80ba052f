import { matchesNodeSelectorTerms } from '#k8s/selector.ts'
import { isSchedulingTaint, toleratesTaint } from '#k8s/taint.ts'
import type { KubeNode, PodTemplateSpec, Taint, Toleration } from '#k8s/types.ts'
import { addOrUpdateDaemonPodTolerations } from './template.ts'

/** What one rule says about a template and a node; `ok` = it has nothing against a pod there. */
export type PlacementCheck =
  | { readonly rule: 'nodeName'; readonly ok: boolean /** The only node the template allows. */; readonly wanted?: string }
  | {
      readonly rule: 'nodeSelector'
      readonly ok: boolean /** The first pair the node lacks. */
      readonly missing?: readonly [key: string, value: string]
    }
  | { readonly rule: 'affinity'; readonly ok: boolean }
  | {
      readonly rule: 'taints'
      readonly ok: boolean /** NoSchedule and NoExecute taints, in the node's order. */
      readonly untolerated: readonly Taint[]
    }

/** Whether a DaemonSet wants a pod on a node, lets one stay there, and what every rule said, in the order they count. */
export interface PlacementVerdict {
  readonly shouldRun: boolean
  readonly shouldContinueRunning: boolean
  readonly checks: readonly PlacementCheck[]
}

const tolerationsOf = new WeakMap<PodTemplateSpec, readonly Toleration[]>()

function daemonTolerations(template: PodTemplateSpec): readonly Toleration[] {
  let tolerations = tolerationsOf.get(template)
  if (!tolerations) {
    tolerations = addOrUpdateDaemonPodTolerations(template.spec)
    tolerationsOf.set(template, tolerations)
  }
  return tolerations
}

function checkNodeName({ spec }: PodTemplateSpec, node: KubeNode): PlacementCheck {
  if (!spec.nodeName || spec.nodeName === node.metadata.name) return { rule: 'nodeName', ok: true }
  return { rule: 'nodeName', ok: false, wanted: spec.nodeName }
}

function checkNodeSelector({ spec }: PodTemplateSpec, node: KubeNode): PlacementCheck {
  const labels = node.metadata.labels
  for (const key in spec.nodeSelector) {
    const value = spec.nodeSelector[key] as string
    if (labels?.[key] !== value) return { rule: 'nodeSelector', ok: false, missing: [key, value] }
  }
  return { rule: 'nodeSelector', ok: true }
}

function checkAffinity({ spec }: PodTemplateSpec, node: KubeNode): PlacementCheck {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return { rule: 'affinity', ok: !required || matchesNodeSelectorTerms(required.nodeSelectorTerms, node.metadata) }
}

const noTaints: readonly Taint[] = []

function checkTaints(template: PodTemplateSpec, node: KubeNode): PlacementCheck & { rule: 'taints' } {
  const taints = node.spec?.taints
  if (!taints?.length) return { rule: 'taints', ok: true, untolerated: noTaints }
  const tolerations = daemonTolerations(template)
  const untolerated = taints.filter((taint) => isSchedulingTaint(taint) && !toleratesTaint(tolerations, taint))
  return { rule: 'taints', ok: untolerated.length === 0, untolerated }
}

/**
 * Whether a pod of this template should be on this node. Name, selector and required affinity decide both answers; an untolerated
 * NoSchedule taint keeps new pods away and lets old ones stay, an untolerated NoExecute taint does neither.
 * Resources, ports, cordons and node conditions do not count (DS-4.5).
 * @source pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod; DS-4
 */
export function nodeShouldRunDaemonPod(node: KubeNode, template: PodTemplateSpec): PlacementVerdict {
  const name = checkNodeName(template, node)
  const selector = checkNodeSelector(template, node)
  const affinity = checkAffinity(template, node)
  const taints = checkTaints(template, node)
  const fits = name.ok && selector.ok && affinity.ok
  return {
    shouldRun: fits && taints.ok,
    shouldContinueRunning: fits && !taints.untolerated.some((taint) => taint.effect === 'NoExecute'),
    checks: [name, selector, affinity, taints],
  }
}
