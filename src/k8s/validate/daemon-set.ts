import { canonicalJson } from '../hash.ts'
import { withoutEmptyParts } from '../schema/empty-parts.ts'
import { isParsableSelector, matchesLabels } from '../selector.ts'
import type { DaemonSet, DaemonSetUpdateStrategy, LabelSelector } from '../types.ts'
import type { FieldErrors } from './field-errors.ts'
import { daemonSetStrategyValue, intOrStringValue, labelsValue, selectorValue } from './go-value.ts'
import { validateLabelSelector } from './label-selector.ts'
import { validatePodTemplate, validateReadOnlyDisks } from './pod-spec.ts'
import { intOrPercentValue, validateAtMost100Percent, validatePositiveIntOrPercent } from './rollout.ts'

/** Whether the selector is the object `{}`, or as good as that: it matches everything. */
export const selectsAll = (selector: LabelSelector): boolean => !Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length

/** A template that must not end by itself. */
export function validateRunsForever(errors: FieldErrors, spec: DaemonSet['spec']['template']['spec'], path: string, kind: string): void {
  if (spec.restartPolicy !== 'Always') errors.notSupported(`${path}.restartPolicy`, spec.restartPolicy ?? '', ['Always'])
  if (spec.activeDeadlineSeconds !== undefined) {
    errors.forbidden(`${path}.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`)
  }
}

function validateStrategy(errors: FieldErrors, strategy: DaemonSetUpdateStrategy, path: string): void {
  if (strategy.type === 'OnDelete') return
  if (strategy.type === 'RollingUpdate') validateRollingUpdate(errors, strategy, path)
  else errors.notSupported(path, daemonSetStrategyValue(strategy), ['RollingUpdate', 'OnDelete'])
}

/** Exactly one of the two may be non-zero. @source ValidateRollingUpdateDaemonSet */
function validateRollingUpdate(errors: FieldErrors, strategy: DaemonSetUpdateStrategy, path: string): void {
  const { maxUnavailable = 0, maxSurge = 0 } = strategy.rollingUpdate ?? {}
  const unavailable = `${path}.rollingUpdate.maxUnavailable`
  const surge = `${path}.rollingUpdate.maxSurge`
  validatePositiveIntOrPercent(errors, maxUnavailable, unavailable)
  validatePositiveIntOrPercent(errors, maxSurge, surge)
  validateAtMost100Percent(errors, maxUnavailable, unavailable)
  validateAtMost100Percent(errors, maxSurge, surge)
  const hasUnavailable = intOrPercentValue(maxUnavailable) !== 0
  const hasSurge = intOrPercentValue(maxSurge) !== 0
  if (hasUnavailable && hasSurge) errors.invalid(surge, intOrStringValue(maxSurge), 'may not be set when maxUnavailable is non-zero')
  if (!hasUnavailable && !hasSurge) errors.required(unavailable, 'cannot be 0 when maxSurge is 0')
}

/** @source ValidateDaemonSetSpec; DS-15.10 … DS-15.54 */
export function validateDaemonSetSpec(errors: FieldErrors, spec: DaemonSet['spec']): void {
  const { selector, template } = spec
  const labels = template.metadata?.labels
  validateLabelSelector(errors, selector, 'spec.selector')
  if ((!selector || isParsableSelector(selector)) && !matchesLabels(selector, labels)) {
    errors.invalid('spec.template.metadata.labels', labelsValue(labels), '`selector` does not match template `labels`')
  }
  if (selector && selectsAll(selector)) {
    errors.invalid('spec.selector', selectorValue(selector), 'empty selector is invalid for daemonset')
  }
  validatePodTemplate(errors, template, 'spec.template')
  validateReadOnlyDisks(errors, template.spec, 'spec.template.spec')
  validateRunsForever(errors, template.spec, 'spec.template.spec', 'DaemonSet')
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds)
  validateStrategy(errors, spec.updateStrategy, 'spec.updateStrategy')
  errors.nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit)
}

/** @source ValidateImmutableField of spec.selector; DS-15.60 */
export function validateSelectorUnchanged(errors: FieldErrors, selector: LabelSelector | undefined, old: LabelSelector | undefined): void {
  if (canonicalJson(withoutEmptyParts(selector) ?? null) !== canonicalJson(withoutEmptyParts(old) ?? null)) {
    errors.invalid('spec.selector', selectorValue(selector), 'field is immutable')
  }
}
