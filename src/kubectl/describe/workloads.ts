import { isControlledBy } from '#k8s/owner.ts'
import { formatLabelSelector, matchesLabels } from '#k8s/selector.ts'
import type { AnyObject, Condition, DaemonSet, Deployment, LabelSelector, Pod, ReplicaSet, StatefulSet } from '#k8s/types.ts'
import { formatLabels } from '../table.ts'
import { rfc1123 } from './describe-time.ts'
import { DescribeWriter } from './describe-writer.ts'
import type { DescribeContext, Describer } from './describer.ts'
import { writeEventsOf } from './events.ts'
import { writeAnnotations, writeLabels } from './multiline.ts'
import { writeController } from './pod.ts'
import { writePodTemplate } from './pod-template.ts'
import { sameTemplate } from './same-template.ts'
import { storageClassOf } from './volumes.ts'

/** `2 Running / 0 Waiting / …`: the controller's own pods by phase. @source kubectl/pkg/describe getPodStatusForController */
function podsStatus({ metadata }: AnyObject, selector: LabelSelector, { client }: DescribeContext): string {
  const pods = client.list('Pod', { namespace: metadata.namespace }).items as Pod[]
  const owned = pods.filter((pod) => matchesLabels(selector, pod.metadata.labels) && isControlledBy(pod, metadata.uid))
  const inPhase = (phase: string) => owned.filter((pod) => pod.status?.phase === phase).length
  return `${inPhase('Running')} Running / ${inPhase('Pending')} Waiting / ${inPhase('Succeeded')} Succeeded / ${inPhase('Failed')} Failed`
}

function writeConditions(w: DescribeWriter, conditions: readonly Condition[] | undefined): void {
  if (!conditions?.length) return
  w.write(0, 'Conditions:\n  Type\tStatus\tReason\n')
  w.write(1, '----\t------\t------\n')
  for (const c of conditions) w.write(1, `${c.type} \t${c.status}\t${c.reason ?? ''}\n`)
}

/** An empty selector prints as nothing here, unlike in tables. */
const selectorText = (selector: LabelSelector): string => formatLabelSelector(selector).replace(/^<none>$/, '')

/** @source kubectl/pkg/describe describeDaemonSet; DS-11.8 */
export const describeDaemonSet: Describer<DaemonSet> = (object, context) => {
  const { metadata, spec, status } = object
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  w.field(0, 'Namespace', metadata.namespace ?? '')
  w.field(0, 'Selector', selectorText(spec.selector))
  w.field(0, 'Node-Selector', formatLabels(spec.template.spec.nodeSelector))
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  w.write(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}\n`)
  w.write(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}\n`)
  w.write(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}\n`)
  w.write(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}\n`)
  w.write(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}\n`)
  w.field(0, 'Pods Status', podsStatus(object, spec.selector, context))
  writePodTemplate(w, spec.template)
  writeEventsOf(w, object, context)
  return w.toString()
}

/** @source kubectl/pkg/describe describeReplicaSet */
export const describeReplicaSet: Describer<ReplicaSet> = (object, context) => {
  const { metadata, spec, status } = object
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  w.field(0, 'Namespace', metadata.namespace ?? '')
  w.field(0, 'Selector', formatLabelSelector(spec.selector))
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  writeController(w, object)
  w.field(0, 'Replicas', `${status?.replicas ?? 0} current / ${spec.replicas ?? 1} desired`)
  w.field(0, 'Pods Status', podsStatus(object, spec.selector, context))
  writePodTemplate(w, spec.template)
  writeConditions(w, status?.conditions)
  writeEventsOf(w, object, context)
  return w.toString()
}

/** @source kubectl/pkg/describe describeStatefulSet */
export const describeStatefulSet: Describer<StatefulSet> = (object, context) => {
  const { metadata, spec, status } = object
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  w.field(0, 'Namespace', metadata.namespace ?? '')
  w.field(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp))
  w.field(0, 'Selector', selectorText(spec.selector))
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  w.field(0, 'Replicas', `${spec.replicas ?? 1} desired | ${status?.replicas ?? 0} total`)
  w.field(0, 'Update Strategy', spec.updateStrategy?.type ?? '')
  const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {}
  if (partition !== undefined) w.field(1, 'Partition', partition)
  if (partition !== undefined && maxUnavailable !== undefined) w.field(1, 'MaxUnavailable', maxUnavailable)
  w.field(0, 'Pods Status', podsStatus(object, spec.selector, context))
  writePodTemplate(w, spec.template)
  writeVolumeClaims(w, spec.volumeClaimTemplates)
  writeEventsOf(w, object, context)
  return w.toString()
}

interface ClaimTemplate {
  metadata?: { name?: string; labels?: Record<string, string>; annotations?: Record<string, string> }
  spec?: { storageClassName?: string; accessModes?: string[]; resources?: { requests?: { storage?: string } } }
}

/** @source kubectl/pkg/describe describeVolumeClaimTemplates */
function writeVolumeClaims(w: DescribeWriter, templates: readonly unknown[] | undefined): void {
  w.write(0, templates?.length ? 'Volume Claims:\n' : 'Volume Claims:\t<none>\n')
  for (const { metadata, spec } of (templates ?? []) as ClaimTemplate[]) {
    w.field(1, 'Name', metadata?.name ?? '')
    w.field(1, 'StorageClass', storageClassOf({ metadata, spec }))
    writeLabels(w, '  Labels', metadata?.labels)
    writeLabels(w, '  Annotations', metadata?.annotations)
    w.field(1, 'Capacity', spec?.resources?.requests?.storage ?? '<default>')
    w.field(1, 'Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`)
  }
}

/** @source kubectl/pkg/describe describeDeployment */
export const describeDeployment: Describer<Deployment> = (object, context) => {
  const { metadata, spec, status } = object
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  w.field(0, 'Namespace', metadata.namespace ?? '')
  w.field(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp))
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  w.field(0, 'Selector', selectorText(spec.selector))
  const counts = [
    `${spec.replicas ?? 1} desired`,
    `${status?.updatedReplicas ?? 0} updated`,
    `${status?.replicas ?? 0} total`,
    `${status?.availableReplicas ?? 0} available`,
    `${status?.unavailableReplicas ?? 0} unavailable`,
  ]
  w.field(0, 'Replicas', counts.join(' | '))
  w.field(0, 'StrategyType', spec.strategy?.type ?? '')
  w.field(0, 'MinReadySeconds', spec.minReadySeconds ?? 0)
  const rolling = spec.strategy?.rollingUpdate
  if (rolling) w.field(0, 'RollingUpdateStrategy', `${rolling.maxUnavailable ?? 0} max unavailable, ${rolling.maxSurge ?? 0} max surge`)
  writePodTemplate(w, spec.template)
  writeConditions(w, status?.conditions)
  writeReplicaSets(w, object, context)
  writeEventsOf(w, object, context)
  return w.toString()
}

/** @source kubectl/pkg/util/deployment GetAllReplicaSets, FindNewReplicaSet */
function writeReplicaSets(w: DescribeWriter, { metadata, spec }: Deployment, { client }: DescribeContext): void {
  const all = client.list('ReplicaSet', { namespace: metadata.namespace }).items as ReplicaSet[]
  const owned = all
    .filter((rs) => isControlledBy(rs, metadata.uid))
    .sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1))
  if (owned.length === 0) return
  const current = owned.find((rs) => sameTemplate(rs.spec.template, spec.template))
  const text = (sets: ReplicaSet[]) =>
    sets.map((rs) => `${rs.metadata.name} (${rs.status?.replicas ?? 0}/${rs.spec.replicas ?? 1} replicas created)`).join(', ') || '<none>'
  w.field(0, 'OldReplicaSets', text(owned.filter((rs) => rs !== current)))
  w.field(0, 'NewReplicaSet', text(current ? [current] : []))
}
