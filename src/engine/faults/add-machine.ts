import type { MachineSpec } from '../kubelet/fleet.ts'
import { defineFault, type FaultTarget } from './fault.ts'

/** More machines than these are counted, not listed. */
const mostNamed = 6

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
    const seen = new Set<string>()
    const taken = listOf(machines)
      .flatMap(({ name }) => name ?? [])
      .find((name) => api.node(name) || seen.size === seen.add(name).size)
    return taken === undefined ? undefined : `there is a node ${taken} already; choose another name`
  },
  describe: (machines) => {
    const names = listOf(machines).map(({ name }) => name ?? 'a machine')
    if (names.length > mostNamed) return `${names.length} machines join the cluster, ${names[0]} … ${names.at(-1)}`
    return `${names.join(', ')} ${names.length === 1 ? 'joins' : 'join'} the cluster`
  },
  run(target, machines) {
    for (const machine of listOf(machines)) target.addMachine({ ...machine, name: machine.name ?? freeName(target) })
  },
})
