/** Where a pod that waits for its scheduling gates may still be sent. @source validateNodeSelectorMutation, validateNodeAffinityMutation */
import { canonicalJson } from '../../hash.ts'
import type { NodeSelectorTerm, PodSpec } from '../../types.ts'
import type { FieldErrors, GoValue } from '../field-errors.ts'
import { labelsValue } from '../go-value.ts'

type Affinity = PodSpec['affinity']
type Requirements = NonNullable<NodeSelectorTerm['matchExpressions']>

const noTerms: readonly NodeSelectorTerm[] = []

const termsOf = (affinity: Affinity): readonly NodeSelectorTerm[] =>
  affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? noTerms

function requirementsValue(list: Requirements | undefined): GoValue {
  const type = '[]core.NodeSelectorRequirement'
  if (!list?.length) return { go: `${type}(nil)`, json: 'null' }
  const items = list.map(({ key, operator, values }) => ({
    go: `core.NodeSelectorRequirement{Key:${JSON.stringify(key)}, Operator:${JSON.stringify(operator)}, Values:${
      values?.length ? `[]string{${values.map((value) => JSON.stringify(value)).join(', ')}}` : '[]string(nil)'
    }}`,
    json: JSON.stringify({ Key: key, Operator: operator, Values: values?.length ? values : null }),
  }))
  return { go: `${type}{${items.map(({ go }) => go).join(', ')}}`, json: `[${items.map(({ json }) => json).join(',')}]` }
}

function termValue({ matchExpressions, matchFields }: NodeSelectorTerm): GoValue {
  const [expressions, fields] = [requirementsValue(matchExpressions), requirementsValue(matchFields)]
  return {
    go: `core.NodeSelectorTerm{MatchExpressions:${expressions.go}, MatchFields:${fields.go}}`,
    json: `{"MatchExpressions":${expressions.json},"MatchFields":${fields.json}}`,
  }
}

function termsValue(terms: readonly NodeSelectorTerm[]): GoValue {
  const type = '[]core.NodeSelectorTerm'
  if (terms.length === 0) return { go: `${type}(nil)`, json: 'null' }
  const items = terms.map(termValue)
  return { go: `${type}{${items.map(({ go }) => go).join(', ')}}`, json: `[${items.map(({ json }) => json).join(',')}]` }
}

const beginsWith = (list: Requirements = [], start: Requirements = []): boolean =>
  list.length >= start.length && start.every((requirement, i) => canonicalJson(requirement) === canonicalJson(list[i]))

/** A term that matches nothing stays one: what is added to it would let it match. */
function hasOnlyAdditions(term: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const wasEmpty = !old.matchExpressions?.length && !old.matchFields?.length
  if (wasEmpty) return !term.matchExpressions?.length && !term.matchFields?.length
  return beginsWith(term.matchExpressions, old.matchExpressions) && beginsWith(term.matchFields, old.matchFields)
}

/** It may be sent to fewer nodes than before, not to others. */
export function validateGatedPlacement(errors: FieldErrors, spec: PodSpec, old: PodSpec): void {
  const { nodeSelector } = spec
  const moved = Object.entries(old.nodeSelector ?? {}).some(([key, value]) => nodeSelector?.[key] !== value)
  if (moved)
    errors.invalid('spec.nodeSelector', labelsValue(nodeSelector), 'only additions to spec.nodeSelector are allowed (no mutations or deletions)')
  const path = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'
  const [terms, oldTerms] = [termsOf(spec.affinity), termsOf(old.affinity)]
  if (oldTerms.length === 0) return
  if (terms.length !== oldTerms.length) {
    errors.invalid(path, termsValue(terms), 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')
    return
  }
  for (const [i, term] of terms.entries())
    if (!hasOnlyAdditions(term, oldTerms[i] as NodeSelectorTerm))
      errors.invalid(`${path}[${i}]`, termValue(term), 'only additions are allowed (no mutations or deletions)')
}

/** The affinity of a gated pod as far as it may not change: all but that to nodes. */
export function withOldNodeAffinity(affinity: Affinity, old: Affinity): Affinity {
  const { nodeAffinity: _, ...rest } = affinity ?? {}
  const kept = { ...rest, ...(old?.nodeAffinity && { nodeAffinity: old.nodeAffinity }) }
  return old === undefined && Object.keys(kept).length === 0 ? undefined : kept
}
