import { statusNamed } from '#k8s/container-statuses.ts'
import { sidecarsOf } from '#k8s/sidecar.ts'
import type { Condition, Container, ContainerStatus, PodPhase, PodSpec } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { isInitialized, isPastInit } from './pod-phase.ts'

export interface ConditionInput {
  readonly spec: PodSpec
  readonly phase: PodPhase
  readonly inits: readonly ContainerStatus[]
  readonly containers: readonly ContainerStatus[]
  /** The sandbox exists and has network. */
  readonly sandbox: boolean
  /** Generation the conditions are about; undefined where they do not say. */
  readonly observedGeneration: number | undefined
  readonly before: readonly Condition[]
  readonly now: string
  readonly version: KubernetesVersion
}

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>

const noContainers: readonly Container[] = []

const yes: Verdict = { status: 'True' }
const no: Verdict = { status: 'False' }

/** @source pkg/kubelet/status/generate.go GeneratePodInitializedCondition; KL-3.2 */
function initialized({ spec, phase, inits, containers }: ConditionInput): Verdict {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' }
  if (isPastInit(containers)) return yes
  const incomplete: string[] = []
  for (const container of spec.initContainers ?? noContainers) {
    const { name } = container
    if (!isInitialized(container, statusNamed(inits, name))) incomplete.push(name)
  }
  if (incomplete.length === 0) return yes
  return { status: 'False', reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete.join(' ')}]` }
}

function allReady(containers: readonly ContainerStatus[]): boolean {
  for (const { ready } of containers) if (!ready) return false
  return true
}

/** @source pkg/kubelet/status/generate.go GenerateContainersReadyCondition; KL-3.3 */
function containersReady({ spec, phase, inits, containers }: ConditionInput): Verdict {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' }
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' }
  if (containers.length === 0) return { status: 'False', reason: 'UnknownContainerStatuses' }
  const sidecars = sidecarsOf(spec)
  if (sidecars.length === 0 && containers.length === spec.containers.length && allReady(containers)) return yes
  let unknown = ''
  let unready = ''
  for (const list of [sidecars, spec.containers])
    for (const { name } of list) {
      const status = statusNamed(inits, name) ?? statusNamed(containers, name)
      if (!status) unknown += unknown ? ` ${name}` : name
      else if (!status.ready) unready += unready ? ` ${name}` : name
    }
  if (!unknown && !unready) return yes
  const withUnready = unready && `containers with unready status: [${unready}]`
  const withUnknown = unknown && `containers with unknown status: [${unknown}]`
  const message = withUnready && withUnknown ? `${withUnready}, ${withUnknown}` : withUnready || withUnknown
  return { status: 'False', reason: 'ContainersNotReady', message }
}

function ready({ spec, before }: ConditionInput, containers: Verdict): Verdict {
  if (containers.status !== 'True') return containers
  if (!spec.readinessGates) return yes
  const missing = spec.readinessGates.filter((gate) => before.find((c) => c.type === gate.conditionType)?.status !== 'True')
  if (missing.length === 0) return yes
  const message = missing.map(({ conditionType: type }) => {
    const found = before.find((c) => c.type === type)
    return found
      ? `the status of pod readiness gate "${type}" is not "True", but ${found.status}`
      : `corresponding condition of pod readiness gate "${type}" does not exist.`
  })
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: message.join(', ') }
}

/** Conditions that kubelets write; all others are left to who wrote them. @source pkg/kubelet/types PodConditionByKubelet */
export const kubeletConditions: ReadonlySet<string> = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
])

/** The condition with its verdict: the very one that was there when it says the same. */
function toCondition({ before, now, observedGeneration }: ConditionInput, type: string, { status, reason, message }: Verdict): Condition {
  let old: Condition | undefined
  for (const condition of before)
    if (condition.type === type) {
      old = condition
      break
    }
  const lastTransitionTime = old?.status === status ? old.lastTransitionTime : now
  const wanted: Condition = { type, status, reason, message, observedGeneration, lastTransitionTime }
  return old && old.lastProbeTime === null && same(old, wanted) ? old : conditionOf(wanted)
}

/** Few shapes, each made in one piece: a cluster has many of them. */
function newCondition({ type, status, reason, message, observedGeneration, lastTransitionTime }: Condition): Condition {
  const lastProbeTime = null
  if (observedGeneration === undefined) {
    if (message !== undefined) return { type, status, reason, message, lastProbeTime, lastTransitionTime }
    return reason === undefined ? { type, status, lastProbeTime, lastTransitionTime } : { type, status, reason, lastProbeTime, lastTransitionTime }
  }
  if (message !== undefined) return { type, status, observedGeneration, reason, message, lastProbeTime, lastTransitionTime }
  if (reason !== undefined) return { type, status, observedGeneration, reason, lastProbeTime, lastTransitionTime }
  return { type, status, observedGeneration, lastProbeTime, lastTransitionTime }
}

const same = (a: Condition, b: Condition): boolean =>
  a.status === b.status &&
  a.lastTransitionTime === b.lastTransitionTime &&
  a.reason === b.reason &&
  a.message === b.message &&
  a.observedGeneration === b.observedGeneration

/** The condition that was made last, by its type. */
const lastMade = new Map<string, Condition>()

/** Pods that start together say the same of themselves at the same second: they have one condition object. */
function conditionOf(wanted: Condition): Condition {
  const last = lastMade.get(wanted.type)
  if (last && same(last, wanted)) return last
  const made = newCondition(wanted)
  lastMade.set(wanted.type, made)
  return made
}

let lastOwn: Condition[] = []

/** They have one list of them, too. */
function listOf(own: Condition[]): Condition[] {
  if (own.length !== lastOwn.length || own.some((condition, i) => condition !== lastOwn[i])) lastOwn = own
  return lastOwn
}

/**
 * A pod's conditions as its kubelet writes them: others' first, then its own in its order. A transition time moves only
 * when the status changes (KL-3.5).
 * @source pkg/kubelet/kubelet_pods.go generateAPIPodStatus; KL-3.1
 */
export function podConditions(input: ConditionInput): Condition[] {
  const { before, version, sandbox } = input
  const hasSandboxCondition = since(version, 'podReadyToStartContainers')
  const containers = containersReady(input)
  const isInitial = toCondition(input, 'Initialized', initialized(input))
  const isReady = toCondition(input, 'Ready', ready(input, containers))
  const areReady = toCondition(input, 'ContainersReady', containers)
  const scheduled = toCondition(input, 'PodScheduled', yes)
  const own = hasSandboxCondition
    ? [toCondition(input, 'PodReadyToStartContainers', sandbox ? yes : no), isInitial, isReady, areReady, scheduled]
    : [isInitial, isReady, areReady, scheduled]
  const isOwn = ({ type }: Condition) => kubeletConditions.has(type) && (hasSandboxCondition || type !== 'PodReadyToStartContainers')
  return before.every(isOwn) ? listOf(own) : [...before.filter((condition) => !isOwn(condition)), ...own]
}
