import { sortedKeys } from '#k8s/schema/go-format.ts'
import type { AnyObject, Namespace, PriorityClass, Service } from '#k8s/types.ts'
import { clientSince } from '../client-version.ts'
import { formatLabels } from '../table.ts'
import { rfc1123 } from './describe-time.ts'
import { DescribeWriter } from './describe-writer.ts'
import type { Describer } from './describer.ts'
import { writeEventsOf } from './events.ts'
import { writeAnnotations, writeLabels } from './multiline.ts'
import { smartLabel } from './smart-label.ts'

/** Resource quotas and limit ranges are not modelled: there are none. @source kubectl/pkg/describe describeNamespace */
export const describeNamespace: Describer<Namespace> = ({ metadata, status }, context) => {
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  w.field(0, 'Status', status?.phase ?? '')
  if (status?.conditions?.length) {
    w.write(0, 'Conditions:\n')
    w.write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n')
    w.write(1, '----\t------\t------------------\t------\t-------\n')
    for (const c of status.conditions) w.write(1, `${c.type}\t${c.status}\t${rfc1123(c.lastTransitionTime)}\t${c.reason ?? ''}\t${c.message ?? ''}\n`)
  }
  w.write(0, '\nNo resource quota.\n\nNo LimitRange resource.\n')
  return w.toString()
}

/** `9.9.9.9 (VIP), a.example`: where a load balancer is reached. @source kubectl/pkg/describe buildIngressString */
function ingressText({ loadBalancer }: Service['status']): string {
  return (loadBalancer?.ingress ?? []).map(({ ip, hostname, ipMode }) => (ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : (hostname ?? ''))).join(', ')
}

function writeExternalAddresses(w: DescribeWriter, { spec, status }: Service): void {
  if (spec.externalIPs?.length) w.field(0, 'External IPs', spec.externalIPs.join(','))
  if (spec.loadBalancerIP) w.field(0, 'Desired LoadBalancer IP', spec.loadBalancerIP)
  if (spec.externalName) w.field(0, 'External Name', spec.externalName)
  const ingress = ingressText(status ?? {})
  if (ingress) w.field(0, 'LoadBalancer Ingress', ingress)
}

/** Endpoints are not modelled: there are none. @source kubectl/pkg/describe describeService */
export const describeService: Describer<Service> = (object, context) => {
  const { metadata, spec } = object
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  w.field(0, 'Namespace', metadata.namespace ?? '')
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  w.field(0, 'Selector', formatLabels(spec.selector))
  w.field(0, 'Type', spec.type ?? '')
  if (spec.ipFamilyPolicy) w.field(0, 'IP Family Policy', spec.ipFamilyPolicy)
  w.field(0, 'IP Families', spec.ipFamilies?.join(',') || '<none>')
  w.field(0, 'IP', spec.clusterIP ?? '')
  w.field(0, 'IPs', spec.clusterIPs?.join(',') || '<none>')
  writeExternalAddresses(w, object)
  for (const { name, port, protocol = 'TCP', appProtocol, targetPort, nodePort } of spec.ports ?? []) {
    w.field(0, 'Port', `${name || '<unset>'}\t${port}/${protocol}`)
    w.field(0, 'TargetPort', `${targetPort ?? port}/${protocol}`)
    if (appProtocol !== undefined && clientSince(w.client, 'appProtocol')) w.field(0, 'AppProtocol', appProtocol)
    if (nodePort) w.field(0, 'NodePort', `${name || '<unset>'}\t${nodePort}/${protocol}`)
    w.field(0, 'Endpoints', '<none>')
  }
  w.field(0, 'Session Affinity', spec.sessionAffinity ?? '')
  if (spec.externalTrafficPolicy) w.field(0, 'External Traffic Policy', spec.externalTrafficPolicy)
  if (spec.internalTrafficPolicy) w.field(0, 'Internal Traffic Policy', spec.internalTrafficPolicy)
  if (spec.healthCheckNodePort) w.field(0, 'HealthCheck NodePort', spec.healthCheckNodePort)
  if (spec.loadBalancerSourceRanges?.length) w.field(0, 'LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','))
  if (spec.trafficDistribution) w.field(0, 'Traffic Distribution', spec.trafficDistribution)
  writeEventsOf(w, object, context)
  return w.toString()
}

/** @source kubectl/pkg/describe describePriorityClass */
export const describePriorityClass: Describer<PriorityClass> = (object, context) => {
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', object.metadata.name)
  w.field(0, 'Value', object.value)
  w.field(0, 'GlobalDefault', object.globalDefault ?? false)
  if (object.preemptionPolicy) w.field(0, 'PreemptionPolicy', object.preemptionPolicy)
  w.field(0, 'Description', object.description ?? '')
  w.field(0, 'Annotations', formatLabels(object.metadata.annotations))
  writeEventsOf(w, object, context)
  return w.toString()
}

const shownAbove = ['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations']

function writeContent(w: DescribeWriter, level: number, content: Record<string, unknown>, path: string): void {
  for (const field of sortedKeys(content)) {
    const value = content[field]
    const here = `${path}.${field}`
    if (value === undefined || shownAbove.includes(here)) continue
    if (typeof value !== 'object' || value === null) {
      w.field(level, smartLabel(field), value === null ? '<nil>' : String(value))
      continue
    }
    w.write(level, `${smartLabel(field)}:\n`)
    if (!Array.isArray(value)) writeContent(w, level + 1, value as Record<string, unknown>, here)
    else {
      for (const item of value) {
        if (typeof item === 'object' && item !== null) writeContent(w, level + 1, item as Record<string, unknown>, here)
        else w.write(level + 1, `${item}\n`)
      }
    }
  }
}

/** Kinds without a description of their own: every field as it is. @source kubectl/pkg/describe genericDescriber */
export const describeGeneric: Describer = (object, context) => {
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', object.metadata.name)
  w.field(0, 'Namespace', object.metadata.namespace ?? '')
  writeLabels(w, 'Labels', object.metadata.labels)
  writeAnnotations(w, 'Annotations', object.metadata.annotations)
  writeContent(w, 0, object as AnyObject & Record<string, unknown>, '')
  writeEventsOf(w, object, context)
  return w.toString()
}
