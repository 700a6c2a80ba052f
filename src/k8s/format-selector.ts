import type { LabelSelector } from './types.ts'

interface Printed {
  key: string
  text: string
}

const list = (values: readonly string[] | undefined): string => [...(values ?? [])].sort().join(',')

/**
 * A selector as kubectl prints it: `app=agent,tier in (a,b),!old`, sorted by key; `<none>` for no or an empty selector, `<error>` for an
 * unknown operator. @source metav1.FormatLabelSelector
 */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  const printed: Printed[] = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }))
  for (const { key, operator, values } of selector?.matchExpressions ?? []) {
    if (operator === 'In') printed.push({ key, text: `${key} in (${list(values)})` })
    else if (operator === 'NotIn') printed.push({ key, text: `${key} notin (${list(values)})` })
    else if (operator === 'Exists') printed.push({ key, text: key })
    else if (operator === 'DoesNotExist') printed.push({ key, text: `!${key}` })
    else return '<error>'
  }
  printed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return printed.map((item) => item.text).join(',') || '<none>'
}
