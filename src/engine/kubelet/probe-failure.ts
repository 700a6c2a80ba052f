/**
 * Probes that fail, from a fault on until it is lifted. Modelled: a failure as the answer, or no answer within timeoutSeconds; probes
 * run on the grid of their period from the container's start, each failure with its Unhealthy event.
 */
import type { Container, Pod, PodSpec, Probe } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import { putStatus, statusOf } from './container-status.ts'
import { type Fleet, recordPod, vary } from './fleet.ts'
import { fieldPathOf } from './image-pull.ts'
import { dropTask, setTask } from './pod-worker.ts'
import { ageMsOf, firstProbeMs, type ProbeKind, periodMsOf, probeKinds, probeOf, timeoutMsOf, untilCountsMs } from './probe-time.ts'
import { isRestartedAfterKill } from './restart-policy.ts'
import { stopTimeMs } from './stop-time.ts'
import type { PodWorker } from './worker-state.ts'

const titles: Record<ProbeKind, string> = { readiness: 'Readiness', liveness: 'Liveness', startup: 'Startup' }

const keyOf = (kind: ProbeKind, container: string): string => `${kind} ${container}`
/** Task that comes due when the probe fails once more. */
const taskOf = (kind: ProbeKind): string => `${kind}Fails`

/** From now on the probe fails, gets no answer, or succeeds again. Nothing happens before it is made next. */
export function setProbeFails(fleet: Fleet, worker: PodWorker, container: Container, kind: ProbeKind, fails: boolean, hangs: boolean): void {
  const { name } = container
  const probe = probeOf(container, kind)
  const { [keyOf(kind, name)]: failing, ...others } = worker.failing
  if (!probe || (fails === (failing !== undefined) && (!fails || failing?.hangs === hangs))) return
  worker.failing = fails ? { ...others, [keyOf(kind, name)]: { times: failing?.times ?? 0, hangs } } : others
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
    setTask(fleet, worker, nextMs + attemptMs(probe, hangs), taskOf(kind), name)
  } else if (success && !status.ready) setTask(fleet, worker, nextMs + untilCountsMs(probe), success, name)
}

/** A container has run for `aliveMs`, and this probe begins now: true when it fails, from the first time on. */
export function beginFailing(fleet: Fleet, worker: PodWorker, container: Container, kind: ProbeKind, aliveMs: number): boolean {
  const probe = probeOf(container, kind)
  if (!probe) return false
  const key = keyOf(kind, container.name)
  const failing = worker.failing[key]
  if (!failing) return false
  worker.failing = { ...worker.failing, [key]: { ...failing, times: 0 } }
  setTask(fleet, worker, firstProbeMs(probe, aliveMs) - aliveMs + attemptMs(probe, failing.hangs), taskOf(kind), container.name)
  return true
}

/** From the beginning of an attempt to its failure. */
const attemptMs = (probe: Probe, hangs: boolean): number => (hangs ? timeoutMsOf(probe) : 0)

/** The probe has failed once more; after failureThreshold times in a row something is done about it (KL-7.4, KL-7.6, KL-7.8). */
export function probeFailed(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container, kind: ProbeKind): void {
  const { name } = container
  const probe = probeOf(container, kind)
  const status = statusOf(worker, name)
  const before = worker.failing[keyOf(kind, name)]
  if (!probe || !status?.state.running || !before) return
  const { hangs } = before
  const times = before.times + 1
  worker.failing = { ...worker.failing, [keyOf(kind, name)]: { times, hangs } }
  const output = hangs ? timeoutText(probe, container, pod) : failureText(probe, container, pod)
  recordPod(fleet, pod, 'Warning', 'Unhealthy', `${titles[kind]} probe failed: ${output}`, fieldPathOf(pod, name))
  const counts = times >= (probe.failureThreshold || 3)
  if (counts && kind !== 'readiness') {
    killContainer(fleet, worker, pod, container, kind, probe)
    return
  }
  // an attempt that takes longer than the period is followed by the next at once
  setTask(fleet, worker, Math.max(periodMsOf(probe), attemptMs(probe, hangs)), taskOf(kind), name)
  if (counts && status.ready) {
    putStatus(worker, extend(status, { ready: false }))
    worker.changed = true
  }
}

/** The number of a port that a probe may give by name. */
const portOf = (port: number | string, { ports }: Container): number | string => ports?.find((p) => p.name === port)?.containerPort ?? port

/** What a failing probe has to say. */
function failureText({ httpGet, tcpSocket, grpc }: Probe, container: Container, pod: Pod): string {
  if (httpGet) return 'HTTP probe failed with statuscode: 500'
  if (grpc) return 'service unhealthy (responded with "NOT_SERVING")'
  if (!tcpSocket) return ''
  return `dial tcp ${tcpSocket.host || pod.status.podIP}:${portOf(tcpSocket.port, container)}: connect: connection refused`
}

/** What is said of a probe that got no answer. @source pkg/probe/http, tcp, grpc, exec */
function timeoutText(probe: Probe, container: Container, pod: Pod): string {
  const { httpGet, tcpSocket, grpc, exec } = probe
  if (httpGet) {
    const { scheme = 'HTTP', host, port, path = '/' } = httpGet
    const url = `${scheme.toLowerCase()}://${host || pod.status.podIP}:${portOf(port, container)}${path}`
    return `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
  }
  if (tcpSocket) return `dial tcp ${tcpSocket.host || pod.status.podIP}:${portOf(tcpSocket.port, container)}: i/o timeout`
  if (grpc) return `timeout: health rpc did not complete within ${timeoutMsOf(probe) / 1000}s`
  return `command "${exec?.command?.join(' ') ?? ''}" timed out`
}

/** @source pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, kuberuntime_container.go killContainer; KL-7.6 */
function killContainer(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container, kind: ProbeKind, probe: Probe): void {
  const { name } = container
  const isInit = pod.spec.initContainers?.includes(container) ?? false
  const intent = !isInit && isRestartedAfterKill(pod.spec, container) ? ', will be restarted' : ''
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
