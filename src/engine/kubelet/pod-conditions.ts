import type { Condition, ContainerStatus, PodPhase, PodSpec } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { isInitialized } from './pod-phase.ts'

export interface ConditionInput {
  readonly spec: PodSpec
  readonly phase: PodPhase
  readonly inits: readonly ContainerStatus[]
  readonly containers: readonly ContainerStatus[]
  /** The sandbox exists and has network. */
  readonly sandbox: boolean
  readonly before: readonly Condition[]
  readonly now: string
  readonly version: KubernetesVersion
}

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>

const yes: Verdict = { status: 'True' }

function initialized({ spec, phase, inits }: ConditionInput): Verdict {
  const incomplete = (spec.initContainers ?? [])
    .filter(
      (c) =>
        !isInitialized(
          c,
          inits.find((s) => s.name === c.name),
        ),
    )
    .map((c) => c.name)
  if (incomplete.length === 0) return phase === 'Succeeded' ? { status: 'True', reason: 'PodCompleted' } : yes
  return { status: 'False', reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete.join(' ')}]` }
}

/** @source pkg/kubelet/status/generate.go GenerateContainersReadyCondition; KL-3.3 */
function containersReady({ spec, phase, containers, version }: ConditionInput): Verdict {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' }
  if (phase === 'Failed' && since(version, 'terminalPhaseOnDelete')) return { status: 'False', reason: 'PodFailed' }
  if (containers.length === 0) return { status: 'False', reason: 'UnknownContainerStatuses' }
  const unknown: string[] = []
  const unready: string[] = []
  for (const { name } of spec.containers) {
    const status = containers.find((s) => s.name === name)
    if (!status) unknown.push(name)
    else if (!status.ready) unready.push(name)
  }
  const parts = [
    unready.length && `containers with unready status: [${unready.join(' ')}]`,
    unknown.length && `containers with unknown status: [${unknown.join(' ')}]`,
  ]
  const message = parts.filter(Boolean).join(', ')
  return message ? { status: 'False', reason: 'ContainersNotReady', message } : yes
}

function ready({ spec, before }: ConditionInput, containers: Verdict): Verdict {
  if (containers.status !== 'True') return containers
  const missing = (spec.readinessGates ?? []).filter((gate) => before.find((c) => c.type === gate.conditionType)?.status !== 'True')
  if (missing.length === 0) return yes
  const message = missing.map(({ conditionType: type }) =>
    before.some((c) => c.type === type)
      ? `the status of pod readiness gate "${type}" is not "True", but False`
      : `corresponding condition of pod readiness gate "${type}" does not exist.`,
  )
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: message.join(', ') }
}

/**
 * A pod's conditions as its kubelet writes them: others' first, then its own in its order. A transition time moves only
 * when the status changes (KL-3.5).
 * @source pkg/kubelet/kubelet_pods.go generateAPIPodStatus; KL-3.1
 */
export function podConditions(input: ConditionInput): Condition[] {
  const { before, now, version, sandbox } = input
  const containers = containersReady(input)
  const own: [type: string, verdict: Verdict][] = [
    ['Initialized', initialized(input)],
    ['Ready', ready(input, containers)],
    ['ContainersReady', containers],
    ['PodScheduled', yes],
  ]
  if (since(version, 'podReadyToStartContainers')) own.unshift(['PodReadyToStartContainers', { status: sandbox ? 'True' : 'False' }])
  const foreign = before.filter((c) => !own.some(([type]) => type === c.type))
  return [
    ...foreign,
    ...own.map(([type, verdict]): Condition => {
      const old = before.find((c) => c.type === type)
      return { type, ...verdict, lastProbeTime: null, lastTransitionTime: old?.status === verdict.status ? old.lastTransitionTime : now }
    }),
  ]
}
