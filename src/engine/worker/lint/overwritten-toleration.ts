import { addOrUpdateDaemonPodTolerations } from '../../controllers/daemonset/template.ts'
import type { Finding, LintRule } from './lint.ts'

/**
 * Tolerations that every daemon pod gets anyway: the controller puts its own in place of the user's, without tolerationSeconds.
 * @source DS-7.6
 */
export const overwrittenToleration: LintRule = ({ kind, pod }) => {
  if (kind !== 'DaemonSet' || !pod) return []
  const injected = addOrUpdateDaemonPodTolerations({ hostNetwork: pod.spec.hostNetwork })
  return (pod.spec.tolerations ?? []).flatMap(({ key, operator, value, effect, tolerationSeconds }, at): Finding[] => {
    const same = injected.some((one) => one.key === key && one.effect === effect && one.operator === operator && !value)
    if (!same) return []
    const path = [...pod.path, 'spec', 'tolerations', at]
    const limited = tolerationSeconds !== undefined
    return [
      {
        path: limited ? [...path, 'tolerationSeconds'] : path,
        ...(!limited && { severity: 'info' as const }),
        rule: 'DS-7.6',
        message: limited
          ? `The DaemonSet controller puts its own toleration of ${key}:${effect} here, without seconds: the pods stay for good, not for ${tolerationSeconds} s.`
          : `Every daemon pod gets this toleration from the DaemonSet controller; it need not be written.`,
        fix: { title: 'Remove this toleration', changes: [{ remove: path }] },
      },
    ]
  })
}
