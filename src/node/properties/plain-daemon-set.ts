/**
 * A DaemonSet counted the plain way: every node and every pod looked at, nothing kept. Written from spec/daemonset.md (DS-4 to DS-10), not from
 * the controller; only label selectors of DaemonSets are shared with it, which have vectors of their own.
 */

import { matchesLabels } from '#k8s/selector.ts'
import { templateGenerationAnnotation } from '#k8s/template-generation.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { ControllerRevision, DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { plainPlacement } from './plain-placement.ts'

/** What is known of the cluster at one moment; nowMs since 1970. */
export interface World {
  version: KubernetesVersion
  nowMs: number
  nodes: readonly KubeNode[]
  pods: readonly Pod[]
  revisions: readonly ControllerRevision[]
}

export interface PlainNode {
  name: string
  exists: boolean
  shouldRun: boolean
  shouldContinue: boolean
  /** Oldest first, terminating ones too (DS-6.7 order). */
  pods: Pod[]
}

export const ready = (pod: Pod): boolean => pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false
export const terminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined
const phaseEnded = (pod: Pod): boolean => pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded'

const ownerUid = (object: Pod | ControllerRevision) => object.metadata.ownerReferences?.find((o) => o.controller)?.uid

/** DS-8.6 */
export function available(pod: Pod, ds: DaemonSet, { version, nowMs }: World): boolean {
  if (!ready(pod)) return false
  const minReadySeconds = ds.spec.minReadySeconds ?? 0
  if (minReadySeconds === 0) return true
  const from = pod.status.conditions?.find((c) => c.type === 'Ready')?.lastTransitionTime
  if (!from) return false
  const at = parseTimestamp(from) + minReadySeconds * 1000
  return since(version, 'availableAtBoundary') ? at <= nowMs : at < nowMs
}

/** The hash pods are compared with: that of the DaemonSet's latest revision (DS-9.9). */
export function currentHash(ds: DaemonSet, { revisions }: World): string | undefined {
  const own = revisions.filter((r) => ownerUid(r) === ds.metadata.uid)
  const latest = own.reduce<ControllerRevision | undefined>((a, b) => (a && a.revision >= b.revision ? a : b), undefined)
  return latest?.metadata.labels?.['controller-revision-hash']
}

/** DS-10.3 */
export function isNew(pod: Pod, ds: DaemonSet, world: World): boolean {
  const { labels = {} } = pod.metadata
  const hash = currentHash(ds, world)
  if (hash !== undefined && labels['controller-revision-hash'] === hash) return true
  const generation = ds.metadata.annotations?.[templateGenerationAnnotation]
  return since(world.version, 'templateGenerationCounts') && generation !== undefined && labels['pod-template-generation'] === generation
}

const order = (a: Pod, b: Pod): number => {
  const keys = (p: Pod) => [p.spec.nodeName ? 0 : 1, parseTimestamp(p.metadata.creationTimestamp ?? ''), p.metadata.name] as const
  const [x, y] = [keys(a), keys(b)]
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return (x[i] as number) < (y[i] as number) ? -1 : 1
  return 0
}

/** DS-5.2: owned and matching. */
export const isClaimed = (pod: Pod, ds: DaemonSet): boolean =>
  pod.metadata.namespace === ds.metadata.namespace && ownerUid(pod) === ds.metadata.uid && matchesLabels(ds.spec.selector, pod.metadata.labels)

/** DS-5.4: the bound node, or the one value of the first requirement that asks for a name. */
function plainTarget({ spec }: Pod): string | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  const pin = terms.flatMap((term) => term.matchFields ?? []).find(({ key, operator }) => key === 'metadata.name' && operator === 'In')
  return spec.nodeName || (pin?.values?.length === 1 ? pin.values[0] : undefined)
}

/** Every node that exists or has pods, with the DaemonSet's pods there. */
export function plainNodes(ds: DaemonSet, world: World): PlainNode[] {
  const byNode = new Map<string, Pod[]>()
  for (const pod of world.pods) {
    const name = plainTarget(pod)
    if (name === undefined || !isClaimed(pod, ds)) continue
    if (since(world.version, 'terminalTerminatingIgnored') && phaseEnded(pod) && terminating(pod)) continue
    byNode.set(name, [...(byNode.get(name) ?? []), pod])
  }
  const existing = world.nodes.map((node): PlainNode => {
    return { name: node.metadata.name, exists: true, ...plainPlacement(node, ds.spec.template), pods: byNode.get(node.metadata.name) ?? [] }
  })
  const names = new Set(existing.map((n) => n.name))
  const gone = [...byNode].filter(([name]) => !names.has(name))
  const all = [...existing, ...gone.map(([name, pods]): PlainNode => ({ name, exists: false, shouldRun: false, shouldContinue: false, pods }))]
  for (const node of all) node.pods.sort(order)
  return all
}

/** DS-8.1, as `desired/current/misscheduled/ready/updated/available/unavailable`. */
export function recount(ds: DaemonSet, world: World): string {
  const count = { desired: 0, current: 0, misscheduled: 0, ready: 0, updated: 0, available: 0 }
  for (const { exists, shouldRun, pods } of plainNodes(ds, world)) {
    if (!exists) continue
    const [first] = pods
    if (!shouldRun) {
      if (first) count.misscheduled++
      continue
    }
    count.desired++
    if (!first) continue
    count.current++
    if (ready(first)) count.ready++
    if (available(first, ds, world)) count.available++
    if (isNew(first, ds, world)) count.updated++
  }
  return [...Object.values(count), count.desired - count.available].join('/')
}

/** The same numbers as the stored status says them. */
export function written({ status: s }: DaemonSet): string {
  return [
    s.desiredNumberScheduled,
    s.currentNumberScheduled,
    s.numberMisscheduled,
    s.numberReady,
    s.updatedNumberScheduled ?? 0,
    s.numberAvailable ?? 0,
    s.numberUnavailable ?? 0,
  ].join('/')
}

/** Any positive maxSurge, also of percentages (DS-6.9). */
export function surges(ds: DaemonSet): boolean {
  const { type, rollingUpdate } = ds.spec.updateStrategy
  return type === 'RollingUpdate' && scaled(rollingUpdate?.maxSurge, 1) > 0
}

/** DS-10.2: percentages round up. */
export function scaled(value: number | string | undefined, total: number): number {
  return typeof value === 'string' ? Math.ceil((Number.parseInt(value, 10) * total) / 100) : (value ?? 0)
}
