import { portName } from '../name.ts'
import type { Container, ContainerPort } from '../types.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'
import { isPortNumber, portRange } from './probe.ts'

const protocols = ['SCTP', 'TCP', 'UDP']

/** @source validateContainerPorts; DS-15.25 */
export function validateContainerPorts(errors: FieldErrors, ports: readonly ContainerPort[] | undefined, path: string): void {
  const names = new Set<string>()
  ports?.forEach((port, i) => {
    const at = `${path}[${i}]`
    if (port.name) {
      const wrong = portName(port.name, errors.version)
      errors.invalidEach(`${at}.name`, port.name, wrong)
      if (!wrong.length && names.has(port.name)) errors.duplicate(`${at}.name`, port.name)
      if (!wrong.length) names.add(port.name)
    }
    if (!port.containerPort) errors.required(`${at}.containerPort`)
    else if (!isPortNumber(port.containerPort)) errors.invalid(`${at}.containerPort`, port.containerPort, portRange)
    if (port.hostPort && !isPortNumber(port.hostPort)) errors.invalid(`${at}.hostPort`, port.hostPort, portRange)
    if (!port.protocol) errors.required(`${at}.protocol`)
    else if (!protocols.includes(port.protocol)) errors.notSupported(`${at}.protocol`, port.protocol, protocols)
  })
}

/** The same protocol, address and port of the host twice. @source checkHostPortConflicts; DS-15.26 */
export function checkHostPortConflicts(errors: FieldErrors, containers: readonly Container[], path: string): void {
  const taken = new Set<string>()
  containers.forEach((container, c) => {
    container.ports?.forEach((port, p) => {
      if (!port.hostPort) return
      const identity = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`
      if (taken.has(identity)) errors.duplicate(`${path}[${c}].ports[${p}].hostPort`, identity)
      taken.add(identity)
    })
  })
}

/**
 * In the host's network both ports are the same; templates may leave hostPort out since its default moved to the pod.
 * @source validateHostNetwork, validatePodHostNetworkDeps
 */
export function validateHostNetworkPorts(errors: FieldErrors, containers: readonly Container[], path: string, isPod: boolean): void {
  const newText = since(errors.version, 'hostPortMismatchText')
  containers.forEach((container, c) => {
    container.ports?.forEach(({ hostPort = 0, containerPort = 0 }, p) => {
      const at = `${path}[${c}].ports[${p}]`
      if (hostPort === containerPort || (newText && !isPod && hostPort === 0)) return
      if (newText) errors.invalid(`${at}.hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true')
      else errors.invalid(`${at}.containerPort`, containerPort, 'must match `hostPort` when `hostNetwork` is true')
    })
  })
}
