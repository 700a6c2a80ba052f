import { invalid } from '#k8s/api-error.ts'
import { applyDefaults } from '#k8s/defaults/index.ts'
import { apiVersionOf, resourceOf } from '#k8s/resources.ts'
import type { AnyObject, Container, Kind, Kinds, Pod, PodAffinity, PodAffinityTerm, PodSpec, StatusOf } from '#k8s/types.ts'
import { validateCreate } from '#k8s/validate/index.ts'
import { extend } from '#sim/extend.ts'
import type { ControlPlaneApi } from '../component.ts'
import type { Core } from '../core.ts'
import { deleteObject } from './delete.ts'
import { createName } from './identity.ts'
import { keyOf } from './tables.ts'
import { bindPod, createObject, finalizeNamespace, mustGet, updateObject, updateObjectStatus } from './writes.ts'

const maxLabelLength = 63

const choosesByOwnLabels = ({ matchLabelKeys }: PodAffinityTerm): boolean => matchLabelKeys !== undefined

function hasLabelKeys(affinity: PodAffinity | undefined): boolean {
  const { requiredDuringSchedulingIgnoredDuringExecution: must = [], preferredDuringSchedulingIgnoredDuringExecution: should = [] } = affinity ?? {}
  return must.some(choosesByOwnLabels) || should.some(({ podAffinityTerm }) => choosesByOwnLabels(podAffinityTerm))
}

const isPadded = ({ image = '' }: Container): boolean => image.trim() !== image

/** What templates may have and pods may not. @source ValidatePodCreate: all it does beyond ValidatePodTemplateSpec */
function isForTemplatesOnly({ containers = [], initContainers, volumes, affinity, nodeName, schedulingGates }: PodSpec): boolean {
  if (containers.some(isPadded) || initContainers?.some(isPadded) || volumes?.some(({ ephemeral, image }) => ephemeral || image)) return true
  if (nodeName && schedulingGates) return true
  return affinity !== undefined && (hasLabelKeys(affinity.podAffinity) || hasLabelKeys(affinity.podAntiAffinity))
}

/**
 * What a controller makes of a valid template can only be wrong in what is not the template's: a label that holds the name of its owner
 * (NM-2.8), or a hostname; in finalizers, which no template is asked about; in what only pods are asked about; and StatefulSets take
 * any template, but for new ones since 1.34.
 */
function mayBeWrong({ metadata: { labels, finalizers }, spec }: Pod): boolean {
  if (finalizers || spec.hostname !== undefined || isForTemplatesOnly(spec)) return true
  for (const key in labels) if ((labels[key] as string).length > maxLabelLength) return true
  return false
}

/** As for everybody else a generated name is there before anything is checked. */
function checkedPod(pod: Pod, core: Core): Pod {
  if (!mayBeWrong(pod)) return pod
  const name = pod.metadata.name || createName(core, 'Pod', pod.metadata.namespace, pod.metadata)
  const named = extend(pod, { metadata: extend(pod.metadata, { name }) })
  const causes = validateCreate(named, core.version)
  if (causes.length > 0) throw invalid('Pod', name, causes)
  return named
}

/** The API as one component sees it: its writes carry its name. Objects it makes come from valid templates, so hardly any is validated again. */
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
      return createObject(core, by, kind === 'Pod' ? checkedPod(made as Pod, core) : made) as Kinds[K]
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
