import type { AnyObject, Kind, Kinds, KubeEvent } from '#k8s/types.ts'
import { LateMap } from '#sim/late-map.ts'

/** Objects by `keyOf`. Events are written when somebody looks at them. */
export type Tables = { readonly [K in Exclude<Kind, 'Event'>]: Map<string, Kinds[K]> } & { readonly Event: LateMap<KubeEvent> }

export const kinds: readonly Kind[] = [
  'Node',
  'Pod',
  'DaemonSet',
  'ControllerRevision',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'Namespace',
  'PriorityClass',
  'Event',
  'Lease',
  'Service',
]

/** `keyOf` with a memory of the last name: who asks for an object often asks for it again at once. */
export function createKeyOf(): (namespace: string | undefined, name: string) => string {
  let lastNamespace = ''
  let lastName = ''
  let lastKey = ''
  return (namespace, name) => {
    if (!namespace) return name
    if (lastName !== name || lastNamespace !== namespace) {
      lastNamespace = namespace
      lastName = name
      lastKey = `${namespace}/${name}`
    }
    return lastKey
  }
}

/** Key of an object in its table: `namespace/name`, or `name` for cluster-scoped kinds. */
export const keyOf = createKeyOf()

export function createTables(): Tables {
  return { ...Object.fromEntries(kinds.map((k) => [k, new Map()])), Event: new LateMap<KubeEvent>() } as unknown as Tables
}

/** A copy that shares the (immutable) objects. */
export function copyTables(tables: Tables): Tables {
  const maps = Object.fromEntries(kinds.map((k) => [k, k === 'Event' ? tables.Event.copy() : new Map(tables[k] as Map<string, AnyObject>)]))
  return maps as unknown as Tables
}
