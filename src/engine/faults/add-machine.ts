import type { MachineSpec } from '../kubelet/fleet.ts'
import { defineFault, type FaultTarget } from './fault.ts'

type Machines = Partial<MachineSpec> | readonly Partial<MachineSpec>[]

const listOf = (machines: Machines): readonly Partial<MachineSpec>[] =>
  (Array.isArray(machines) ? machines : [machines]) as readonly Partial<MachineSpec>[]

function freeName(target: FaultTarget): string {
  for (let n = 0; ; n++) if (!target.isNameTaken(`worker-${n}`)) return `worker-${n}`
}

/** `add: {name: worker-9}` or a list: machines join. Without a name the next free `worker-N`. */
export const addMachine = defineFault<Machines>({
  name: 'add',
  check(machines, api) {
    const names = listOf(machines).flatMap(({ name }) => name ?? [])
    const taken = names.find((name, i) => api.node(name) || names.indexOf(name) !== i)
    return taken === undefined ? undefined : `there is a node ${taken} already; choose another name`
  },
  describe: (machines) => {
    const names = listOf(machines).map(({ name }) => name ?? 'a machine')
    return `${names.join(', ')} ${names.length === 1 ? 'joins' : 'join'} the cluster`
  },
  run(target, machines) {
    for (const machine of listOf(machines)) target.addMachine({ ...machine, name: machine.name ?? freeName(target) })
  },
})
