import { ApiError, notFound } from '#k8s/api-error.ts'
import { fillAbsent } from '#k8s/defaults/fill.ts'
import { groupResource, resourceOf } from '#k8s/resources.ts'
import type { AnyObject, Kind, KubeNode, Pod, PodSpec, PriorityClass, Service, Taint, Toleration } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import type { Core } from '../core.ts'
import { withServiceAddresses } from './service-addresses.ts'

const notReady = 'node.kubernetes.io/not-ready'
const unreachable = 'node.kubernetes.io/unreachable'

/** Refuses a create in a namespace that is missing or going (GC-6.1, DS-15.7). `kube-*` and `default` always exist. */
export function admitNamespace(core: Core, kind: Kind, namespace: string, name: string): void {
  const found = core.state.tables.Namespace.get(namespace)
  if (!found) throw notFound('namespaces', namespace)
  if (!found.metadata.deletionTimestamp) return
  throw new ApiError(
    'Forbidden',
    `${groupResource(resourceOf(kind))} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      name,
      kind: resourceOf(kind).plural,
      causes: [{ reason: 'NamespaceTerminating', field: 'metadata.namespace', message: `namespace ${namespace} is being terminated` }],
    },
  )
}

const covers = (key: string) => (t: Toleration) => (t.key === key || !t.key) && (t.effect === 'NoExecute' || !t.effect)
const wait300 = (key: string): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })

const noTolerations: Toleration[] = []
const known = new WeakMap<readonly Toleration[], Toleration[]>()

/** The list itself when nothing is missing. All pods of a template share the completed one. */
function completedTolerations(own: Toleration[]): Toleration[] {
  const before = known.get(own)
  if (before) return before
  const missing = [notReady, unreachable].filter((key) => !own.some(covers(key))).map(wait300)
  const result = missing.length ? [...own, ...missing] : own
  known.set(own, result)
  return result
}

/**
 * Appends the 300-second tolerations that are not covered (NL-8).
 * @source plugin/pkg/admission/defaulttolerationseconds
 */
export function defaultTolerationSeconds(spec: PodSpec): PodSpec {
  const tolerations = completedTolerations(spec.tolerations ?? noTolerations)
  return tolerations === spec.tolerations ? spec : extend(spec, { tolerations })
}

const forbiddenPod = ({ metadata }: Pod, why: string): ApiError =>
  new ApiError('Forbidden', `pods "${metadata.name || metadata.generateName}" is forbidden: ${why}`)

/** The class a pod names, or else the default one; undefined when there is none. */
function priorityClassOf(core: Core, pod: Pod): PriorityClass | undefined {
  const classes = core.state.tables.PriorityClass
  const { priorityClassName } = pod.spec
  if (priorityClassName) {
    const named = classes.get(priorityClassName)
    if (!named) throw forbiddenPod(pod, `no PriorityClass with name ${priorityClassName} was found`)
    return named
  }
  let chosen: PriorityClass | undefined
  for (const c of classes.values()) if (c.globalDefault && (!chosen || c.value < chosen.value)) chosen = c
  return chosen
}

/**
 * Sets priority and preemptionPolicy from the pod's class (API-1.3). Throws Forbidden for an unknown class, or for values of the pod's own.
 * @source plugin/pkg/admission/priority admitPod
 */
export function admitPriority(core: Core, pod: Pod): PodSpec {
  const { spec } = pod
  const chosen = priorityClassOf(core, pod)
  const priority = chosen?.value ?? 0
  const policy = chosen?.preemptionPolicy ?? 'PreemptLowerPriority'
  const computed = (value: string | number) =>
    `must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`
  if (spec.priority !== undefined && spec.priority !== priority)
    throw forbiddenPod(pod, `the integer value of priority (${spec.priority}) ${computed(priority)}`)
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy)
    throw forbiddenPod(pod, `the string value of PreemptionPolicy (${spec.preemptionPolicy}) ${computed(policy)}`)
  const admitted = { priority, preemptionPolicy: policy }
  return chosen && !spec.priorityClassName ? extend(spec, { priorityClassName: chosen.metadata.name, ...admitted }) : extend(spec, admitted)
}

/** Only one class may be the default. @source plugin/pkg/admission/priority validatePriorityClass */
function admitPriorityClass(core: Core, priority: PriorityClass): void {
  if (!priority.globalDefault) return
  const { name } = priority.metadata
  for (const other of core.state.tables.PriorityClass.values()) {
    if (!other.globalDefault || other.metadata.name === name) continue
    throw new ApiError(
      'Forbidden',
      `priorityclasses.scheduling.k8s.io "${name}" is forbidden: PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`,
    )
  }
}

/** A hostNetwork pod gets hostPort = containerPort (from 1.28 on only here, not in templates; DS-14.2). */
function hostPorts(spec: PodSpec): PodSpec {
  if (!spec.hostNetwork || !spec.containers.some((c) => c.ports?.some((p) => !p.hostPort))) return spec
  return {
    ...spec,
    containers: spec.containers.map((c) =>
      c.ports ? { ...c, ports: c.ports.map((p) => (p.hostPort ? p : { ...p, hostPort: p.containerPort })) } : c,
    ),
  }
}

const topologyKeys = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region']

/** The labels a pod gets from its node, from 1.35 on; undefined when there are none. @source plugin/pkg/admission/podtopologylabels */
export function topologyLabels(core: Core, nodeName: string): Record<string, string> | undefined {
  const labels = since(core.version, 'podTopologyLabels') ? core.state.tables.Node.get(nodeName)?.metadata.labels : undefined
  const keys = labels ? topologyKeys.filter((key) => labels[key] !== undefined) : []
  return labels && keys.length ? Object.fromEntries(keys.map((key) => [key, labels[key] as string])) : undefined
}

function admitPod(core: Core, pod: Pod): Pod {
  let spec = defaultTolerationSeconds(admitPriority(core, pod))
  spec = hostPorts(spec)
  if (spec.enableServiceLinks === undefined) spec = extend(spec, { enableServiceLinks: true })
  const labels = spec.nodeName ? topologyLabels(core, spec.nodeName) : undefined
  return extend(pod, labels ? { spec, metadata: extend(pod.metadata, { labels: { ...labels, ...pod.metadata.labels } }) } : { spec })
}

/** New nodes start with not-ready:NoSchedule (API-1.5). */
function admitNode(node: KubeNode): KubeNode {
  const taints = node.spec.taints ?? []
  if (taints.some((t) => t.key === notReady && t.effect === 'NoSchedule')) return node
  const taint: Taint = { key: notReady, effect: 'NoSchedule' }
  return extend(node, { spec: extend(node.spec, { taints: [...taints, taint] }) })
}

/** What admission makes of an object on create. */
export function admitCreate<T extends AnyObject>(core: Core, object: T): T {
  if (object.kind === 'Pod') return admitPod(core, object) as T
  if (object.kind === 'Node') return admitNode(object) as T
  if (object.kind === 'Service') return withServiceAddresses(core, object) as T
  if (object.kind === 'PriorityClass') admitPriorityClass(core, object)
  return object
}

/** What admission makes of an object on update: tolerations of pods are completed again (NL-8.1). */
export function admitUpdate<T extends AnyObject>(core: Core, object: T, old: T): T {
  if (object.kind === 'Service') return withServiceAddresses(core, object, old as Service) as T
  if (object.kind === 'PriorityClass') admitPriorityClass(core, object)
  if (object.kind !== 'Pod') return object
  const { priority, preemptionPolicy } = (old as Pod).spec
  // what the class gave stays when an update leaves it out
  const spec = fillAbsent(defaultTolerationSeconds(object.spec), {
    ...(priority !== undefined && { priority }),
    ...(preemptionPolicy && { preemptionPolicy }),
  })
  return spec === object.spec ? object : ({ ...object, spec } as T)
}
