/**
 * Probes that fail, from a fault on until it is lifted. Modelled: the failure is the answer (no time-outs); probes run on the
 * grid of their period from the container's start, each failure with its Unhealthy event.
 */
import type { Container, Pod, PodSpec, Probe } from '#k8s/types.ts'
import { putStatus, statusOf } from './container-status.ts'
import { type Fleet, recordPod, vary } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { dropTask, setTask } from './pod-worker.ts'
import { ageMsOf, firstProbeMs, type ProbeKind, periodMsOf, probeKinds, probeOf, untilCountsMs } from './probe-time.ts'
import { stopTimeMs } from './stop-time.ts'
import type { PodWorker } from './worker-state.ts'

const titles: Record<ProbeKind, string> = { readiness: 'Readiness', liveness: 'Liveness', startup: 'Startup' }

const keyOf = (kind: ProbeKind, container: string): string => `${kind} ${container}`
/** Task that comes due when the probe fails once more. */
const taskOf = (kind: ProbeKind): string => `${kind}Fails`

/** From now on the probe fails, or succeeds again. Nothing happens before it is made next. */
export function setProbeFails(fleet: Fleet, worker: PodWorker, container: Container, kind: ProbeKind, fails: boolean): void {
  const { name } = container
  const probe = probeOf(container, kind)
  const { [keyOf(kind, name)]: failures, ...others } = worker.failing
  if (!probe || fails === (failures !== undefined)) return
  worker.failing = fails ? { ...others, [keyOf(kind, name)]: 0 } : others
  dropTask(fleet, worker, taskOf(kind), name)
  worker.held = worker.held.filter(({ task, container: of }) => task !== taskOf(kind) || of !== name)
  const status = statusOf(worker, name)
  if (!status?.state.running || status.started === (kind === 'startup')) return
  const ageMs = ageMsOf(fleet, status)
  const periodMs = periodMsOf(probe)
  const nextMs = Math.max(firstProbeMs(probe, 0) - ageMs, periodMs - (ageMs % periodMs))
  const success = { readiness: 'ready', liveness: undefined, startup: 'startup' }[kind]
  if (fails) {
    if (success) dropTask(fleet, worker, success, name)
    setTask(fleet, worker, nextMs, taskOf(kind), name)
  } else if (success && !status.ready) setTask(fleet, worker, nextMs + untilCountsMs(probe), success, name)
}

/** A container has run for `aliveMs`, and this probe begins now: true when it fails, from the first time on. */
export function beginFailing(fleet: Fleet, worker: PodWorker, container: Container, kind: ProbeKind, aliveMs: number): boolean {
  const probe = probeOf(container, kind)
  const key = keyOf(kind, container.name)
  if (!probe || worker.failing[key] === undefined) return false
  worker.failing = { ...worker.failing, [key]: 0 }
  setTask(fleet, worker, firstProbeMs(probe, aliveMs) - aliveMs, taskOf(kind), container.name)
  return true
}

/** The probe has failed once more; after failureThreshold times in a row something is done about it (KL-7.4, KL-7.6, KL-7.8). */
export function probeFailed(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container, kind: ProbeKind): void {
  const { name } = container
  const probe = probeOf(container, kind)
  const status = statusOf(worker, name)
  const before = worker.failing[keyOf(kind, name)]
  if (!probe || !status?.state.running || before === undefined) return
  worker.failing = { ...worker.failing, [keyOf(kind, name)]: before + 1 }
  recordPod(fleet, pod, 'Warning', 'Unhealthy', `${titles[kind]} probe failed: ${outputOf(probe, container, pod)}`, fieldPathOf(pod, name))
  const counts = before + 1 >= (probe.failureThreshold || 3)
  if (counts && kind !== 'readiness') {
    killContainer(fleet, worker, pod, container, kind, probe)
    return
  }
  setTask(fleet, worker, periodMsOf(probe), taskOf(kind), name)
  if (counts && status.ready) {
    putStatus(worker, { ...status, ready: false })
    worker.changed = true
  }
}

/** What a failing probe has to say. */
function outputOf({ httpGet, tcpSocket, grpc }: Probe, container: Container, pod: Pod): string {
  if (httpGet) return 'HTTP probe failed with statuscode: 500'
  if (grpc) return 'service unhealthy (responded with "NOT_SERVING")'
  if (!tcpSocket) return ''
  const port = container.ports?.find((p) => p.name === tcpSocket.port)?.containerPort ?? tcpSocket.port
  return `dial tcp ${tcpSocket.host || pod.status.podIP}:${port}: connect: connection refused`
}

/** @source pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, kuberuntime_container.go killContainer; KL-7.6 */
function killContainer(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container, kind: ProbeKind, probe: Probe): void {
  const { name } = container
  const isInit = pod.spec.initContainers?.includes(container) ?? false
  const intent = !isInit && pod.spec.restartPolicy !== 'Never' ? ', will be restarted' : ''
  recordPod(
    fleet,
    pod,
    'Normal',
    'Killing',
    `${isInit ? 'Init container' : 'Container'} ${name} failed ${kind} probe${intent}`,
    fieldPathOf(pod, name),
  )
  for (const other of probeKinds) if (other !== 'readiness') dropTask(fleet, worker, taskOf(other), name)
  const graceMs = (probe.terminationGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30) * 1000
  const alone: PodSpec = { ...pod.spec, initContainers: [], containers: [container] }
  setTask(
    fleet,
    worker,
    stopTimeMs(alone, () => true, vary(fleet, fleet.profile.stopMs), graceMs),
    'killed',
    name,
  )
}
