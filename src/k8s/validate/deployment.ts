/** Deployments and ReplicaSets. @source pkg/apis/apps/validation ValidateDeploymentSpec, ValidateReplicaSetSpec */
import { isParsableSelector, matchesLabels } from '../selector.ts'
import type { Deployment, LabelSelector, PodTemplateSpec, ReplicaSet } from '../types.ts'
import { selectsAll, validateRunsForever } from './daemon-set.ts'
import type { FieldErrors } from './field-errors.ts'
import { deploymentStrategyValue, intOrStringValue, labelsValue, selectorValue } from './go-value.ts'
import { validateLabelSelector } from './label-selector.ts'
import { validatePodTemplate, validateReadOnlyDisks } from './pod-spec.ts'
import { intOrPercentValue, validateAtMost100Percent, validatePositiveIntOrPercent } from './rollout.ts'

/** Selector, and whether the template's labels match it. `emptyText`: what is said of a selector that selects everything. */
export function validateSelectorAndLabels(
  errors: FieldErrors,
  selector: LabelSelector | undefined,
  template: PodTemplateSpec,
  emptyText: string,
  unparsableText: string,
): boolean {
  if (!selector) errors.required('spec.selector')
  else {
    validateLabelSelector(errors, selector, 'spec.selector')
    if (selectsAll(selector)) errors.invalid('spec.selector', selectorValue(selector), emptyText)
  }
  if (selector && !isParsableSelector(selector)) {
    errors.invalid('spec.selector', selectorValue(selector), unparsableText)
    return false
  }
  const labels = template.metadata?.labels
  if (!matchesLabels(selector, labels)) {
    errors.invalid('spec.template.metadata.labels', labelsValue(labels), '`selector` does not match template `labels`')
  }
  return true
}

function validateReplicated(errors: FieldErrors, spec: { replicas?: number; selector: LabelSelector; template: PodTemplateSpec }): void {
  const { selector, template } = spec
  if (!validateSelectorAndLabels(errors, selector, template, 'empty selector is invalid for deployment', 'invalid label selector')) return
  validatePodTemplate(errors, template, 'spec.template')
  if ((spec.replicas ?? 1) > 1) validateReadOnlyDisks(errors, template.spec, 'spec.template.spec')
  validateRunsForever(errors, template.spec, 'spec.template.spec', 'ReplicaSet')
}

function validateStrategy(errors: FieldErrors, strategy: NonNullable<Deployment['spec']['strategy']>): void {
  const path = 'spec.strategy'
  if (strategy.type === 'Recreate') {
    if (strategy.rollingUpdate) errors.forbidden(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")
    return
  }
  if (strategy.type !== 'RollingUpdate') {
    errors.notSupported(path, deploymentStrategyValue(strategy), ['Recreate', 'RollingUpdate'])
    return
  }
  const { maxUnavailable = 0, maxSurge = 0 } = strategy.rollingUpdate ?? {}
  validatePositiveIntOrPercent(errors, maxUnavailable, `${path}.rollingUpdate.maxUnavailable`)
  validatePositiveIntOrPercent(errors, maxSurge, `${path}.rollingUpdate.maxSurge`)
  if (intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0) {
    errors.invalid(`${path}.rollingUpdate.maxUnavailable`, intOrStringValue(maxUnavailable), 'may not be 0 when `maxSurge` is 0')
  }
  validateAtMost100Percent(errors, maxUnavailable, `${path}.rollingUpdate.maxUnavailable`)
}

export function validateDeploymentSpec(errors: FieldErrors, spec: Deployment['spec']): void {
  errors.nonNegative('spec.replicas', spec.replicas)
  validateReplicated(errors, spec)
  validateStrategy(errors, spec.strategy ?? {})
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds)
  errors.nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit)
  const deadline = spec.progressDeadlineSeconds
  if (deadline === undefined) return
  errors.nonNegative('spec.progressDeadlineSeconds', deadline)
  if (deadline <= (spec.minReadySeconds ?? 0)) {
    errors.invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')
  }
}

export function validateReplicaSetSpec(errors: FieldErrors, spec: ReplicaSet['spec']): void {
  errors.nonNegative('spec.replicas', spec.replicas)
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds)
  validateReplicated(errors, spec)
}
