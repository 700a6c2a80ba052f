import { isSidecar } from '#k8s/sidecar.ts'
import type { Container, PodSpec } from '#k8s/types.ts'

/** A container gets at least this long between SIGTERM and SIGKILL, also when its hook used the grace period up (KL-8.2). */
export const minGraceMs = 2000

interface PreStop {
  sleep?: { seconds?: number }
  exec?: { command?: string[] }
}

const sleepCommand = /^(?:\S*sh -c )?(?:\S*\/)?sleep (\d+)s?$/

/** How long a preStop hook runs, ms: `sleep`, or a command that only sleeps; any other hook ends at once. */
export function preStopMs({ lifecycle }: Container): number {
  const hook = (lifecycle as { preStop?: PreStop } | undefined)?.preStop
  const seconds = hook?.sleep?.seconds ?? sleepCommand.exec(hook?.exec?.command?.join(' ') ?? '')?.[1] ?? 0
  return Number(seconds) * 1000
}

/**
 * From a delete until the last container has stopped, ms: hooks run at once and side by side, each application then needs
 * `ownMs`; sidecars wait for the others and stop one after the other, the last first.
 * @source pkg/kubelet/kuberuntime killContainer, kuberuntime_termination_order.go; KL-8.1
 */
export function stopTimeMs(spec: PodSpec, isRunning: (name: string) => boolean, ownMs: number, graceMs: number): number {
  const stopped = (container: Container, fromMs: number): number => {
    const beginMs = Math.max(fromMs, Math.min(preStopMs(container), graceMs))
    return beginMs + Math.min(ownMs, Math.max(graceMs - beginMs, minGraceMs))
  }
  const inits = (spec.initContainers ?? []).filter((c) => isRunning(c.name))
  const others = [...spec.containers.filter((c) => isRunning(c.name)), ...inits.filter((c) => !isSidecar(c))]
  const mainMs = Math.max(0, ...others.map((container) => stopped(container, 0)))
  return inits.filter(isSidecar).reduceRight((fromMs, container) => stopped(container, fromMs), mainMs)
}
