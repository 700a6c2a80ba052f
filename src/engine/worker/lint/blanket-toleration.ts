import type { Finding, LintRule } from './lint.ts'

/**
 * A toleration without a key takes every taint.
 * @source DS-4.7
 */
export const blanketToleration: LintRule = ({ pod, nodes }) =>
  (pod?.spec.tolerations ?? []).flatMap(({ key, operator, effect }, at): Finding[] => {
    if (key || operator !== 'Exists' || !pod) return []
    const critical = pod.spec.priorityClassName?.startsWith('system-')
    const taints = effect ? `every ${effect} taint` : 'every taint there is or will be'
    const meaning =
      effect === 'NoSchedule'
        ? 'no taint keeps its pods off a node'
        : 'no taint keeps its pods off a node or drives them away, control planes included'
    const here = nodes.flatMap((node) => node.spec?.taints ?? []).filter((taint) => !effect || taint.effect === effect)
    const named = [...new Set(here.map((taint) => `${taint.key} ${taint.effect}`))].sort().map((one) => one.split(' ') as [string, string])
    const item = [...pod.path, 'spec', 'tolerations', at]
    const fix: Finding['fix'] =
      named.length === 0
        ? { title: 'Remove it: no node here has such a taint', changes: [{ remove: item }] }
        : {
            title: 'Name the taints of this cluster',
            changes: [{ replace: item, items: named.map(([key, its]) => ({ key, operator: 'Exists', effect: its })) }],
          }
    return [
      {
        fix,
        path: [...pod.path, 'spec', 'tolerations', at],
        rule: 'DS-4.7',
        ...(critical && { severity: 'info' as const }),
        message: `This tolerates ${taints}: ${meaning}. Right for network plugins; others name the taints they mean.`,
      },
    ]
  })
