/** Defaults of the kinds that make pods from a template. @source pkg/apis/apps/v1/defaults.go */
import type { DaemonSet, Deployment, ReplicaSet, ResourceRequirements, StatefulSet } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import { defaultResources } from './container.ts'
import { dropDisabledStatefulSetFields } from './disabled-fields.ts'
import { fill, fillAbsent, mapKeeping, withField } from './fill.ts'
import { defaultPodTemplate, withTemplateTime } from './pod.ts'

type Workload = DaemonSet | Deployment | ReplicaSet | StatefulSet

/** The spec as it is, or an empty one: a manifest may leave it out. */
const specOf = <T extends Workload>(object: T): T['spec'] => object.spec ?? {}

/** `OnDelete`: rollingUpdate is neither added nor removed. DS-14.1 */
export function defaultDaemonSet(set: DaemonSet, version: KubernetesVersion): DaemonSet {
  const given: DaemonSet['spec'] = specOf(set)
  let strategy = fill(given.updateStrategy ?? {}, { type: 'RollingUpdate' })
  if (strategy.type === 'RollingUpdate') {
    strategy = withField(strategy, 'rollingUpdate', fillAbsent(strategy.rollingUpdate ?? {}, { maxUnavailable: 1, maxSurge: 0 }))
  }
  let spec = withField(given, 'updateStrategy', strategy)
  spec = fillAbsent(spec, { revisionHistoryLimit: 10 })
  return withField(set, 'spec', withField(spec, 'template', defaultPodTemplate(spec.template, version)))
}

/** WC-3.1 */
export function defaultDeployment(deployment: Deployment, version: KubernetesVersion): Deployment {
  const given: Deployment['spec'] = specOf(deployment)
  let strategy = fill(given.strategy ?? {}, { type: 'RollingUpdate' })
  if (strategy.type === 'RollingUpdate') {
    strategy = withField(strategy, 'rollingUpdate', fillAbsent(strategy.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' }))
  }
  let spec = withField(given, 'strategy', strategy)
  spec = fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 })
  return withField(deployment, 'spec', withField(spec, 'template', defaultPodTemplate(spec.template, version)))
}

export function defaultReplicaSet(set: ReplicaSet, version: KubernetesVersion): ReplicaSet {
  const spec = fillAbsent(specOf(set) as ReplicaSet['spec'], { replicas: 1 })
  return withField(set, 'spec', withField(spec, 'template', defaultPodTemplate(spec.template, version)))
}

interface ClaimTemplate {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: object
  readonly spec?: { readonly volumeMode?: string; readonly resources?: ResourceRequirements }
  readonly status?: { readonly phase?: string }
}

/**
 * A claim template as a claim of its own: named in full, with what claims have by default.
 * @source pkg/apis/apps/v1/conversion.go Convert_apps_StatefulSetSpec_To_v1_StatefulSetSpec, pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolumeClaim
 */
function defaultClaimTemplate(template: ClaimTemplate): ClaimTemplate {
  const named = withField(withField(template, 'apiVersion', 'v1'), 'kind', 'PersistentVolumeClaim')
  const spec = fillAbsent(named.spec ?? {}, { volumeMode: 'Filesystem' })
  const claim = withField(named, 'spec', withField(spec, 'resources', defaultResources(spec.resources)))
  return withField(claim, 'status', fill(claim.status ?? {}, { phase: 'Pending' }))
}

export function defaultStatefulSet(set: StatefulSet, version: KubernetesVersion): StatefulSet {
  let spec: StatefulSet['spec'] = fill(dropDisabledStatefulSetFields(specOf(set), version), { podManagementPolicy: 'OrderedReady' })
  let strategy = spec.updateStrategy ?? {}
  if (!strategy.type) strategy = { ...strategy, type: 'RollingUpdate', rollingUpdate: strategy.rollingUpdate ?? {} }
  if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) {
    strategy = withField(strategy, 'rollingUpdate', fillAbsent(strategy.rollingUpdate, { partition: 0 }))
  }
  spec = withField(spec, 'updateStrategy', strategy)
  spec = fillAbsent(spec, { replicas: 1, revisionHistoryLimit: 10 })
  if (since(version, 'claimRetentionPolicy')) {
    const policy = (spec.persistentVolumeClaimRetentionPolicy ?? {}) as { whenDeleted?: string; whenScaled?: string }
    spec = withField(spec, 'persistentVolumeClaimRetentionPolicy', fill(policy, { whenDeleted: 'Retain', whenScaled: 'Retain' }))
  }
  const claims = mapKeeping(spec.volumeClaimTemplates as ClaimTemplate[] | undefined, (claim) =>
    defaultClaimTemplate(withTemplateTime(claim, version)),
  )
  if (claims) spec = withField(spec, 'volumeClaimTemplates', claims)
  return withField(set, 'spec', withField(spec, 'template', defaultPodTemplate(spec.template, version)))
}
