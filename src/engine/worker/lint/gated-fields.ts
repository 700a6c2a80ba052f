import { dropDisabledFields, dropDisabledStatefulSetFields } from '#k8s/defaults/disabled-fields.ts'
import type { PodSpec, StatefulSet } from '#k8s/types.ts'
import type { LintRule, Path } from './lint.ts'

/** Where fields of `written` are no longer in what is kept of it. */
function lost(written: unknown, kept: unknown, path: Path): Path[] {
  if (written === kept || typeof written !== 'object' || written === null || typeof kept !== 'object' || kept === null) return []
  return Object.entries(written).flatMap(([key, value]) => {
    const at = [...path, Array.isArray(written) ? Number(key) : key]
    return key in kept ? lost(value, (kept as Record<string, unknown>)[key], at) : [at]
  })
}

/** Fields that the API server of this version knows but throws away without a word: their feature gates are off. */
export const gatedFields: LintRule = ({ kind, spec, pod, version }) => {
  const paths: Path[] = []
  if (kind === 'StatefulSet') paths.push(...lost(spec, dropDisabledStatefulSetFields(spec as unknown as StatefulSet['spec'], version), ['spec']))
  if (pod) paths.push(...lost(pod.spec, dropDisabledFields(pod.spec as PodSpec, version), [...pod.path, 'spec']))
  return paths.map((path) => ({
    path,
    rule: 'GATE-1',
    message: `Kubernetes ${version} throws ${String(path.at(-1))} away: its feature gate is off.`,
    fix: { title: 'Take it out', changes: [{ remove: path }] },
  }))
}
