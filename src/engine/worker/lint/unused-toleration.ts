import { formatTaint, tolerates } from '#k8s/taint.ts'
import type { Finding, LintRule } from './lint.ts'

/**
 * A toleration that fits no taint of this cluster. Those of node conditions come and go, and are left alone.
 * @source DS-4.7
 */
export const unusedToleration: LintRule = ({ pod, nodes }) =>
  (pod?.spec.tolerations ?? []).flatMap((toleration, at): Finding[] => {
    const { key } = toleration
    if (!pod || !key || key.startsWith('node.kubernetes.io/')) return []
    const taints = nodes.flatMap((node) => (node.spec?.taints ?? []).map((taint) => ({ taint, node: node.metadata.name })))
    if (taints.some(({ taint }) => tolerates(toleration, taint))) return []
    const near = taints.find(({ taint }) => taint.key === key)
    const path = [...pod.path, 'spec', 'tolerations', at]
    return [
      {
        path,
        rule: 'DS-4.7',
        ...(!near && { severity: 'info' as const }),
        message: near
          ? `This does not tolerate ${formatTaint(near.taint)} of ${near.node}: key, value and effect must all fit (operator Exists fits every value).`
          : `No node of this cluster has a taint ${key} that this tolerates.`,
        fix: near
          ? {
              title: `Tolerate ${formatTaint(near.taint)}`,
              changes: [{ replace: path, items: [{ key, operator: 'Exists', effect: near.taint.effect }] }],
            }
          : { title: 'Remove this toleration', changes: [{ remove: path }] },
      },
    ]
  })
