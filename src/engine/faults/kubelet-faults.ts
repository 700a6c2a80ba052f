import type { NodeTrouble } from '../kubelet/fleet.ts'
import { defineFault, missingNode } from './fault.ts'

/** `fail: worker-1`: its kubelet stops. No heartbeats, no pod is started or stopped there. */
export const failNode = defineFault<string>({
  name: 'fail',
  check: (name, api) => missingNode(api, name),
  describe: (name) => `the kubelet on ${name} stops`,
  run: (target, name) => target.stopKubelet(name),
})

/** `recover: worker-1`: the kubelet starts again; where its Node was deleted, it registers anew. */
export const recoverNode = defineFault<string>({
  name: 'recover',
  check: (name, api) => missingNode(api, name),
  describe: (name) => `the kubelet on ${name} starts again`,
  run: (target, name) => target.startKubelet(name),
})

/** `remove: worker-1`: the machine goes and its Node object is deleted. */
export const removeNode = defineFault<string>({
  name: 'remove',
  check: (name, api) => missingNode(api, name),
  describe: (name) => `${name} is shut down and its Node object deleted`,
  run: (target, name) => target.removeMachine(name),
})

/** `reboot: worker-1`: every container there starts again. */
export const rebootNode = defineFault<string>({
  name: 'reboot',
  check: (name, api) => missingNode(api, name),
  describe: (name) => `${name} is rebooted`,
  run: (target, name) => target.rebootMachine(name),
})

const troubles = ['DiskPressure', 'MemoryPressure', 'PIDPressure', 'NotReady']

/** `condition: {name: worker-1, set: {DiskPressure: true}}`: what the kubelet reports about its node. */
export const setNodeCondition = defineFault<{ name: string; set: Partial<Record<NodeTrouble, boolean>> }>({
  name: 'condition',
  check({ name, set }, api) {
    const unknown = Object.keys(set).find((type) => !troubles.includes(type))
    return unknown === undefined ? missingNode(api, name) : `there is no condition ${unknown}; one of ${troubles.join(', ')}`
  },
  describe({ name, set }) {
    const reports = Object.entries(set).map(([type, on]) => `${type}=${on ? 'True' : 'False'}`)
    return `the kubelet on ${name} reports ${reports.join(', ')}`
  },
  run: (target, { name, set }) => target.setTroubles(name, set),
})
