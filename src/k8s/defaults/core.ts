/** Defaults of the kinds that have few. */
import type { KubeEvent, KubeNode, Lease, Namespace, PriorityClass, Service } from '../types.ts'
import { defaultResourceList } from './container.ts'
import { fill, fillAbsent, mapKeeping, withField } from './fill.ts'

/** The range and the list of ranges of a node's pods say the same; if they differ, the range counts. @source Convert_v1_NodeSpec_To_core_NodeSpec */
function withPodCIDRs(spec: KubeNode['spec']): KubeNode['spec'] {
  const { podCIDR, podCIDRs = [] } = spec
  if (podCIDR) return podCIDRs[0] === podCIDR ? spec : { ...spec, podCIDRs: [podCIDR] }
  return podCIDRs[0] ? { ...spec, podCIDR: podCIDRs[0] } : spec
}

/** What a node has is what it can give, unless it says otherwise. @source SetDefaults_NodeStatus */
export function defaultNode(node: KubeNode): KubeNode {
  let status = node.status ?? {}
  if (status.capacity) status = withField(status, 'capacity', defaultResourceList(status.capacity))
  if (status.capacity && !status.allocatable) status = { ...status, allocatable: status.capacity }
  if (status.allocatable) status = withField(status, 'allocatable', defaultResourceList(status.allocatable))
  return withField(withField(node, 'spec', withPodCIDRs(node.spec ?? {})), 'status', status)
}

/** Its times, source and reporter always show: in Go they are no pointers. */
export function defaultEvent(event: KubeEvent): KubeEvent {
  const times = { eventTime: null, firstTimestamp: null, lastTimestamp: null }
  return fillAbsent(event, { ...times, source: {}, reportingComponent: '', reportingInstance: '' })
}

/** A Lease has a spec, if an empty one: in Go it is no pointer. */
export function defaultLease(lease: Lease): Lease {
  return withField(lease, 'spec', lease.spec ?? {})
}

/** @source SetDefaults_Namespace */
export function defaultNamespace(namespace: Namespace): Namespace {
  const { metadata } = namespace
  if (!metadata.name || metadata.labels?.['kubernetes.io/metadata.name'] === metadata.name) return namespace
  return { ...namespace, metadata: { ...metadata, labels: { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name } } }
}

/** A value that is left out is 0: in Go it is no pointer. */
export function defaultPriorityClass(priority: PriorityClass): PriorityClass {
  return fillAbsent(fill(priority, { value: 0 }), { preemptionPolicy: 'PreemptLowerPriority' })
}

function withClientTimeout(spec: Service['spec']): Service['spec'] {
  const { sessionAffinityConfig: config } = spec as { sessionAffinityConfig?: { clientIP?: { timeoutSeconds?: number } } }
  return config?.clientIP?.timeoutSeconds ? spec : ({ ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } } as Service['spec'])
}

/** Addresses are given by the store. @source SetDefaults_Service */
export function defaultService(service: Service): Service {
  let spec = fill(service.spec ?? {}, { type: 'ClusterIP', sessionAffinity: 'None' })
  if (spec.sessionAffinity === 'ClientIP') spec = withClientTimeout(spec)
  if (spec.type !== 'ExternalName') spec = fill(spec, { internalTrafficPolicy: 'Cluster' })
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') spec = fill(spec, { externalTrafficPolicy: 'Cluster' })
  if (spec.type === 'LoadBalancer') spec = fill(spec, { allocateLoadBalancerNodePorts: true })
  const ports = mapKeeping(spec.ports, (port) => fill(port, { protocol: 'TCP', targetPort: port.port }))
  if (ports) spec = withField(spec, 'ports', ports)
  return withField(service, 'spec', spec)
}
