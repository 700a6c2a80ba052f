/** Node selectors, affinities and spread constraints of a pod. DS-15.34 … DS-15.36 */
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../name.ts'
import type { Affinity, LabelSelectorRequirement, NodeSelectorTerm, PodAffinity, PodAffinityTerm, TopologySpreadConstraint } from '../types.ts'
import { since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'
import { badOperator, noValues, unwantedValues, validateLabelSelector } from './label-selector.ts'
import { rareChecks } from './rare/load.ts'

/** @source ValidateNodeSelectorRequirement */
function validateExpression(errors: FieldErrors, r: LabelSelectorRequirement, path: string, checkValues: boolean): void {
  const count = r.values?.length ?? 0
  switch (r.operator) {
    case 'In':
    case 'NotIn':
      if (count === 0) errors.required(`${path}.values`, noValues)
      break
    case 'Exists':
    case 'DoesNotExist':
      if (count > 0) errors.forbidden(`${path}.values`, unwantedValues)
      break
    case 'Gt':
    case 'Lt':
      if (count !== 1) errors.required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'")
      break
    default:
      errors.invalid(`${path}.operator`, r.operator ?? '', badOperator)
  }
  errors.invalidEach(`${path}.key`, r.key ?? '', qualifiedName(r.key ?? '', errors.version))
  if (!checkValues) return
  r.values?.forEach((value, i) => {
    errors.invalidEach(`${path}.values[${i}]`, value, labelValue(value, errors.version))
  })
}

/** @source ValidateNodeFieldSelectorRequirement */
function validateField(errors: FieldErrors, r: LabelSelectorRequirement, path: string): void {
  if (r.operator !== 'In' && r.operator !== 'NotIn') errors.invalid(`${path}.operator`, r.operator ?? '', badOperator)
  else if (r.values?.length !== 1) {
    errors.required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
  }
  if (r.key !== 'metadata.name') errors.invalid(`${path}.key`, r.key ?? '', 'not a valid field selector key')
  else {
    r.values?.forEach((value, i) => {
      errors.invalidEach(`${path}.values[${i}]`, value, dns1123Subdomain(value))
    })
  }
}

function validateTerm(errors: FieldErrors, term: NodeSelectorTerm, path: string, checkValues: boolean): void {
  term.matchExpressions?.forEach((r, i) => {
    validateExpression(errors, r, `${path}.matchExpressions[${i}]`, checkValues)
  })
  term.matchFields?.forEach((r, i) => {
    validateField(errors, r, `${path}.matchFields[${i}]`)
  })
}

function validateNodeAffinity(errors: FieldErrors, affinity: NonNullable<Affinity['nodeAffinity']>, path: string): void {
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution
  if (required) {
    const terms = `${path}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`
    if (!required.nodeSelectorTerms?.length) errors.required(terms, 'must have at least one node selector term')
    required.nodeSelectorTerms?.forEach((term, i) => {
      validateTerm(errors, term, `${terms}[${i}]`, since(errors.version, 'nodeAffinityValuesValidated'))
    })
  }
  affinity.preferredDuringSchedulingIgnoredDuringExecution?.forEach((preferred, i) => {
    const at = `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`
    validateWeight(errors, preferred.weight, at)
    validateTerm(errors, preferred.preference ?? {}, `${at}.preference`, false)
  })
}

function validateWeight(errors: FieldErrors, weight: number | undefined, path: string): void {
  if (!weight || weight < 0 || weight > 100) errors.invalid(`${path}.weight`, weight ?? 0, 'must be in the range 1-100')
}

function validatePodTerm(errors: FieldErrors, term: PodAffinityTerm, path: string): void {
  validateLabelSelector(errors, term.labelSelector, `${path}.labelSelector`)
  validateLabelSelector(errors, term.namespaceSelector, `${path}.namespaceSelector`)
  for (const name of term.namespaces ?? []) errors.invalidEach(`${path}.namespace`, name, dns1123Label(name, errors.version))
  if (term.matchLabelKeys || term.mismatchLabelKeys) rareChecks()?.validateLabelKeys(errors, term, path)
  if (!term.topologyKey) errors.required(`${path}.topologyKey`, 'can not be empty')
  errors.invalidEach(`${path}.topologyKey`, term.topologyKey ?? '', qualifiedName(term.topologyKey ?? '', errors.version))
}

function validatePodAffinity(errors: FieldErrors, affinity: PodAffinity | undefined, path: string): void {
  affinity?.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term, i) => {
    validatePodTerm(errors, term, `${path}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`)
  })
  affinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach((preferred, i) => {
    const at = `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`
    validateWeight(errors, preferred.weight, at)
    validatePodTerm(errors, preferred.podAffinityTerm ?? { topologyKey: '' }, `${at}.podAffinityTerm`)
  })
}

/** @source validateAffinity */
export function validateAffinity(errors: FieldErrors, affinity: Affinity | undefined, path: string): void {
  if (affinity?.nodeAffinity) validateNodeAffinity(errors, affinity.nodeAffinity, `${path}.nodeAffinity`)
  validatePodAffinity(errors, affinity?.podAffinity, `${path}.podAffinity`)
  validatePodAffinity(errors, affinity?.podAntiAffinity, `${path}.podAntiAffinity`)
}

const actions = ['DoNotSchedule', 'ScheduleAnyway']
const inclusions = ['Honor', 'Ignore']

/** @source validateMinDomains, validateNodeInclusionPolicy, ValidateMatchLabelKeysInTopologySpread */
function validateSpreadOptions(errors: FieldErrors, constraint: TopologySpreadConstraint, path: string): void {
  const { minDomains, whenUnsatisfiable = '', matchLabelKeys = [], labelSelector } = constraint
  if (minDomains !== undefined) {
    if (minDomains <= 0) errors.invalid(`${path}.minDomains`, minDomains, 'must be greater than zero')
    if (whenUnsatisfiable !== 'DoNotSchedule') {
      const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`
      errors.invalid(`${path}.minDomains`, minDomains, text)
    }
  }
  for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
    const policy = constraint[field]
    if (policy !== undefined && !inclusions.includes(policy)) errors.notSupported(`${path}.${field}`, policy, inclusions)
  }
  if (matchLabelKeys.length && !labelSelector) errors.forbidden(`${path}.matchLabelKeys`, 'must not be specified when labelSelector is not set')
  const taken = [...Object.keys(labelSelector?.matchLabels ?? {}), ...(labelSelector?.matchExpressions ?? []).map(({ key }) => key)]
  matchLabelKeys.forEach((key, i) => {
    const at = `${path}.matchLabelKeys[${i}]`
    errors.invalidEach(at, key, qualifiedName(key, errors.version))
    if (taken.includes(key)) errors.invalid(at, key, 'exists in both matchLabelKeys and labelSelector')
  })
}

/** @source validateTopologySpreadConstraints */
export function validateSpreadConstraints(errors: FieldErrors, constraints: readonly TopologySpreadConstraint[] | undefined, path: string): void {
  constraints?.forEach((constraint, i) => {
    const at = `${path}[${i}]`
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '' } = constraint
    if (maxSkew <= 0) errors.invalid(`${at}.maxSkew`, maxSkew, 'must be greater than zero')
    if (!topologyKey) errors.required(`${at}.topologyKey`, 'can not be empty')
    if (!actions.includes(whenUnsatisfiable)) errors.notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, actions)
    const repeated = constraints.slice(i + 1).some((o) => (o.topologyKey ?? '') === topologyKey && (o.whenUnsatisfiable ?? '') === whenUnsatisfiable)
    if (repeated) errors.duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`)
    validateSpreadOptions(errors, constraint, at)
    if (since(errors.version, 'selectorValuesValidated')) validateLabelSelector(errors, constraint.labelSelector, `${at}.labelSelector`)
  })
}
