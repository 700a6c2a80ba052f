import { formatLabelSelector, isEmptySelector, isParsableSelector, matchesLabels } from '#k8s/selector.ts'
import type { LabelSelector } from '#k8s/types.ts'
import type { Change, LintRule, Path } from './lint.ts'

type Labels = Readonly<Record<string, string>>

/** Labels that a selector takes, as near to the given ones as can be. */
function asked({ matchLabels, matchExpressions }: LabelSelector, given: Labels): Labels {
  const labels: Record<string, string> = { ...given, ...matchLabels }
  for (const one of matchExpressions ?? []) {
    if (matchesLabels({ matchExpressions: [one] }, labels)) continue
    if (one.operator === 'In') labels[one.key] = one.values?.[0] ?? ''
    else if (one.operator === 'Exists') labels[one.key] = 'true'
    else delete labels[one.key]
  }
  return labels
}

/** One label after the other, so that the others stay as they are written; all at once where one must go. */
function changesTo(path: Path, given: Labels, wanted: Labels): Change[] {
  if (Object.keys(given).some((key) => !(key in wanted))) return [{ put: path, value: wanted }]
  const missing = Object.entries(wanted).filter(([key]) => !(key in given))
  const others = Object.entries(wanted).filter(([key, value]) => key in given && given[key] !== value)
  return [
    ...others.map(([key, value]): Change => ({ put: [...path, key], value })),
    ...(missing.length === 0 ? [] : [{ add: path, fields: Object.fromEntries(missing) }]),
  ]
}

/**
 * The selector does not match the labels of the template.
 * @source DS-15.12
 */
export const selectorLabels: LintRule = ({ kind, selector, pod }) => {
  if (!selector || !pod || isEmptySelector(selector) || !isParsableSelector(selector)) return []
  const labels = pod.metadata.labels ?? {}
  if (matchesLabels(selector, labels)) return []
  const path = [...pod.path, 'metadata', 'labels']
  const wanted = asked(selector, labels)
  const wrong = Object.keys(labels).find((key) => labels[key] !== wanted[key])
  const has = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return [
    {
      path: wrong === undefined ? path : [...path, wrong],
      rule: 'DS-15.12',
      message: `The selector asks for ${formatLabelSelector(selector)}, the template's labels are ${has.join(',') || 'none'}: this ${kind} would not find its own pods, so the API server refuses it.`,
      // a selector that contradicts itself takes no labels at all
      ...(matchesLabels(selector, wanted) && { fix: { title: 'Label the pods as the selector asks', changes: changesTo(path, labels, wanted) } }),
    },
  ]
}
