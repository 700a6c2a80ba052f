import { controllerOf } from '#k8s/owner.ts'
import { targetNode } from '#k8s/pod.ts'
import { formatTaint } from '#k8s/taint.ts'
import type {
  Container,
  ControllerRevision,
  DaemonSet,
  DaemonSetStatus,
  DaemonSetUpdateStrategy,
  Deployment,
  KubeEvent,
  KubeNode,
  NodeSelectorTerm,
  Pod,
  StatefulSet,
  Toleration,
} from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import type { NodeSpec, Step } from './format.ts'

/** The cluster after a step, as recordings keep it. Format: e2e/conformance/README.md. */
export interface After {
  nodes: { name: string; ready: string; unschedulable: boolean; taints: string[] }[]
  daemonsets: { name: string; namespace: string; generation: number; updateStrategy: object; status: Partial<DaemonSetStatus> }[]
  pods: RecordedPod[]
  controllerrevisions: { owner: string | null; revision: number; image: string }[]
  deployments: { name: string; status: { replicas: number; updated: number; ready: number; available: number } }[]
  statefulsets: { name: string; status: { replicas: number; ready: number } }[]
  events: { object: string; type: string; reason: string; from: string; message: string; count: number }[]
}

interface RecordedPod {
  owner: string | null
  name?: string
  namespace: string
  node: string | null
  target: string | null
  phase: string
  reason: string | null
  ready: string | null
  terminating: boolean
  image: string
  revision?: number
  tolerations?: Toleration[]
  requiredTerms?: NodeSelectorTerm[]
  scheduled?: { status: string; reason?: string; message?: string }
}

export interface RecordedStep extends Step {
  result?: { stdout: string; stderr: string; exit: number }
  after?: After
}

export interface Recording {
  id: string
  title: string
  nodes: NodeSpec[]
  steps: RecordedStep[]
}

const suffix = '[bcdfghjklmnpqrstvwxz2456789]{5}'
const hash = '[bcdfghjklmnpqrstvwxz2456789]{6,10}'

/** Folds the random parts out of the names of these workloads' pods and ReplicaSets. */
export function createFold(workloads: readonly string[]): (text: string) => string {
  if (workloads.length === 0) return (text) => text
  const names = [...workloads].sort((a, b) => b.length - a.length).join('|')
  const replicaSetPod = new RegExp(`\\b(${names})-${hash}-${suffix}\\b`, 'g')
  const pod = new RegExp(`\\b(${names})-${suffix}\\b(?!-)`, 'g')
  const replicaSet = new RegExp(`\\b(${names})-${hash}\\b`, 'g')
  return (text) => text.replace(replicaSetPod, '$1-<hash>-<pod>').replace(pod, '$1-<pod>').replace(replicaSet, '$1-<hash>')
}

const compareBy =
  <T>(key: (item: T) => string) =>
  (a: T, b: T): number =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0

/** The first image of the template a revision stores; of one that somebody made by hand it may be none. */
function imageOf({ data }: { data?: { spec?: { template?: { spec?: { containers?: readonly Container[] } } } } }): string {
  return data?.spec?.template?.spec?.containers?.[0]?.image ?? ''
}

/** Reads the whole cluster through the API, in the recordings' form. Kubelet events are left out. */
export function recordCluster(client: ApiClient): After {
  const list = <T>(kind: Parameters<ApiClient['list']>[0]) => client.list(kind).items as unknown as T[]
  const daemonSets = list<DaemonSet>('DaemonSet')
  const deployments = list<Deployment>('Deployment')
  const statefulSets = list<StatefulSet>('StatefulSet')
  const revisions = list<ControllerRevision>('ControllerRevision')
  const fold = createFold([...daemonSets, ...deployments].map((o) => o.metadata.name))
  const revisionOf = (pod: Pod): number | undefined => {
    const label = pod.metadata.labels?.['controller-revision-hash']
    const owner = controllerOf(pod)
    return label && owner
      ? revisions.find((r) => controllerOf(r)?.uid === owner.uid && r.metadata.labels?.['controller-revision-hash'] === label)?.revision
      : undefined
  }
  return {
    nodes: list<KubeNode>('Node').map((node) => ({
      name: node.metadata.name,
      ready: node.status.conditions?.find((c) => c.type === 'Ready')?.status ?? 'Unknown',
      unschedulable: node.spec.unschedulable ?? false,
      taints: (node.spec.taints ?? []).map((t) => formatTaint(t)).sort(),
    })),
    daemonsets: daemonSets.map((ds) => ({
      name: ds.metadata.name,
      namespace: ds.metadata.namespace ?? '',
      generation: ds.metadata.generation ?? 0,
      updateStrategy: recordStrategy(ds.spec.updateStrategy),
      status: ds.status,
    })),
    pods: list<Pod>('Pod')
      .map((pod) => recordPod(pod, fold, revisionOf(pod)))
      .sort(compareBy((p) => JSON.stringify([p.owner ?? p.name, p.node, p.phase]))),
    controllerrevisions: revisions
      .map((r) => ({ owner: controllerOf(r)?.name ?? null, revision: r.revision, image: imageOf(r) }))
      .sort(compareBy((r) => JSON.stringify(r))),
    deployments: deployments.map(({ metadata, status }) => ({
      name: metadata.name,
      status: {
        replicas: status.replicas ?? 0,
        updated: status.updatedReplicas ?? 0,
        ready: status.readyReplicas ?? 0,
        available: status.availableReplicas ?? 0,
      },
    })),
    statefulsets: statefulSets.map(({ metadata, status }) => ({
      name: metadata.name,
      status: { replicas: status.replicas, ready: status.readyReplicas ?? 0 },
    })),
    events: recordEvents(list<KubeEvent>('Event'), fold),
  }
}

/** Fields in the order in which the API server prints them. */
function recordStrategy({ type, rollingUpdate }: DaemonSetUpdateStrategy): DaemonSetUpdateStrategy {
  if (!rollingUpdate) return { type }
  const { maxUnavailable, maxSurge } = rollingUpdate
  return { type, rollingUpdate: { maxUnavailable, maxSurge } }
}

function recordPod(pod: Pod, fold: (text: string) => string, revision: number | undefined): RecordedPod {
  const owner = controllerOf(pod)
  const scheduled = pod.status.conditions?.find((c) => c.type === 'PodScheduled')
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return {
    owner: owner ? `${owner.kind}/${owner.kind === 'ReplicaSet' ? fold(owner.name) : owner.name}` : null,
    ...((!owner || owner.kind === 'StatefulSet') && { name: pod.metadata.name }),
    namespace: pod.metadata.namespace ?? '',
    node: pod.spec.nodeName ?? null,
    target: targetNode(pod) ?? null,
    phase: pod.status.phase ?? '',
    reason: pod.status.reason ?? null,
    ready: pod.status.conditions?.find((c) => c.type === 'Ready')?.status ?? null,
    terminating: pod.metadata.deletionTimestamp !== undefined,
    image: pod.spec.containers[0]?.image ?? '',
    ...(revision !== undefined && { revision }),
    tolerations: pod.spec.tolerations,
    ...(required && { requiredTerms: required }),
    ...(scheduled && {
      scheduled: {
        status: scheduled.status,
        ...(scheduled.reason && { reason: scheduled.reason }),
        ...(scheduled.message && { message: scheduled.message }),
      },
    }),
  }
}

/** Events with equal folded text are one entry, as in the recordings. */
function recordEvents(events: KubeEvent[], fold: (text: string) => string): After['events'] {
  const found = new Map<string, After['events'][number]>()
  for (const event of events) {
    const from = event.source?.component || event.reportingComponent || ''
    if (from === 'kubelet') continue
    const entry = {
      object: fold(`${event.involvedObject.kind}/${event.involvedObject.name}`),
      type: event.type,
      reason: event.reason,
      from,
      message: fold(event.message),
      count: event.series?.count ?? event.count ?? 1,
    }
    const key = JSON.stringify([entry.object, entry.type, entry.reason, entry.from, entry.message])
    const known = found.get(key)
    if (known) known.count += entry.count
    else found.set(key, entry)
  }
  return [...found.entries()].sort(compareBy(([key]) => key)).map(([, entry]) => entry)
}
