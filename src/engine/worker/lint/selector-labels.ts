import { formatLabelSelector, isEmptySelector, isParsableSelector, matchesLabels } from '#k8s/selector.ts'
import type { Change, LintRule } from './lint.ts'

/**
 * The selector does not match the labels of the template.
 * @source DS-15.12
 */
export const selectorLabels: LintRule = ({ kind, selector, pod }) => {
  if (!selector || !pod || isEmptySelector(selector) || !isParsableSelector(selector)) return []
  const labels = pod.metadata.labels ?? {}
  if (matchesLabels(selector, labels)) return []
  const path = [...pod.path, 'metadata', 'labels']
  const wrong = Object.entries(selector.matchLabels ?? {}).filter(([key, value]) => labels[key] !== value)
  const [first] = Object.keys(labels)
  const changes = wrong.map(([key, value]): Change => {
    const written = JSON.stringify(value)
    const plain = /^[a-z][\w.-]*$/i.test(value) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value) ? value : written
    if (key in labels) return { set: [...path, key], to: plain }
    return first === undefined
      ? { before: [...pod.path, 'spec'], lines: ['metadata:', '  labels:', `    ${key}: ${plain}`] }
      : { before: [...path, first], lines: [`${key}: ${plain}`] }
  })
  const has = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return [
    {
      path: wrong[0] && wrong[0][0] in labels ? [...path, wrong[0][0]] : path,
      rule: 'DS-15.12',
      message: `The selector asks for ${formatLabelSelector(selector)}, the template's labels are ${has.join(',') || 'none'}: this ${kind} would not find its own pods, so the API server refuses it.`,
      ...(changes.length > 0 &&
        (first !== undefined || (changes.length === 1 && Object.keys(pod.metadata).length === 0)) && {
          fix: { title: 'Label the pods as the selector asks', changes },
        }),
    },
  ]
}
