/** Label selectors of objects, node selectors of pods: whether they match, and how kubectl prints them. */
import { labelValue, qualifiedName } from './name.ts'
import { requirementMatches, type SelectorRequirement, toInt64 } from './requirement.ts'
import type { LabelSelector, LabelSelectorRequirement, NodeSelectorTerm, PodSpec, StringMap } from './types.ts'

export { type FieldRequirement, type FieldSelector, parseFieldSelector } from './field-selector-text.ts'
export { formatLabelSelector } from './format-selector.ts'
export { parseLabelSelector, type TextSelector } from './label-selector-text.ts'

const noLabels: StringMap = {}

/** Requirements of a list that fails to parse: it matches nothing. */
const unparsable = null

function toRequirement(r: LabelSelectorRequirement): SelectorRequirement | undefined {
  const values = r.values ?? []
  if (qualifiedName(r.key ?? '').length || values.some((value) => labelValue(value).length)) return undefined
  switch (r.operator) {
    case 'In':
    case 'NotIn':
      return values.length ? { key: r.key, operator: r.operator, values } : undefined
    case 'Exists':
    case 'DoesNotExist':
      return values.length ? undefined : { key: r.key, operator: r.operator, values }
    case 'Gt':
    case 'Lt':
      return values.length === 1 && toInt64(values[0]) !== undefined ? { key: r.key, operator: r.operator, values } : undefined
    default:
      return undefined
  }
}

function toRequirements(list: readonly LabelSelectorRequirement[] | undefined): SelectorRequirement[] | null {
  const requirements: SelectorRequirement[] = []
  for (const item of list ?? []) {
    const requirement = toRequirement(item)
    if (!requirement) return unparsable
    requirements.push(requirement)
  }
  return requirements
}

function allMatch(requirements: SelectorRequirement[] | null, labels: StringMap): boolean {
  if (requirements === null) return false
  for (const requirement of requirements) if (!requirementMatches(requirement, labels)) return false
  return true
}

function hasAll(wanted: StringMap | undefined, labels: StringMap): boolean {
  if (wanted) for (const key in wanted) if (labels[key] !== wanted[key]) return false
  return true
}

const selectorExpressions = new WeakMap<LabelSelector, SelectorRequirement[] | null>()

function expressionsOf(selector: LabelSelector): SelectorRequirement[] | null {
  let requirements = selectorExpressions.get(selector)
  if (requirements === undefined) {
    const numeric = selector.matchExpressions?.some((r) => r.operator === 'Gt' || r.operator === 'Lt')
    const badPair = Object.entries(selector.matchLabels ?? {}).some(([key, value]) => qualifiedName(key).length || labelValue(value).length)
    requirements = numeric || badPair ? unparsable : toRequirements(selector.matchExpressions)
    selectorExpressions.set(selector, requirements)
  }
  return requirements
}

/** Whether the selector can be parsed; one that cannot matches nothing. @source metav1.LabelSelectorAsSelector */
export function isParsableSelector(selector: LabelSelector): boolean {
  return expressionsOf(selector) !== unparsable
}

/** Whether a selector without any requirement: it matches everything. */
export function isEmptySelector(selector: LabelSelector): boolean {
  for (const _ in selector.matchLabels) return false
  return !selector.matchExpressions?.length
}

/** No selector matches nothing, an empty one everything. @source metav1.LabelSelectorAsSelector */
export function matchesLabels(selector: LabelSelector | undefined, labels: StringMap | undefined): boolean {
  if (!selector) return false
  const set = labels ?? noLabels
  return hasAll(selector.matchLabels, set) && allMatch(expressionsOf(selector), set)
}

interface CompiledTerm {
  expressions: SelectorRequirement[] | null
  fields: SelectorRequirement[] | null
}

/** Field requirements know In and NotIn with one value; a node has the one field `metadata.name`. */
function toFieldRequirements(list: readonly LabelSelectorRequirement[] | undefined): SelectorRequirement[] | null {
  const usable = list?.every((r) => (r.operator === 'In' || r.operator === 'NotIn') && r.values?.length === 1) ?? true
  return usable ? (list ?? []).map((r) => ({ key: r.key, operator: r.operator as 'In' | 'NotIn', values: r.values ?? [] })) : unparsable
}

const compiledTerms = new WeakMap<NodeSelectorTerm, CompiledTerm>()

function compile(term: NodeSelectorTerm): CompiledTerm {
  let compiled = compiledTerms.get(term)
  if (!compiled) {
    const empty = !term.matchExpressions?.length && !term.matchFields?.length
    compiled = empty
      ? { expressions: unparsable, fields: unparsable }
      : { expressions: toRequirements(term.matchExpressions), fields: toFieldRequirements(term.matchFields) }
    compiledTerms.set(term, compiled)
  }
  return compiled
}

/** Whether a node meets one term: all expressions and all fields; an empty or unparsable term is met by none. DS-4.4 */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, node: { name: string; labels?: StringMap }): boolean {
  const { expressions, fields } = compile(term)
  if (expressions === null || fields === null || !allMatch(expressions, node.labels ?? noLabels)) return false
  for (const { key, operator, values } of fields) {
    const value = key === 'metadata.name' ? node.name : ''
    if ((value === values[0]) !== (operator === 'In')) return false
  }
  return true
}

/** Whether a node meets at least one term; no terms are met by no node. @source nodeaffinity LazyErrorNodeSelector.Match; SCH-4.2, SCH-4.3 */
export function matchesNodeSelectorTerms(terms: readonly NodeSelectorTerm[] | undefined, node: { name: string; labels?: StringMap }): boolean {
  if (terms) for (const term of terms) if (matchesNodeSelectorTerm(term, node)) return true
  return false
}

/** Node selector and required node affinity of a pod together. @source nodeaffinity GetRequiredNodeAffinity; SCH-4.1, DS-4.3 */
export function podMatchesNodeSelectorAndAffinity(spec: PodSpec, nodeName: string, nodeLabels: StringMap | undefined): boolean {
  if (!hasAll(spec.nodeSelector, nodeLabels ?? noLabels)) return false
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return !required || matchesNodeSelectorTerms(required.nodeSelectorTerms, { name: nodeName, labels: nodeLabels })
}
