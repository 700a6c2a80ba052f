import { matchesNodeSelectorTerm } from '#k8s/selector.ts'
import type { KubeNode, LabelSelectorRequirement, NodeSelectorTerm } from '#k8s/types.ts'
import { code } from './answer.ts'

/** `disk In [ssd]`, `gpu Exists`. */
const requirementText = ({ key, operator, values }: LabelSelectorRequirement): string =>
  code([key, operator, ...(values?.length ? [`[${values.join(', ')}]`] : [])].join(' '))

/** The expressions of a term that a node does not meet, each looked at alone. */
function failing(term: NodeSelectorTerm, { metadata }: KubeNode): LabelSelectorRequirement[] {
  return [
    ...(term.matchExpressions ?? []).filter((one) => !matchesNodeSelectorTerm({ matchExpressions: [one] }, metadata)),
    ...(term.matchFields ?? []).filter((one) => !matchesNodeSelectorTerm({ matchFields: [one] }, metadata)),
  ]
}

function has({ metadata }: KubeNode, { key }: LabelSelectorRequirement, isField: boolean): string {
  const value = isField ? metadata.name : metadata.labels?.[key]
  return value === undefined ? `the node has no label ${code(key)}` : `the node has ${code(`${key}=${value}`)}`
}

function termText(term: NodeSelectorTerm, node: KubeNode): string {
  const wrong = failing(term, node)
  if (wrong.length === 0) return 'an empty term, which matches no node'
  return wrong.map((one) => `${requirementText(one)}, but ${has(node, one, term.matchFields?.includes(one) ?? false)}`).join('; ')
}

/** Which expressions of the required terms a node does not meet. */
export function affinityRefusal(terms: readonly NodeSelectorTerm[], node: KubeNode): string {
  const [first, ...more] = terms
  if (!first) return 'no term, which matches no node'
  if (more.length === 0) return `it asks for ${termText(first, node)}`
  return `none of its ${terms.length} terms matches: ${terms.map((term) => termText(term, node)).join(' – or ')}`
}

/** The labels that would make the node meet the only term; undefined where labels alone would not, or it is not plain which. */
export function missingLabels(terms: readonly NodeSelectorTerm[], node: KubeNode): string[] | undefined {
  const [only, ...more] = terms
  if (!only || more.length > 0) return undefined
  const wrong = failing(only, node)
  const labels = wrong.flatMap(({ key, operator, values = [] }) =>
    operator === 'In' ? [`${key}=${values[0] ?? ''}`] : operator === 'Exists' ? [`${key}=true`] : [],
  )
  return labels.length > 0 && labels.length === wrong.length && !wrong.some((one) => only.matchFields?.includes(one)) ? labels : undefined
}
