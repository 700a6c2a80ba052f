/** Where a DaemonSet wants pods, decided the plain way: written from spec/daemonset.md DS-4 and DS-7.6, sharing nothing with the engine. */
import type { KubeNode, LabelSelectorRequirement, NodeSelectorTerm, PodTemplateSpec, StringMap, Taint, Toleration } from '#k8s/types.ts'

const labelName = /^([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

function isKey(key: string): boolean {
  const parts = key.split('/')
  const name = parts.pop() ?? ''
  return labelName.test(name) && (parts.length === 0 || (parts.length === 1 && subdomain.test(parts[0] ?? '')))
}

/** A 64-bit integer, or undefined. */
function toInteger(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined
  const value = BigInt(text.replace('+', ''))
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined
}

/** Whether labels meet a requirement; undefined when it cannot be parsed (DS-4.4). */
function meets({ key, operator, values = [] }: LabelSelectorRequirement, labels: StringMap): boolean | undefined {
  if (!isKey(key) || values.some((value) => value !== '' && !labelName.test(value))) return undefined
  const has = Object.hasOwn(labels, key)
  const value = labels[key] ?? ''
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) return undefined
    const isIn = has && values.includes(value)
    return operator === 'In' ? isIn : !isIn
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') return values.length > 0 ? undefined : has === (operator === 'Exists')
  if (operator !== 'Gt' && operator !== 'Lt') return undefined
  const bound = values.length === 1 ? toInteger(values[0]) : undefined
  if (bound === undefined) return undefined
  const number = has ? toInteger(value) : undefined
  return number !== undefined && (operator === 'Gt' ? number > bound : number < bound)
}

function meetsField({ key, operator, values = [] }: LabelSelectorRequirement, name: string): boolean {
  if ((operator !== 'In' && operator !== 'NotIn') || values.length !== 1) return false
  const isIt = (key === 'metadata.name' ? name : '') === values[0]
  return operator === 'In' ? isIt : !isIt
}

function meetsTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, { metadata: { name, labels = {} } }: KubeNode): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false
  return matchExpressions.every((r) => meets(r, labels) === true) && matchFields.every((r) => meetsField(r, name))
}

/** DS-7.6 */
const injected: [name: string, effect: string][] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
]

/** DS-4.7 */
function covers(toleration: Toleration, { key, value = '', effect }: Taint): boolean {
  if (toleration.effect && toleration.effect !== effect) return false
  if (toleration.key && toleration.key !== key) return false
  const { operator = 'Equal', value: wanted = '' } = toleration
  return operator === 'Exists' || ((operator === 'Equal' || operator === '') && wanted === value)
}

/** DS-4 */
export function plainPlacement(node: KubeNode, { spec }: PodTemplateSpec): { shouldRun: boolean; shouldContinue: boolean } {
  const never = { shouldRun: false, shouldContinue: false }
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return never
  const labels = node.metadata.labels ?? {}
  if (Object.entries(spec.nodeSelector ?? {}).some(([key, value]) => labels[key] !== value)) return never
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required && !(required.nodeSelectorTerms ?? []).some((term) => meetsTerm(term, node))) return never
  const added = [...injected, ...(spec.hostNetwork ? [['network-unavailable', 'NoSchedule'] as const] : [])]
  const tolerations = [
    ...(spec.tolerations ?? []),
    ...added.map(([name, effect]): Toleration => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect })),
  ]
  const open = (node.spec?.taints ?? []).filter((taint) => taint.effect !== 'PreferNoSchedule' && !tolerations.some((t) => covers(t, taint)))
  return { shouldRun: open.length === 0, shouldContinue: !open.some(({ effect }) => effect === 'NoExecute') }
}
