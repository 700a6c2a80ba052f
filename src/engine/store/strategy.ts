import { fillAbsent, mapKeeping, withField } from '#k8s/defaults/fill.ts'
import { withLabelKeys } from '#k8s/label-keys.ts'
import { qosClass, schedulingGatesOf } from '#k8s/pod.ts'
import { withoutEmptyParts } from '#k8s/schema/empty-parts.ts'
import { templateGenerationAnnotation } from '#k8s/template-generation.ts'
import type { AnyObject, Condition, ContainerStatus, DaemonSet, Kind, KubeNode, Namespace, ObjectMeta, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { semanticEqual } from '#sim/equal.ts'
import { extend } from '#sim/extend.ts'
import type { Core } from '../core.ts'
import { createUid } from './identity.ts'

/** Kinds whose generation counts spec changes. */
const counted = new Set<Kind>(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'])

const emptyStatus: Partial<Record<Kind, object>> = {
  DaemonSet: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  Deployment: {},
  ReplicaSet: { replicas: 0 },
  StatefulSet: { replicas: 0 },
  Namespace: { phase: 'Active' },
  Service: { loadBalancer: {} },
  Node: {
    daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
    nodeInfo: {
      architecture: '',
      bootID: '',
      containerRuntimeVersion: '',
      kernelVersion: '',
      kubeProxyVersion: '',
      kubeletVersion: '',
      machineID: '',
      operatingSystem: '',
      osImage: '',
      systemUUID: '',
    },
  },
}

/** A status that a client sent, also none, with what is never left out of it. */
export function wholeStatus(kind: Kind, sent: object | undefined): object {
  return kind === 'Pod' && sent ? wholePodStatus(sent as Pod['status']) : extend(emptyStatus[kind] ?? {}, sent ?? {})
}

const containerLists = ['initContainerStatuses', 'containerStatuses'] as const

/** A container that is told of has states, if empty ones: in Go they are no pointers. An address is one of a list. */
function wholePodStatus(sent: Pod['status']): Pod['status'] {
  let status = sent.podIP && !sent.podIPs?.length ? { ...sent, podIPs: [{ ip: sent.podIP }] } : sent
  for (const list of containerLists) {
    const whole = mapKeeping(status[list] as ContainerStatus[] | undefined, (container) => fillAbsent(container, { state: {}, lastState: {} }))
    if (whole) status = withField(status, list, whole)
  }
  return status
}

const templateGeneration = (object: AnyObject): number => Number(object.metadata.annotations?.[templateGenerationAnnotation] ?? 0)

function withTemplateGeneration(set: DaemonSet, generation: number): DaemonSet {
  const annotations = extend(set.metadata.annotations ?? {}, { [templateGenerationAnnotation]: String(generation) })
  return extend(set, { metadata: extend(set.metadata, { annotations }) })
}

/** What keeps a new pod out of the queue. @source pkg/registry/core/pod applySchedulingGatedCondition; SCH-1.5 */
function gatedCondition(core: Core): Condition {
  const message = 'Scheduling is blocked due to non-empty scheduling gates'
  return { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message, lastProbeTime: null, lastTransitionTime: core.timestamp() }
}

/** As `withoutEmptyParts`, of metadata. */
function withoutEmptyLabels(metadata: ObjectMeta): ObjectMeta {
  const { labels, ...rest } = metadata
  if (!labels) return metadata
  for (const _ in labels) return metadata
  return rest
}

/** The metadata without what clients may not set. */
function clientMetadata(sent: ObjectMeta): ObjectMeta {
  const metadata = withoutEmptyLabels(sent)
  if (!('deletionTimestamp' in metadata || 'deletionGracePeriodSeconds' in metadata || 'resourceVersion' in metadata || 'uid' in metadata))
    return metadata
  const { deletionTimestamp, deletionGracePeriodSeconds, resourceVersion, uid, ...own } = metadata
  return own
}

/** What holds a new namespace: what its maker says, and always the namespace controller. */
const withOwnFinalizer = (finalizers: readonly string[] = []): readonly string[] =>
  finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes']

/** What the spec of a workload or of a client's pod is when it is stored. What a controller makes a pod from was stored before. */
function storedSpec<T extends AnyObject>({ fieldWriter }: Core, object: T): T {
  if (!counted.has(object.kind as Kind) && !(object.kind === 'Pod' && fieldWriter)) return object
  const workload = object as unknown as { spec: object }
  return withField(workload, 'spec', withoutEmptyParts(workload.spec)) as unknown as T
}

/** An admitted object made ready to be stored: system metadata filled, what clients may not set wiped (API-1.1, DS-14.3). */
export function prepareForCreate<T extends AnyObject>(core: Core, admitted: T, name: string, namespace: string | undefined): T {
  const object = storedSpec(core, admitted)
  const kind = object.kind as Kind
  const metadata: ObjectMeta = extend(clientMetadata(object.metadata), { name })
  if (namespace) metadata.namespace = namespace
  metadata.uid = createUid(core)
  metadata.creationTimestamp = core.timestamp()
  if (counted.has(kind) || kind === 'PriorityClass') metadata.generation = 1
  if (kind === 'Pod') {
    if (since(core.version, 'podGeneration')) metadata.generation = 1
    const pod = object as Pod
    const status = { phase: 'Pending', qosClass: qosClass(pod.spec) } as const
    const gated = schedulingGatesOf(pod.spec, core.version).length > 0
    const spec = withLabelKeys(pod.spec, metadata.labels, core.version)
    return extend(pod, { metadata, spec, status: gated ? { ...status, conditions: [gatedCondition(core)] } : status }) as T
  }
  // who registers a node says how it is
  const status = kind === 'Node' ? wholeStatus(kind, (object as KubeNode).status) : emptyStatus[kind]
  const made = extend(object, { metadata, ...(status && { status }) }) as T
  if (made.kind === 'DaemonSet') return withTemplateGeneration(made, Math.max(1, templateGeneration(object) || 1)) as T
  if (made.kind === 'Namespace')
    return {
      ...made,
      metadata: { ...metadata, labels: { ...metadata.labels, 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: withOwnFinalizer((made.spec as Namespace['spec'] | undefined)?.finalizers) },
    } as T
  return made
}

/** System metadata that no update changes; what an update may not even say differently stays, for validation. @source apiserver/pkg/registry/rest BeforeUpdate */
function keepIdentity(next: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const { deletionGracePeriodSeconds = old.deletionGracePeriodSeconds } = next
  return {
    ...next,
    name: old.name,
    ...(old.namespace && { namespace: old.namespace }),
    uid: next.uid || old.uid,
    creationTimestamp: old.creationTimestamp,
    ...(old.generation !== undefined && { generation: old.generation }),
    ...(old.deletionTimestamp && { deletionTimestamp: old.deletionTimestamp, deletionGracePeriodSeconds }),
  }
}

const statusOf = (object: AnyObject): unknown => ('status' in object ? object.status : undefined)
const specOf = (object: AnyObject): { template?: unknown } | undefined => ('spec' in object ? (object.spec as { template?: unknown }) : undefined)

/** A replaced object made ready to be stored: status kept, generation raised when the spec changed (DS-14.4, KL-3.5). */
export function prepareForUpdate<T extends AnyObject>(core: Core, sent: T, old: T): T {
  const { version } = core
  const next = storedSpec(core, sent)
  const kind = old.kind as Kind
  const metadata = keepIdentity(withoutEmptyLabels(next.metadata), old.metadata)
  const status = statusOf(old)
  let made = extend(next, status === undefined ? { metadata } : { metadata, status }) as T
  // what holds it is changed by its subresource only
  if (old.kind === 'Namespace') return { ...made, spec: old.spec }
  if (!counted.has(kind) && !(kind === 'Pod' && since(version, 'podGeneration'))) return made
  // of a Deployment its annotations count, too, which its ReplicaSets are given
  const annotated = kind === 'Deployment' && !semanticEqual(next.metadata.annotations, old.metadata.annotations)
  const changed = annotated || !semanticEqual(specOf(next), specOf(old))
  if (changed) made = { ...made, metadata: { ...metadata, generation: (old.metadata.generation ?? 0) + 1 } }
  if (made.kind !== 'DaemonSet') return made
  const templateChanged = changed && !semanticEqual(specOf(next)?.template, specOf(old)?.template)
  return withTemplateGeneration(made, templateGeneration(old) + (templateChanged ? 1 : 0)) as T
}

/** Metadata that not even a client's update of the status changes. */
const keptByStatus: Partial<Record<Kind, 'labels' | 'ownerReferences'>> = { Deployment: 'labels', Pod: 'ownerReferences' }

function withKept(sent: ObjectMeta, old: ObjectMeta, kept: 'labels' | 'ownerReferences' | undefined): ObjectMeta {
  if (!kept) return sent
  const { [kept]: _, ...rest } = sent
  return old[kept] ? { ...rest, [kept]: old[kept] } : rest
}

/** A status that a client sent made ready to be stored: of the rest most metadata count, too. */
export function prepareForStatusUpdate<T extends AnyObject>(sent: T, old: T): T {
  const sentMetadata = withKept(sent.metadata, old.metadata, keptByStatus[old.kind as Kind])
  const metadata = keepIdentity(withoutEmptyLabels(sentMetadata), old.metadata)
  // one shape for all that have a status: copied with a spread, each version would have one of its own
  const { apiVersion, kind, spec } = old as unknown as Pod
  return { apiVersion, kind, metadata, spec, status: statusOf(sent) } as unknown as T
}
