import { taintControlPlane } from '#k8s/node.ts'
import type { PodTemplateSpec } from '#k8s/types.ts'
import { nodeShouldRunDaemonPod } from '../../controllers/daemonset/placement.ts'
import type { LintRule } from './lint.ts'

const toleration = { key: taintControlPlane, operator: 'Exists', effect: 'NoSchedule' }

/**
 * The cluster has a control-plane node, and nothing but its taint keeps this DaemonSet off it.
 * @source DS-4.6
 */
export const controlPlaneToleration: LintRule = ({ kind, pod, nodes }) => {
  if (kind !== 'DaemonSet' || !pod?.spec.containers) return []
  const template = { metadata: pod.metadata, spec: pod.spec } as PodTemplateSpec
  const left = nodes.filter((node) => {
    const { checks } = nodeShouldRunDaemonPod(node, template)
    return checks.every((check) =>
      check.rule === 'taints' ? !check.ok && check.untolerated.every((taint) => taint.key === taintControlPlane) : check.ok,
    )
  })
  if (left.length === 0) return []
  const names = left.map((node) => node.metadata.name)
  const spec = [...pod.path, 'spec']
  return [
    {
      path: pod.spec.tolerations ? [...spec, 'tolerations'] : spec,
      severity: 'info',
      rule: 'DS-4.6',
      message: `No pod on ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}: the taint ${taintControlPlane} is not tolerated. Agents that must run everywhere tolerate it.`,
      fix: { title: 'Tolerate the control-plane taint', changes: [{ insert: [...spec, 'tolerations'], item: toleration }] },
    },
  ]
}
