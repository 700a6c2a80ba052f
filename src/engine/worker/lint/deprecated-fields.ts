import { renamedLabels } from '#k8s/warnings/node-labels.ts'
import type { Finding, LintRule, WrittenPod } from './lint.ts'

const criticalPod = 'scheduler.alpha.kubernetes.io/critical-pod'
const rule = 'DEP-1'

function labelFindings({ path, spec }: WrittenPod): Finding[] {
  const at = [...path, 'spec']
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const requiredAt = [...at, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms']
  const found = (where: (string | number)[], key: string, change: (to: string) => NonNullable<Finding['fix']>['changes']): Finding[] => {
    const to = Object.hasOwn(renamedLabels, key) ? renamedLabels[key]?.to : undefined
    if (!to) return []
    return [{ path: where, rule, message: `${key} is an old name; nodes carry ${to} now.`, fix: { title: `Write ${to}`, changes: change(to) } }]
  }
  return [
    ...Object.entries(spec.nodeSelector ?? {}).flatMap(([key, value]) => {
      const where = [...at, 'nodeSelector', key]
      return found(where, key, (to) => [spec.nodeSelector?.[to] === undefined ? { replace: where, fields: { [to]: value } } : { remove: where }])
    }),
    ...(required?.nodeSelectorTerms ?? []).flatMap((term, t) =>
      (term?.matchExpressions ?? []).flatMap((one, e) => {
        const where = [...requiredAt, t, 'matchExpressions', e, 'key']
        return found(where, one?.key ?? '', (to) => [{ put: where, value: to }])
      }),
    ),
    ...(spec.tolerations ?? []).flatMap((one, t) => {
      const where = [...at, 'tolerations', t, 'key']
      return found(where, one?.key ?? '', (to) => [{ put: where, value: to }])
    }),
  ]
}

/**
 * Fields, labels and annotations that have been replaced by others.
 * @source staging/src/k8s.io/api/core/v1 deprecations; well-known labels
 */
export const deprecatedFields: LintRule = ({ pod }) => {
  if (!pod) return []
  const { path, metadata, spec } = pod
  const findings = labelFindings(pod)
  const account = (spec as { serviceAccount?: string }).serviceAccount
  if (account !== undefined) {
    const where = [...path, 'spec', 'serviceAccount']
    const change = spec.serviceAccountName === undefined ? { replace: where, fields: { serviceAccountName: account } } : { remove: where }
    findings.push({
      path: where,
      rule,
      message: 'serviceAccount is the old name of serviceAccountName.',
      fix: { title: 'Write serviceAccountName', changes: [change] },
    })
  }
  if (metadata.annotations && criticalPod in metadata.annotations) {
    const where = [...path, 'metadata', 'annotations', criticalPod]
    const priority = spec.priorityClassName ? [] : [{ put: [...path, 'spec', 'priorityClassName'], value: 'system-node-critical' }]
    findings.push({
      path: where,
      rule,
      message: 'This annotation has no effect since Kubernetes 1.16; a priority class does what it did.',
      fix: { title: 'Name a priority class instead', changes: [{ remove: where }, ...priority] },
    })
  }
  return findings
}
