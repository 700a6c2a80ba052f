import { invalid } from '#k8s/api-error.ts'
import { applyDefaults } from '#k8s/defaults/index.ts'
import { apiVersionOf, resourceOf } from '#k8s/resources.ts'
import type { AnyObject, Kind, Kinds, Pod, StatusOf } from '#k8s/types.ts'
import { validateCreate } from '#k8s/validate/index.ts'
import { extend } from '#sim/extend.ts'
import type { ControlPlaneApi } from '../component.ts'
import type { Core } from '../core.ts'
import { deleteObject } from './delete.ts'
import { keyOf } from './tables.ts'
import { bindPod, createObject, finalizeNamespace, mustGet, updateObject, updateObjectStatus } from './writes.ts'

const maxLabelLength = 63

/** What a controller makes of a valid template can only be wrong in a label that holds the name of its owner (NM-2.8). */
function checkLabels(object: AnyObject, core: Core): void {
  const { labels, name } = object.metadata
  for (const key in labels)
    if ((labels[key] as string).length > maxLabelLength) throw invalid(object.kind, name, validateCreate(object, core.version))
}

/** The API as one component sees it: its writes carry its name. Objects it makes come from valid templates, so they are not validated again. */
export function createControlPlaneApi(core: Core, by: string): ControlPlaneApi {
  const table = <K extends Kind>(kind: K) => core.state.tables[kind] as Map<string, Kinds[K]>
  return {
    get: (kind, namespace, name) => table(kind).get(keyOf(namespace, name)),
    list: (kind, namespace) => {
      const all = [...table(kind).values()]
      return namespace === undefined ? all : all.filter((o) => o.metadata.namespace === namespace)
    },
    count: (kind) => table(kind).size,
    node: (name) => core.state.tables.Node.get(name),
    podsOnNode: (name) => core.podsOnNode(name),
    controlledBy: (kind, uid) => core.indices.controlledBy(kind, uid),
    writtenPods: (uid) => core.indices.writtenPods(uid),
    forgetWrittenPods: (uid) => core.indices.forgetWrittenPods(uid),
    orphans: (kind, namespace) => core.indices.orphans(kind, namespace),
    dependents: (uid) => core.indices.dependents(uid),
    create: <K extends Kind>(kind: K, object: object) => {
      const full = extend({ apiVersion: apiVersionOf(resourceOf(kind)), kind }, object) as unknown as AnyObject
      const made = applyDefaults(full, core.version)
      if (kind === 'Pod') checkLabels(made, core)
      return createObject(core, by, made) as Kinds[K]
    },
    update: <K extends Kind>(_kind: K, object: Kinds[K]) => updateObject(core, by, object as AnyObject) as Kinds[K],
    finalize: (namespace) => finalizeNamespace(core, by, namespace),
    updateStatus: <K extends Kind>(_kind: K, object: Kinds[K], status: StatusOf<Kinds[K]>) => updateObjectStatus<Kinds[K]>(core, by, object, status),
    delete: (kind, namespace, name, request) => {
      deleteObject(core, by, mustGet(core, kind, namespace, name), request)
    },
    bind: (pod: Pod, nodeName) => bindPod(core, by, pod.metadata.namespace ?? 'default', pod.metadata.name, nodeName),
  }
}
