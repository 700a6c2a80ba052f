/** StatefulSets. @source pkg/apis/apps/validation ValidateStatefulSetSpec */
import { canonicalJson } from '../hash.ts'
import { dns1123Label } from '../name.ts'
import { withoutEmptyParts } from '../schema/empty-parts.ts'
import type { PodTemplateSpec, StatefulSet, Volume } from '../types.ts'
import { since } from '../version.ts'
import { validateClaimTemplate } from './claim-template.ts'
import { validateRunsForever } from './daemon-set.ts'
import { validateSelectorAndLabels } from './deployment.ts'
import type { FieldErrors } from './field-errors.ts'
import { statefulSetStrategyValue, structValue } from './go-value.ts'
import { validateAnnotations, validateLabels, validatePodAnnotations } from './metadata.ts'
import { validatePodTemplate } from './pod-spec.ts'

type Spec = StatefulSet['spec']

function validateStrategy(errors: FieldErrors, strategy: NonNullable<Spec['updateStrategy']>): void {
  const path = 'spec.updateStrategy'
  const rolling = strategy.rollingUpdate
  switch (strategy.type) {
    case undefined:
    case '':
      errors.required(path)
      break
    case 'OnDelete':
      if (rolling) {
        const shown = structValue('apps.RollingUpdateStatefulSetStrategy', rolling)
        errors.invalid(`${path}.rollingUpdate`, shown, "only allowed for updateStrategy 'RollingUpdate'")
      }
      break
    case 'RollingUpdate':
      errors.nonNegative(`${path}.rollingUpdate.partition`, rolling?.partition)
      break
    default:
      errors.invalid(path, statefulSetStrategyValue(strategy), "must be 'RollingUpdate' or 'OnDelete'")
  }
}

const claimPolicies = ['Retain', 'Delete']

/** @source ValidatePersistentVolumeClaimRetentionPolicy */
function validateClaimPolicy(errors: FieldErrors, spec: Spec): void {
  if (!since(errors.version, 'claimRetentionPolicy')) return
  const policy = (spec.persistentVolumeClaimRetentionPolicy ?? {}) as { whenDeleted?: string; whenScaled?: string }
  for (const field of ['whenDeleted', 'whenScaled'] as const) {
    const value = policy[field] ?? ''
    if (!claimPolicies.includes(value)) errors.notSupported(`spec.persistentVolumeClaimRetentionPolicy.${field}`, value, claimPolicies)
  }
}

/** The template with a volume for each claim, without the names the controller overwrites. */
function withClaims(spec: Spec): PodTemplateSpec {
  const claims = (spec.volumeClaimTemplates ?? []) as { metadata?: { name?: string } }[]
  const volumes: Volume[] = claims.map(({ metadata }) => {
    const name = metadata?.name ?? ''
    return { name, persistentVolumeClaim: { claimName: name } }
  })
  const own = (spec.template.spec.volumes ?? []).filter((volume) => !volumes.some((claim) => claim.name === volume.name))
  const { subdomain, hostname, ...rest } = spec.template.spec
  return { ...spec.template, spec: { ...rest, volumes: [...volumes, ...own] } }
}

export function validateStatefulSetSpec(errors: FieldErrors, spec: Spec, isUpdate: boolean): void {
  const policy = spec.podManagementPolicy
  if (!policy) errors.required('spec.podManagementPolicy')
  else if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    errors.invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")
  }
  validateStrategy(errors, spec.updateStrategy ?? {})
  validateClaimPolicy(errors, spec)
  if (!isUpdate && since(errors.version, 'claimTemplatesValidated')) {
    const claims = (spec.volumeClaimTemplates ?? []) as { spec?: object }[]
    for (const [i, claim] of claims.entries()) validateClaimTemplate(errors, claim, `spec.volumeClaimTemplates[${i}]`)
  }
  errors.nonNegative('spec.replicas', spec.replicas)
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds)
  errors.nonNegative('spec.ordinals.start', spec.ordinals?.start)
  if (!isUpdate && spec.serviceName && since(errors.version, 'jsonValuesInErrors')) {
    errors.invalidEach('spec.serviceName', spec.serviceName, dns1123Label(spec.serviceName, errors.version))
  }
  const template = withClaims(spec)
  if (validateSelectorAndLabels(errors, spec.selector, template, 'empty selector is invalid for statefulset', '')) {
    if (!isUpdate && since(errors.version, 'statefulSetTemplateValidated')) validatePodTemplate(errors, template, 'spec.template')
    validateLabels(errors, template.metadata?.labels, 'spec.template.labels')
    validateAnnotations(errors, template.metadata?.annotations, 'spec.template.annotations')
    validatePodAnnotations(errors, template, 'spec.template.annotations')
  }
  validateRunsForever(errors, spec.template.spec, 'spec.template.spec', 'StatefulSet')
}

const mutable = ['replicas', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds']
const newlyMutable = ['ordinals', 'revisionHistoryLimit']

function textOf(errors: FieldErrors): string {
  const { version } = errors
  const end = "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
  if (!since(version, 'statefulSetOrdinals')) {
    return "updates to statefulset spec for fields other than 'replicas', 'template', 'updateStrategy' and 'minReadySeconds' are forbidden"
  }
  const history = since(version, 'statefulSetHistoryMutable') ? "'revisionHistoryLimit', " : ''
  return `updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', ${history}${end}`
}

/** @source ValidateStatefulSetUpdate */
export function validateStatefulSetUnchanged(errors: FieldErrors, spec: Spec, old: Spec): void {
  const free = new Set([...mutable, ...newlyMutable.filter((field) => isFree(errors, field))])
  const fixed = (s: Spec): string => canonicalJson(Object.fromEntries(Object.entries(withoutEmptyParts(s)).filter(([field]) => !free.has(field))))
  if (fixed(spec) !== fixed(old)) errors.forbidden('spec', textOf(errors))
}

const isFree = (errors: FieldErrors, field: string): boolean =>
  since(errors.version, field === 'ordinals' ? 'statefulSetOrdinals' : 'statefulSetHistoryMutable')
