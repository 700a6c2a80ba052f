import { resources } from '#k8s/resources.ts'
import { isListKind } from '#kubectl/list-kind.ts'
import { isUnmodelled } from '#kubectl/write/unmodelled.ts'
import type { Finding, Path } from '../lint/lint.ts'

type Fields = Readonly<Record<string, unknown>>

/** Something that is YAML or JSON, is pasted often, and is no manifest; or a manifest that this cluster cannot take. */
interface Foreign {
  /** Where it shows. */
  at?: Path
  message: string
  /** It may still become a manifest, or is left out by Apply: nothing is wrong yet. */
  severity?: 'info'
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isOperation = (value: unknown): boolean => isFields(value) && typeof value.op === 'string' && typeof value.path === 'string'

const buildsManifests = ['resources', 'bases', 'components', 'patches', 'patchesStrategicMerge', 'patchesJson6902', 'images', 'replicas']
const kustomizes = /^(?:configMapGenerator|secretGenerator|commonLabels|commonAnnotations|namePrefix|nameSuffix|generatorOptions)$/
const chartValues =
  /^(?:replicaCount|image|imagePullSecrets|nameOverride|fullnameOverride|serviceAccount|rbac|podAnnotations|podLabels|podSecurityContext|securityContext|service|ingress|resources|livenessProbe|readinessProbe|autoscaling|volumes|volumeMounts|nodeSelector|tolerations|affinity|updateStrategy|global)$/

const kustomization: Foreign = {
  message:
    'This is a Kustomization: it says how manifests are built, and apply -f does not build them. Run kubectl kustomize DIR and paste what it prints.',
}
const renderChart = 'Run helm template DIR and paste what it prints.'

/** Other formats whose documents say what they are. */
function byTheirKind({ apiVersion, kind }: Fields): Foreign | undefined {
  const group = String(apiVersion ?? '').replace(/\/.*$/, '')
  if (group === 'kustomize.config.k8s.io' || (kind === 'Kustomization' && apiVersion === undefined)) return kustomization
  if (group === 'kind.x-k8s.io')
    return { message: 'This is a configuration of kind, from which it makes a cluster: kind create cluster --config FILE. It holds no manifest.' }
  if (group === 'kubeadm.k8s.io' || group === 'kubelet.config.k8s.io')
    return { message: `A ${kind} sets up a machine of a cluster and is read from its disk; the API server takes none.` }
  if (kind === 'Config' && apiVersion === 'v1')
    return { message: 'This is a kubeconfig: it says how kubectl reaches a cluster, and holds no manifest. It may hold passwords; close it here.' }
  return undefined
}

/** Other formats that are known by their fields. */
function byTheirFields(value: Fields): Foreign | undefined {
  if (value.kind !== undefined || value.metadata !== undefined || value.spec !== undefined) return undefined
  const fields = Object.keys(value)
  if (value.apiVersion !== undefined)
    return 'name' in value && 'version' in value ? { message: `This is the Chart.yaml of a Helm chart, not a manifest. ${renderChart}` } : undefined
  if (isOperation(value)) return jsonPatch
  if (isFields(value.services) && Object.values(value.services).some((one) => isFields(one) && ('image' in one || 'build' in one)))
    return {
      message: 'This is a Docker Compose file; its services are no objects of Kubernetes. kompose convert makes manifests of it: paste those.',
    }
  const builds = fields.some((field) => kustomizes.test(field) || (buildsManifests.includes(field) && Array.isArray(value[field])))
  if (builds) return kustomization
  if (fields.filter((field) => chartValues.test(field)).length >= 2)
    return { message: `These are values for a Helm chart, not a manifest. Run helm template DIR -f FILE and paste what it prints.` }
  return undefined
}

const jsonPatch: Foreign = {
  message: 'This is a JSON Patch: changes of an object, not an object. Run kubectl patch TYPE NAME --type=json --patch-file FILE in the terminal.',
}

function unknownKind(document: Fields): Foreign | undefined {
  const { kind, apiVersion } = document
  if (typeof kind !== 'string' || typeof apiVersion !== 'string' || isListKind(document)) return undefined
  if (isUnmodelled(apiVersion, kind))
    return { at: ['kind'], severity: 'info', message: `The playground has no ${kind} objects; Apply leaves this document out.` }
  const typed = kind.toLowerCase()
  // it is being typed
  if (resources.some((one) => one.kind.toLowerCase().startsWith(typed))) return undefined
  return {
    at: ['kind'],
    message: `This cluster has no kind ${kind} in ${apiVersion}. Elsewhere a CustomResourceDefinition may add it; the playground takes none, so leave this document out.`,
  }
}

/** What a document is instead of a manifest of this cluster. `value` is anything but nothing. */
function foreign(value: unknown): Foreign | undefined {
  if (isFields(value)) return byTheirKind(value) ?? byTheirFields(value) ?? unknownKind(value)
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isOperation)) return jsonPatch
    // a list of anything else is still being written
    if (value.length === 0 || !value.every(isFields)) return undefined
    return { message: 'This is a list, and a manifest is one object. Put --- between several objects, or put the list under items: of a kind: List.' }
  }
  return { severity: 'info', message: 'A manifest has fields, and begins with apiVersion: and kind: on lines of their own.' }
}

/**
 * What a document is that is no manifest of this cluster's kinds, and how it becomes one; undefined when it may be one.
 * @source DS-16.5
 */
export function foreignDocument(value: unknown): Finding | undefined {
  const found = foreign(value)
  return found && { path: found.at ?? [], rule: 'DS-16.5', message: found.message, severity: found.severity ?? 'error' }
}
