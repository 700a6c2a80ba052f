import { isTerminal } from '#k8s/pod.ts'
import { canonicalQuantity } from '#k8s/quantity.ts'
import { sortedKeys } from '#k8s/schema/go-format.ts'
import type { KubeNode, Lease, Pod, ResourceList } from '#k8s/types.ts'
import { clientSince } from '../client-version.ts'
import { findNodeRoles } from '../columns/node.ts'
import { rfc1123 } from './describe-time.ts'
import { DescribeWriter } from './describe-writer.ts'
import { type DescribeContext, type Describer, searchEvents } from './describer.ts'
import { writeEvents } from './events.ts'
import { writeAnnotations, writeLabels, writeTaints } from './multiline.ts'
import { writeNodeResources } from './node-resources.ts'

/** @source kubectl/pkg/describe describeNodeLease */
function writeLease(w: DescribeWriter, name: string, { client }: DescribeContext): void {
  let lease: Lease
  try {
    lease = client.get({ kind: 'Lease', namespace: 'kube-node-lease', name }) as Lease
  } catch (error) {
    w.field(0, 'Lease', `Failed to get lease: ${(error as Error).message}`)
    return
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec
  w.write(0, 'Lease:\n')
  w.field(1, 'HolderIdentity', holderIdentity ?? '<unset>')
  w.field(1, 'AcquireTime', acquireTime ? rfc1123(acquireTime) : '<unset>')
  w.field(1, 'RenewTime', renewTime ? rfc1123(renewTime) : '<unset>')
}

function writeConditions(w: DescribeWriter, { status }: KubeNode): void {
  if (!status?.conditions?.length) return
  w.write(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n')
  w.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n')
  for (const c of status.conditions) {
    const times = `${rfc1123(c.lastHeartbeatTime)} \t${rfc1123(c.lastTransitionTime)}`
    w.write(1, `${c.type} \t${c.status} \t${times} \t${c.reason ?? ''} \t${c.message ?? ''}\n`)
  }
}

function writeResourceList(w: DescribeWriter, title: string, list: ResourceList | undefined): void {
  const names = sortedKeys(list ?? {})
  if (names.length === 0) return
  w.write(0, `${title}:\n`)
  for (const name of names) w.field(1, name, canonicalQuantity(list?.[name] as string))
}

const systemInfo = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
  ['Kube-Proxy Version', 'kubeProxyVersion'],
] as const

/** @source kubectl/pkg/describe describeNode */
export const describeNode: Describer<KubeNode> = (node, context) => {
  const { metadata, spec, status } = node
  const w = new DescribeWriter(context.client)
  w.field(0, 'Name', metadata.name)
  w.field(0, 'Roles', findNodeRoles(node).join(',') || '<none>')
  writeLabels(w, 'Labels', metadata.labels)
  writeAnnotations(w, 'Annotations', metadata.annotations)
  w.field(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp))
  writeTaints(w, 'Taints', spec?.taints)
  w.field(0, 'Unschedulable', spec?.unschedulable ?? false)
  writeLease(w, metadata.name, context)
  writeConditions(w, node)
  w.write(0, 'Addresses:\n')
  for (const { type, address } of status?.addresses ?? []) w.field(1, type, address)
  writeResourceList(w, 'Capacity', status?.capacity)
  writeResourceList(w, 'Allocatable', status?.allocatable)
  w.write(0, 'System Info:\n')
  const left = clientSince(context.client, 'noKubeProxyVersion') ? 'kubeProxyVersion' : undefined
  for (const [title, field] of systemInfo) if (field !== left) w.field(1, title, status?.nodeInfo?.[field] ?? '')
  if (spec?.podCIDR) w.field(0, 'PodCIDR', spec.podCIDR)
  if (spec?.podCIDRs?.length) w.field(0, 'PodCIDRs', spec.podCIDRs.join(','))
  if (spec?.providerID) w.field(0, 'ProviderID', spec.providerID)
  const pods = context.client.list('Pod', { fieldSelector: `spec.nodeName=${metadata.name}` }).items as Pod[]
  writeNodeResources(
    w,
    node,
    pods.filter((pod) => !isTerminal(pod)),
    context.client.now(),
  )
  if (context.showEvents) writeEvents(w, nodeEvents(node, context), context)
  return w.toString()
}

/** Controllers name the node by its uid, the kubelet by its name. */
function nodeEvents({ metadata: { name, uid } }: KubeNode, context: DescribeContext) {
  return [uid, name].flatMap((id) => searchEvents(context, { kind: 'Node', name, uid: id }))
}
