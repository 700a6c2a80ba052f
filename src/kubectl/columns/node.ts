import { conditionOf, rolePrefix } from '#k8s/node.ts'
import type { KubeNode, NodeSystemInfo } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { PrintTime, TablePrinter } from '../table.ts'
import { ageOf } from './age.ts'
import { columns } from './columns.ts'

/** `Ready`, `NotReady` or `Unknown`, and `,SchedulingDisabled` when cordoned. PR-2.1 */
export function nodeStatusText(node: KubeNode): string {
  const ready = conditionOf(node, 'Ready')
  const text = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'
  return node.spec?.unschedulable ? `${text},SchedulingDisabled` : text
}

/** The roles of a node by its labels, sorted. @source pkg/printers/internalversion findNodeRoles; PR-2.1 */
export function findNodeRoles(node: KubeNode): string[] {
  const roles = Object.entries(node.metadata.labels ?? {}).map(([key, value]) =>
    key.startsWith(rolePrefix) ? key.slice(rolePrefix.length) : key === 'kubernetes.io/role' ? value : '',
  )
  return [...new Set(roles.filter(Boolean))].sort()
}

/** `6.1.0`, and since 1.36 `6.1.0 (amd64)`. PR #132402 */
function kernelText(info: NodeSystemInfo | undefined, { version }: PrintTime): string {
  const kernel = info?.kernelVersion || '<unknown>'
  return info?.architecture && since(version, 'architectureShown') ? `${kernel} (${info.architecture})` : kernel
}

/** @source pkg/printers/internalversion printNode */
export const nodePrinter: TablePrinter<KubeNode> = {
  columns: () => columns('NAME,STATUS,ROLES,AGE,VERSION', 'INTERNAL-IP,EXTERNAL-IP,OS-IMAGE,KERNEL-VERSION,CONTAINER-RUNTIME'),
  cells: (node, time) => {
    const info = node.status?.nodeInfo
    const address = (type: string) => node.status?.addresses?.find((a) => a.type === type)?.address || '<none>'
    return [
      node.metadata.name,
      nodeStatusText(node),
      findNodeRoles(node).join(',') || '<none>',
      ageOf(node.metadata.creationTimestamp, time),
      info?.kubeletVersion ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      info?.osImage || '<unknown>',
      kernelText(info, time),
      info?.containerRuntimeVersion || '<unknown>',
    ]
  },
}
