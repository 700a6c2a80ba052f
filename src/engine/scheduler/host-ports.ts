import { sidecarsOf } from '#k8s/sidecar.ts'
import type { Container, PodSpec } from '#k8s/types.ts'

/** A port of the node that a pod takes. */
export interface HostPort {
  readonly ip: string
  readonly protocol: string
  readonly port: number
}

const anyAddress = '0.0.0.0'
const noPorts: readonly HostPort[] = []
const cache = new WeakMap<PodSpec, readonly HostPort[]>()

function portsOf(container: Container, into: HostPort[]): void {
  for (const port of container.ports ?? [])
    if (port.hostPort) into.push({ ip: port.hostIP || anyAddress, protocol: port.protocol || 'TCP', port: port.hostPort })
}

function hasPorts({ containers, initContainers }: PodSpec): boolean {
  for (const container of containers) if (container.ports?.length) return true
  return initContainers?.some((container) => container.ports?.length) ?? false
}

/** Host ports of the containers and of sidecars (restartable init containers). @source util.GetHostPorts; SCH-3.13 */
export function podHostPorts(spec: PodSpec): readonly HostPort[] {
  if (!hasPorts(spec)) return noPorts
  let ports = cache.get(spec)
  if (!ports) {
    const found: HostPort[] = []
    for (const container of sidecarsOf(spec)) portsOf(container, found)
    for (const container of spec.containers) portsOf(container, found)
    ports = found.length ? found : noPorts
    cache.set(spec, ports)
  }
  return ports
}

/** Same port and protocol on overlapping addresses; 0.0.0.0 overlaps every address. @source HostPortInfo.CheckConflict */
export function portsConflict(a: HostPort, b: HostPort): boolean {
  return a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === anyAddress || b.ip === anyAddress)
}
