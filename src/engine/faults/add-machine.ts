import { dns1123Subdomain, labelValue, qualifiedName } from '#k8s/name.ts'
import { isQuantity } from '#k8s/quantity.ts'
import type { TaintEffect } from '#k8s/types.ts'
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

const effects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] satisfies TaintEffect[]

/** The API server takes one taint of a key and an effect. @source ValidateNodeTaints */
function twice(taints: NonNullable<MachineSpec['taints']>): string | undefined {
  const names = taints.map(({ key, effect }) => `${key}:${effect}`)
  const again = names.find((name, at) => names.indexOf(name) !== at)
  return again === undefined ? undefined : `there are two taints ${again}; taints must be unique by key and effect`
}

/** Why such a machine cannot register its Node, as the API server would say it; undefined = it can. */
function wrongWith({ name, labels = {}, taints = [], ...sizes }: Partial<MachineSpec>): string | undefined {
  const wrong = (what: string, errors: readonly string[]) => (errors.length > 0 ? `${what}: ${errors[0]}` : undefined)
  const size = (what: 'cpu' | 'memory' | 'pods') => {
    const text = sizes[what]
    if (text === undefined) return undefined
    return isQuantity(text) && !text.startsWith('-') ? undefined : `the ${what} ${JSON.stringify(text)} is no quantity; write it like 4, 500m or 8Gi`
  }
  return (
    (name === undefined ? undefined : wrong(`the name ${JSON.stringify(name)} is not valid`, dns1123Subdomain(name))) ??
    Object.entries(labels)
      .map(([key, value]) => wrong(`the label ${JSON.stringify(`${key}=${value}`)} is not valid`, [...qualifiedName(key), ...labelValue(value)]))
      .find((text) => text !== undefined) ??
    taints
      .map(({ key, value = '', effect }) =>
        wrong(`the taint ${JSON.stringify(`${key}${value && `=${value}`}:${effect}`)} is not valid`, [
          ...qualifiedName(key),
          ...labelValue(value),
          ...(effects.includes(effect) ? [] : [`the effect must be one of ${effects.join(', ')}`]),
        ]),
      )
      .find((text) => text !== undefined) ??
    twice(taints) ??
    size('cpu') ??
    size('memory') ??
    size('pods')
  )
}

/** `add: {name: worker-9}` or a list: machines join. Without a name the next free `worker-N`. */
export const addMachine = defineFault<Machines>({
  name: 'add',
  check(machines, api) {
    const seen = new Set<string>()
    const taken = listOf(machines)
      .flatMap(({ name }) => name ?? [])
      .find((name) => api.node(name) || seen.size === seen.add(name).size)
    if (taken !== undefined) return `there is a node ${taken} already; choose another name`
    for (const machine of listOf(machines)) {
      const wrong = wrongWith(machine)
      if (wrong !== undefined) return wrong
    }
    return undefined
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
