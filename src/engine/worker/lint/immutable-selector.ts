import { formatLabelSelector } from '#k8s/selector.ts'
import type { LabelSelector } from '#k8s/types.ts'
import type { Change, LintRule } from './lint.ts'
import type { WrittenFields } from './write-yaml.ts'

/** Alike whatever the order of the labels. */
const canonical = ({ matchLabels, matchExpressions }: LabelSelector): string =>
  JSON.stringify([Object.entries(matchLabels ?? {}).sort(), matchExpressions ?? []])

/**
 * The selector of a live object cannot be changed.
 * @source DS-15.60
 */
export const immutableSelector: LintRule = ({ kind, name, selector, live }) => {
  const before = (live as { spec?: { selector?: LabelSelector } } | undefined)?.spec?.selector
  if (!selector || !before || canonical(selector) === canonical(before)) return []
  const labels = selector.matchLabels ?? {}
  const old = before.matchLabels ?? {}
  const sameKeys = Object.keys(labels).sort().join() === Object.keys(old).sort().join() && !selector.matchExpressions && !before.matchExpressions
  const changes = Object.entries(old)
    .filter(([key, value]) => labels[key] !== value)
    .map(([key, value]): Change => ({ put: ['spec', 'selector', 'matchLabels', key], value }))
  return [
    {
      path: ['spec', 'selector'],
      rule: 'DS-15.60',
      message: `The selector of ${kind} ${name} is ${formatLabelSelector(before)} and cannot be changed. Keep it, take another name, or delete ${name} first (--cascade=orphan keeps its pods).`,
      fix: { title: 'Put the selector back', changes: sameKeys ? changes : [{ put: ['spec', 'selector'], value: before as WrittenFields }] },
    },
  ]
}
