import { isTerminal } from '#k8s/pod.ts'
import { sidecarsOf } from '#k8s/sidecar.ts'
import type { ContainerState, ContainerStatus, Pod } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'
import type { TablePrinter } from '../table.ts'
import { ageOf } from './age.ts'
import { columns } from './columns.ts'

interface PodSummary {
  ready: number
  total: number
  reason: string
  restarts: number
  /** When the newest ended container that was restarted finished. */
  lastRestart?: string
}

/** Why a container ended, in the words of the STATUS column. */
function endedReason({ terminated }: ContainerState): string | undefined {
  if (!terminated) return undefined
  return terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`)
}

function hasCondition(pod: Pod, type: string): boolean {
  return pod.status?.conditions?.some((c) => c.type === type && c.status === 'True') ?? false
}

function countRestarts(summary: PodSummary, status: ContainerStatus): void {
  summary.restarts += status.restartCount ?? 0
  const finished = status.lastState?.terminated?.finishedAt
  if (finished && (!summary.lastRestart || finished > summary.lastRestart)) summary.lastRestart = finished
}

/** Init containers in order (PR-1.2); returns whether the pod is still initializing. `sidecars` gets the restarts of those that stay. */
function summarizeInit(pod: Pod, summary: PodSummary, sidecars: PodSummary): boolean {
  const specs = pod.spec.initContainers ?? []
  const own = sidecarsOf(pod.spec)
  const isSidecar = (name: string) => own.some((c) => c.name === name)
  summary.total += own.length
  for (const [i, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    countRestarts(summary, status)
    if (isSidecar(status.name)) countRestarts(sidecars, status)
    if (status.state?.terminated?.exitCode === 0) continue
    if (isSidecar(status.name) && status.started) {
      if (status.ready) summary.ready++
      continue
    }
    const waiting = status.state?.waiting?.reason
    const ended = endedReason(status.state ?? {})
    summary.reason = `Init:${ended ?? (waiting && waiting !== 'PodInitializing' ? waiting : `${i}/${specs.length}`)}`
    return true
  }
  return false
}

/** Regular containers from last to first, so that the first one with something to say is heard (PR-1.3, PR-1.4). */
function summarizeContainers(pod: Pod, summary: PodSummary): void {
  let running = false
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    countRestarts(summary, status)
    const ended = endedReason(status.state ?? {})
    if (status.state?.waiting?.reason) summary.reason = status.state.waiting.reason
    else if (ended) summary.reason = ended
    else if (status.ready && status.state?.running) {
      running = true
      summary.ready++
    }
  }
  if (summary.reason === 'Completed' && running) summary.reason = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady'
}

/** READY, STATUS and RESTARTS of a pod. @source pkg/printers/internalversion printPod; PR-1.1 to PR-1.6 */
function summarize(pod: Pod, version: KubernetesVersion): PodSummary {
  const gated = since(version, 'schedulingGates') && pod.status?.conditions?.some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated')
  const reason = gated ? 'SchedulingGated' : pod.status?.reason || pod.status?.phase || ''
  const summary: PodSummary = { ready: 0, total: pod.spec.containers.length, reason, restarts: 0 }
  const sidecars: PodSummary = { ready: 0, total: 0, reason: '', restarts: 0 }
  const initializing = summarizeInit(pod, summary, sidecars)
  if (!initializing || (since(version, 'podIndexLabel') && hasCondition(pod, 'Initialized'))) {
    summary.restarts = sidecars.restarts
    summary.lastRestart = sidecars.lastRestart
    summarizeContainers(pod, summary)
  }
  if (pod.metadata.deletionTimestamp) {
    if (pod.status?.reason === 'NodeLost') summary.reason = 'Unknown'
    else if (!isTerminal(pod) || !since(version, 'terminalNotShownTerminating')) summary.reason = 'Terminating'
  }
  return summary
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? []
  return gates.length === 0 ? '<none>' : `${gates.filter((g) => hasCondition(pod, g.conditionType)).length}/${gates.length}`
}

/** The STATUS column of a pod. PR-1 */
export function podStatusText(pod: Pod, version: KubernetesVersion): string {
  return summarize(pod, version).reason
}

export const podPrinter: TablePrinter<Pod> = {
  columns: () => columns('NAME,READY,STATUS,RESTARTS,AGE', 'IP,NODE,NOMINATED NODE,READINESS GATES'),
  cells: (pod, time) => {
    const { ready, total, reason, restarts, lastRestart } = summarize(pod, time.version)
    return [
      pod.metadata.name,
      `${ready}/${total}`,
      reason,
      restarts && lastRestart ? `${restarts} (${ageOf(lastRestart, time)} ago)` : String(restarts),
      ageOf(pod.metadata.creationTimestamp, time),
      pod.status?.podIPs?.[0]?.ip || '<none>',
      pod.spec.nodeName || '<none>',
      pod.status?.nominatedNodeName || '<none>',
      readinessGates(pod),
    ]
  },
}
