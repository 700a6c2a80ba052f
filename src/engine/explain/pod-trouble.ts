import { conditionOf } from '#k8s/node.ts'
import { isPodReady, isTerminating, podCondition, targetNode } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { Cluster } from '../cluster.ts'
import { availableFromMs, type PodRules } from '../controllers/daemonset/node-view.ts'
import { failingProbes } from '../kubelet/failing-probes.ts'
import { stoppedKubelets } from '../kubelet/stopped-kubelets.ts'
import { clockText, code, plural } from './answer.ts'
import { filterFailure } from './filter-reasons.ts'

/** What keeps a pod from being available. */
export interface PodTrouble {
  readonly kind:
    | 'held'
    | 'terminating'
    | 'stuckTerminating'
    | 'port'
    | 'pending'
    | 'image'
    | 'waiting'
    | 'failed'
    | 'silentNode'
    | 'ripening'
    | 'notReady'
  /** The rest of a sentence that begins with the pod. */
  readonly text: string
  readonly rule: string
}

const imageReasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName'])

/** The finalizers that alone keep the object of a pod: it was deleted without grace, or its grace is used up. */
export function holders({ metadata: { deletionTimestamp, deletionGracePeriodSeconds, finalizers = [] } }: Pod): readonly string[] {
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 ? finalizers : []
}

/** Why a pod is not available, first things first; undefined when it is. */
export function podTrouble(cluster: Cluster, pod: Pod, rules: Pick<PodRules, 'minReadySeconds' | 'version'>): PodTrouble | undefined {
  const node = pod.spec.nodeName
  const silent = node !== undefined && stoppedKubelets(cluster).includes(node)
  const held = holders(pod)
  if (held.length > 0)
    return {
      kind: 'held',
      text: `is deleted, and its object stays until the ${held.length === 1 ? 'finalizer' : 'finalizers'} ${held.map(code).join(', ')} ${held.length === 1 ? 'is' : 'are'} taken away`,
      rule: 'API-2.5',
    }
  if (isTerminating(pod))
    return silent
      ? { kind: 'stuckTerminating', text: `is terminating for good: the kubelet of ${node} does not run, so nobody ends it`, rule: 'NL-7.1' }
      : { kind: 'terminating', text: 'is terminating', rule: 'DS-10.7' }
  if (pod.status.phase === 'Failed')
    return {
      kind: 'failed',
      text: `${pod.status.reason === 'Evicted' ? 'was evicted by its kubelet' : 'has failed'}: ${(pod.status.message || pod.status.reason || 'no reason given').replace(/[\s.]+$/, '')}`,
      rule: 'DS-6.4',
    }
  if (!node) return unbound(cluster, pod)
  if (isPodReady(pod)) {
    const atMs = availableFromMs(pod, rules) - cluster.core.options.epochMs
    if (atMs <= cluster.nowMs) return undefined
    return { kind: 'ripening', text: `is Ready, but available only from t = ${clockText(atMs)} on (minReadySeconds)`, rule: 'DS-8.6' }
  }
  const machine = cluster.core.state.tables.Node.get(node)
  const ready = machine && conditionOf(machine, 'Ready')
  if (silent || (ready && ready.status !== 'True')) return { kind: 'silentNode', text: `is not Ready, because ${node} is not`, rule: 'WC-5.9' }
  const waiting = pod.status.containerStatuses?.find((c) => c.state.waiting && c.state.waiting.reason !== 'ContainerCreating')
  const reason = waiting?.state.waiting?.reason ?? ''
  if (waiting && imageReasons.has(reason))
    return { kind: 'image', text: `cannot start: the image ${code(waiting.image)} is not there (${reason})`, rule: 'KL-6' }
  const ended = waiting?.lastState?.terminated
  // each wait for the next start is longer
  if (waiting && ended && reason === 'CrashLoopBackOff') {
    const so = `${plural(waiting.restartCount, 'restart')} so far, the last exit code was ${ended.exitCode}`
    return { kind: 'waiting', text: `waits: container ${code(waiting.name)} is in ${reason} (${so})`, rule: 'KL-5' }
  }
  if (waiting) return { kind: 'waiting', text: `waits: container ${code(waiting.name)} is in ${reason}`, rule: 'KL-5' }
  return pod.status.phase === 'Pending'
    ? { kind: 'waiting', text: 'is starting', rule: 'KL-1' }
    : failingProbes(cluster).includes(`${pod.metadata.uid} readiness`)
      ? { kind: 'notReady', text: 'runs, but is not Ready: its readiness probe fails', rule: 'KL-7' }
      : { kind: 'notReady', text: 'runs, but is not Ready', rule: 'KL-3' }
}

const wantsHostPort = ({ spec }: Pod) => spec.containers.some(({ ports }) => ports?.some(({ hostPort }) => hostPort))

/** The scheduler's own words tell enough, and asking its filters costs a look at the whole cluster: they are asked about ports only. */
function unbound(cluster: Cluster, pod: Pod): PodTrouble {
  const on = targetNode(pod)
  const failure = on !== undefined && wantsHostPort(pod) ? filterFailure(cluster, pod, on) : undefined
  if (failure?.kind === 'ports') return { kind: 'port', text: `is Pending: ${failure.text}`, rule: 'SCH-3.5' }
  const text = podCondition(pod, 'PodScheduled')?.message ?? 'the scheduler has not come to it yet'
  return { kind: 'pending', text: `is Pending: ${text}`, rule: 'SCH-6' }
}
