import * as node from '#k8s/node.ts'
import { controllerRef } from '#k8s/owner.ts'
import { templateGenerationAnnotation } from '#k8s/template-generation.ts'
import type { Affinity, DaemonSet, NodeSelector, ObjectMeta, Pod, PodSpec, PodTemplateSpec, Toleration } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import { controllerRevisionHashLabel, podTemplateGenerationLabel } from './constants.ts'

const exists = (key: string, effect: string): Toleration => ({ key, operator: 'Exists', effect })

const daemonTolerations: readonly Toleration[] = [
  exists(node.taintNotReady, 'NoExecute'),
  exists(node.taintUnreachable, 'NoExecute'),
  exists(node.taintDiskPressure, 'NoSchedule'),
  exists(node.taintMemoryPressure, 'NoSchedule'),
  exists(node.taintPidPressure, 'NoSchedule'),
  exists(node.taintUnschedulable, 'NoSchedule'),
]

const hostNetworkToleration = exists(node.taintNetworkUnavailable, 'NoSchedule')

/** Puts a toleration in the place of all that say the same but for their seconds, or at the end. */
function addOrUpdateToleration(tolerations: readonly Toleration[], added: Toleration): readonly Toleration[] {
  const says = (t: Toleration) => t.key === added.key && t.effect === added.effect && t.operator === added.operator && !t.value
  return tolerations.some(says) ? tolerations.map((t) => (says(t) ? added : t)) : [...tolerations, added]
}

/**
 * The tolerations of every daemon pod: the user's, and those that let it stay on a node in trouble.
 * @source pkg/controller/daemon/util/daemonset_util.go AddOrUpdateDaemonPodTolerations; DS-7.6
 */
export function addOrUpdateDaemonPodTolerations(spec: Pick<PodSpec, 'tolerations' | 'hostNetwork'>): Toleration[] {
  const added = spec.hostNetwork ? [...daemonTolerations, hostNetworkToleration] : daemonTolerations
  return [...added.reduce(addOrUpdateToleration, spec.tolerations ?? [])]
}

/**
 * Pins to one node: all required node affinity terms give way to one that names the node; the rest stays.
 * @source pkg/controller/daemon/util/daemonset_util.go ReplaceDaemonSetPodNodeNameNodeAffinity; DS-7.7
 */
export function replaceDaemonSetPodNodeNameNodeAffinity(affinity: Affinity | undefined, nodeName: string): Affinity {
  const required: NodeSelector = {
    nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }],
  }
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required } }
}

/**
 * The template generation the API shows on the DaemonSet, as text; undefined when it is missing or no integer.
 * @source pkg/controller/daemon/util/daemonset_util.go GetTemplateGeneration
 */
export function getTemplateGeneration(ds: DaemonSet): string | undefined {
  const text = ds.metadata.annotations?.[templateGenerationAnnotation]
  return text !== undefined && /^[+-]?\d+$/.test(text) ? String(Number(text)) : undefined
}

/**
 * The user's template with the tolerations of daemon pods and the labels that tell which revision a pod is of.
 * @source pkg/controller/daemon/util/daemonset_util.go CreatePodTemplate; DS-7.5
 */
export function createPodTemplate(template: PodTemplateSpec, generation: string | undefined, hash: string): PodTemplateSpec {
  const labels: Record<string, string> = extend(template.metadata?.labels ?? {}, {})
  if (generation !== undefined) labels[podTemplateGenerationLabel] = generation
  if (hash) labels[controllerRevisionHashLabel] = hash
  return {
    metadata: extend(template.metadata ?? {}, { labels }),
    spec: extend(template.spec, { tolerations: addOrUpdateDaemonPodTolerations(template.spec) }),
  }
}

/**
 * The pod to create for a node from what `createPodTemplate` made, with which it shares all that is the same for all nodes: only labels,
 * annotations and finalizers of the template's metadata count.
 * @source pkg/controller/controller_utils.go GetPodFromTemplate; DS-7.5
 */
export function podFromTemplate(ds: DaemonSet, template: PodTemplateSpec, nodeName: string): Omit<Pod, 'status'> {
  const { name, namespace } = ds.metadata
  const { labels, annotations, finalizers } = template.metadata ?? {}
  const prefix = `${name}-`
  const metadata: ObjectMeta = { name: '', generateName: prefix.length > 253 ? name : prefix, namespace, labels: labels ?? {} }
  if (annotations) metadata.annotations = annotations
  if (finalizers) metadata.finalizers = finalizers
  metadata.ownerReferences = [controllerRef(ds)]
  const affinity = replaceDaemonSetPodNodeNameNodeAffinity(template.spec.affinity, nodeName)
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: extend(template.spec, { affinity }) }
}
