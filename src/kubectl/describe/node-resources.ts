import { addResources, containerResources } from '#k8s/container-resources.ts'
import { isPodLevel } from '#k8s/pod-resources.ts'
import { canonicalQuantity, toMilli, toValue } from '#k8s/quantity.ts'
import type { KubeNode, Pod, PodSpec, ResourceList } from '#k8s/types.ts'
import { clientSince } from '../client-version.ts'
import { ageOf } from '../columns/age.ts'
import type { DescribeWriter } from './describe-writer.ts'

type Which = 'requests' | 'limits'

/**
 * Requests or limits of a pod as quantities: its containers together, or its largest init container if that is more; `asWhole` = what the
 * pod asks for as a whole counts instead.
 * @source component-helpers/resource PodRequests, PodLimits
 */
function podResources(spec: PodSpec, which: Which, asWhole: boolean): ResourceList {
  let total = containerResources(spec, which)
  if (asWhole) total = { ...total, ...Object.fromEntries(Object.entries(spec.resources?.[which] ?? {}).filter(([name]) => isPodLevel(name))) }
  if (which === 'requests') return addResources(total, spec.overhead)
  const overhead = Object.entries(spec.overhead ?? {}).filter(([name]) => total[name] !== undefined)
  return addResources(total, Object.fromEntries(overhead))
}

/** What Go makes of infinity, and of what is no number, as a whole one. */
const notWhole = '-9223372036854775808'

/** What is too large for 64 bits counts as nothing. @source apimachinery/pkg/api/resource int64Amount.AsScaledInt64 */
const asInt64 = (amount: number): number => (amount < 2 ** 63 ? amount : 0)

const standard = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods'])

/**
 * The pods of a node with what they ask for, and the sums, each as a part of what the node has to give.
 * @source kubectl/pkg/describe describeNodeResource
 */
export function writeNodeResources(w: DescribeWriter, { status }: KubeNode, pods: readonly Pod[], nowMs: number): void {
  const allocatable = Object.keys(status?.allocatable ?? {}).length > 0 ? status?.allocatable : status?.capacity
  const amount = (name: string, quantity: string) => asInt64(name === 'cpu' ? toMilli(quantity) : toValue(quantity))
  // a node may have a resource of any name: `constructor`
  const of = (list: ResourceList, name: string) => (Object.hasOwn(list, name) ? list[name] : undefined) ?? '0'
  const share = (list: ResourceList, name: string, ofNothing: string) => {
    const quantity = of(list, name)
    const whole = amount(name, allocatable?.[name] ?? '0')
    return `${canonicalQuantity(quantity)} (${whole === 0 ? ofNothing : Math.trunc((amount(name, quantity) / whole) * 100)}%)`
  }
  w.field(0, 'Non-terminated Pods', `(${pods.length} in total)`)
  w.write(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n')
  w.write(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n')
  let requests: ResourceList = {}
  let limits: ResourceList = {}
  const asWhole = clientSince(w.client, 'podLevelResources')
  for (const { metadata, spec } of pods) {
    const [request, limit] = [podResources(spec, 'requests', asWhole), podResources(spec, 'limits', asWhole)]
    requests = addResources(requests, request)
    limits = addResources(limits, limit)
    const cells = ['cpu', 'memory'].flatMap((name) => [share(request, name, notWhole), share(limit, name, notWhole)])
    w.write(1, `${metadata.namespace}\t${metadata.name}\t\t${cells.join('\t')}\t${ageOf(metadata.creationTimestamp, { nowMs })}\n`)
  }
  w.write(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n')
  w.write(1, 'Resource\tRequests\tLimits\n')
  w.write(1, '--------\t--------\t------\n')
  const others = Object.keys(allocatable ?? {}).filter((name) => !standard.has(name))
  const huge = others.filter((name) => name.startsWith('hugepages-')).sort()
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...huge]) {
    w.write(1, `${name}\t${share(requests, name, '0')}\t${share(limits, name, '0')}\n`)
  }
  for (const name of others.filter((n) => !huge.includes(n)).sort()) {
    w.write(1, `${name}\t${canonicalQuantity(of(requests, name))}\t${canonicalQuantity(of(limits, name))}\n`)
  }
}
