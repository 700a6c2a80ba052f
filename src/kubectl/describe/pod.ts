import { controllerOf } from '#k8s/owner.ts'
import { isTerminal, qosClass } from '#k8s/pod.ts'
import type { AnyObject, Pod } from '#k8s/types.ts'
import { ageOf } from '../columns/age.ts'
import { writeContainers, writeResources } from './container-text.ts'
import { rfc1123 } from './describe-time.ts'
import { DescribeWriter } from './describe-writer.ts'
import { type Describer, searchEvents } from './describer.ts'
import { writeEvents } from './events.ts'
import { writeAnnotations, writeLabels, writeTolerations } from './multiline.ts'
import { writeTopologySpread } from './pod-template.ts'
import { writeVolumes } from './volumes.ts'

/** `Controlled By:\tDaemonSet/agent`, when something controls the object. @source kubectl/pkg/describe printController */
export function writeController(w: DescribeWriter, object: AnyObject): void {
  const owner = controllerOf(object)
  if (owner) w.field(0, 'Controlled By', `${owner.kind}/${owner.name}`)
}

function writeStatus(w: DescribeWriter, pod: Pod, nowMs: number): void {
  const { metadata, status, spec } = pod
  if (metadata.deletionTimestamp && !isTerminal(pod)) {
    w.field(0, 'Status', `Terminating (lasts ${ageOf(metadata.deletionTimestamp, { nowMs })})`)
    w.field(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`)
  } else w.field(0, 'Status', status?.phase ?? '')
  if (status?.reason) w.field(0, 'Reason', status.reason)
  if (status?.message) w.field(0, 'Message', status.message)
  const profile = (spec.securityContext as { seccompProfile?: { type: string; localhostProfile?: string } } | undefined)?.seccompProfile
  if (profile) w.field(0, 'SeccompProfile', profile.type)
  if (profile?.type === 'Localhost') w.field(0, 'LocalhostProfile', profile.localhostProfile ?? '')
  w.field(0, 'IP', status?.podIP ?? '')
  if (!status?.podIPs?.length) w.field(0, 'IPs', '<none>')
  else {
    w.write(0, 'IPs:\n')
    for (const { ip } of status.podIPs) w.field(1, 'IP', ip ?? '')
  }
  writeController(w, pod)
  if (status?.nominatedNodeName) w.field(0, 'NominatedNodeName', status.nominatedNodeName)
}

function writeConditions(w: DescribeWriter, { spec, status }: Pod): void {
  const rows = (title: string, conditions: [string, string][]) => {
    if (conditions.length === 0) return
    w.write(0, `${title}:\n  Type\tStatus\n`)
    for (const [type, value] of conditions) w.write(1, `${type} \t${value} \n`)
  }
  const gates = spec.readinessGates ?? []
  const statusOf = (type: string) => status?.conditions?.find((c) => c.type === type)?.status ?? '<none>'
  rows(
    'Readiness Gates',
    gates.map((g) => [g.conditionType, statusOf(g.conditionType)]),
  )
  rows(
    'Conditions',
    (status?.conditions ?? []).map((c) => [c.type, c.status]),
  )
}

/** @source kubectl/pkg/describe describePod */
export const describePod: Describer<Pod> = (pod, context) => {
  const { metadata, spec, status } = pod
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  w.field(0, 'Namespace', metadata.namespace ?? '')
  if (spec.priority !== undefined) w.field(0, 'Priority', spec.priority)
  if (spec.priorityClassName) w.field(0, 'Priority Class Name', spec.priorityClassName)
  if (spec.runtimeClassName) w.field(0, 'Runtime Class Name', spec.runtimeClassName)
  if (spec.serviceAccountName) w.field(0, 'Service Account', spec.serviceAccountName)
  w.field(0, 'Node', spec.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>')
  if (status?.startTime) w.field(0, 'Start Time', rfc1123(status.startTime))
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  writeStatus(w, pod, context.client.now())
  if (spec.resources) {
    w.write(0, 'Resources:\n')
    writeResources(w, 1, spec.resources)
  }
  if (spec.initContainers?.length) writeContainers(w, 'Init Containers', spec.initContainers, '', status?.initContainerStatuses, pod)
  writeContainers(w, 'Containers', spec.containers ?? [], '', status?.containerStatuses, pod)
  const { ephemeralContainers } = spec
  if (ephemeralContainers?.length) writeContainers(w, 'Ephemeral Containers', ephemeralContainers, '', status?.ephemeralContainerStatuses, pod)
  writeConditions(w, pod)
  writeVolumes(w, spec.volumes, '')
  w.field(0, 'QoS Class', status?.qosClass || qosClass(spec))
  writeLabels(w, 'Node-Selectors', spec.nodeSelector)
  writeTolerations(w, 'Tolerations', spec.tolerations)
  writeTopologySpread(w, spec.topologySpreadConstraints, '')
  const about = { kind: 'Pod', namespace: metadata.namespace, name: metadata.name, uid: metadata.uid, anyKind: true } as const
  if (context.showEvents) writeEvents(w, searchEvents(context, about), context)
  return w.toString()
}
