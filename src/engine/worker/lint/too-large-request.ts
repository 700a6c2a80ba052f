import { isQuantity, toMilli, toValue } from '#k8s/quantity.ts'
import type { Finding, LintRule } from './lint.ts'

const measure = (resource: string, quantity: string): number => (resource === 'cpu' ? toMilli(quantity) : toValue(quantity))

/** What an agent may well ask for. */
const usual = { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '1Gi' }

/**
 * A container asks for more than any node can give.
 * @source SCH-3.15, DS-4.5
 */
export const tooLargeRequest: LintRule = ({ pod, nodes, kind }) => {
  if (!pod || nodes.length === 0) return []
  return (Object.keys(usual) as (keyof typeof usual)[]).flatMap((resource): Finding[] => {
    const asked = (pod.spec.containers ?? []).flatMap(({ resources }, at) => {
      const requested = resources?.requests?.[resource] === undefined ? 'limits' : 'requests'
      const quantity = resources?.[requested]?.[resource]
      return quantity !== undefined && isQuantity(quantity) ? [{ at, requested, amount: measure(resource, quantity) }] : []
    })
    const fromLargest = [...asked].sort((a, b) => b.amount - a.amount)
    const [largest] = fromLargest
    const total = asked.reduce((sum, { amount }) => sum + amount, 0)
    const offered = nodes.flatMap(({ metadata, status }) => {
      const quantity = status?.allocatable?.[resource]
      return quantity !== undefined && isQuantity(quantity) ? [{ name: metadata.name, quantity, amount: measure(resource, quantity) }] : []
    })
    const best = offered.reduce<(typeof offered)[number] | undefined>((a, b) => (!a || b.amount > a.amount ? b : a), undefined)
    if (!largest || !best || total <= best.amount) return []
    const small = measure(resource, usual[resource])
    let left = total
    const shrunk = fromLargest.filter(({ amount }) => {
      const tooMuch = left > best.amount && amount > small
      if (tooMuch) left += small - amount
      return tooMuch
    })
    const still = kind === 'DaemonSet' ? 'a DaemonSet makes its pods without looking at resources, and they' : 'the pods'
    return [
      {
        path: [...pod.path, 'spec', 'containers', largest.at, 'resources', largest.requested, resource],
        rule: kind === 'DaemonSet' ? 'DS-4.5' : 'SCH-3.15',
        message: `The pod asks for more ${resource} than any node has (at most ${best.quantity}, ${best.name}): ${still} stay Pending.`,
        fix: {
          title: `Write ${resource}: ${usual[resource]}`,
          changes: shrunk.map(({ at, requested }) => ({
            put: [...pod.path, 'spec', 'containers', at, 'resources', requested, resource],
            value: usual[resource],
          })),
        },
      },
    ]
  })
}
