import type { Kind, Kinds, KubeEvent } from '#k8s/types.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
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

/** Made in one piece: V8 keeps one shape for all of them. */
function tablesOf(table: <K extends Kind>(kind: K) => Map<string, Kinds[K]>, events: LateMap<KubeEvent>): Tables {
  return {
    Node: table('Node'),
    Pod: table('Pod'),
    DaemonSet: table('DaemonSet'),
    ControllerRevision: table('ControllerRevision'),
    Deployment: table('Deployment'),
    ReplicaSet: table('ReplicaSet'),
    StatefulSet: table('StatefulSet'),
    Namespace: table('Namespace'),
    PriorityClass: table('PriorityClass'),
    Event: events,
    Lease: table('Lease'),
    Service: table('Service'),
  }
}

export function createTables(): Tables {
  return tablesOf(() => new LastFoundMap(), new LateMap())
}

/** A copy that shares the (immutable) objects. */
export function copyTables(tables: Tables): Tables {
  return tablesOf((kind) => LastFoundMap.of(tables[kind] as Map<string, never>), tables.Event.copy())
}
