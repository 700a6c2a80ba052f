import { podHostPorts, portsConflict } from '../host-ports.ts'
import type { FilterPlugin } from './plugin.ts'

/** A host port is given once per node, protocol and address. @source plugins/nodeports Fits; SCH-3.13 */
export const nodePorts: FilterPlugin = {
  name: 'NodePorts',
  filter: ({ pod }, info) => {
    const wanted = podHostPorts(pod.spec)
    if (!wanted.length || !info.ports.length) return undefined
    const ports = wanted.filter((port) => info.ports.some((taken) => portsConflict(port, taken)))
    if (!ports.length) return undefined
    return {
      plugin: 'NodePorts',
      reasons: ["node(s) didn't have free ports for the requested pod ports"],
      resolvable: true,
      detail: { kind: 'ports', ports },
    }
  },
}
