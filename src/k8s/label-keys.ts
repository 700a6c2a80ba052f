import type { Affinity, LabelSelector, LabelSelectorRequirement, Pod, PodAffinity, PodAffinityTerm } from './types.ts'
import { type KubernetesVersion, since } from './version.ts'

interface Keyed {
  labelSelector?: LabelSelector
  matchLabelKeys?: string[]
  mismatchLabelKeys?: string[]
}

/** The term with the pod's own values of its keys in its selector. */
function withKeys<T extends Keyed>(term: T, labels: Pod['metadata']['labels'] = {}): T {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term
  if (!labelSelector || !(matchLabelKeys.length || mismatchLabelKeys.length)) return term
  const requirements = (keys: string[], operator: string): LabelSelectorRequirement[] =>
    keys.flatMap((key) => (labels[key] === undefined ? [] : [{ key, operator, values: [labels[key]] }]))
  const more = [...requirements(matchLabelKeys, 'In'), ...requirements(mismatchLabelKeys, 'NotIn')]
  return { ...term, labelSelector: { ...labelSelector, matchExpressions: [...(labelSelector.matchExpressions ?? []), ...more] } }
}

function withAffinityKeys(affinity: PodAffinity | undefined, keyed: (term: PodAffinityTerm) => PodAffinityTerm): PodAffinity | undefined {
  return (
    affinity && {
      ...affinity,
      ...(affinity.requiredDuringSchedulingIgnoredDuringExecution && {
        requiredDuringSchedulingIgnoredDuringExecution: affinity.requiredDuringSchedulingIgnoredDuringExecution.map(keyed),
      }),
      ...(affinity.preferredDuringSchedulingIgnoredDuringExecution && {
        preferredDuringSchedulingIgnoredDuringExecution: affinity.preferredDuringSchedulingIgnoredDuringExecution.map((preferred) => ({
          ...preferred,
          podAffinityTerm: keyed(preferred.podAffinityTerm),
        })),
      }),
    }
  )
}

/** The affinity of a new pod whose terms select by its own labels, written out. */
export function keyedAffinity(affinity: Affinity | undefined, labels: Pod['metadata']['labels'], version: KubernetesVersion): Affinity | undefined {
  if (!(affinity?.podAffinity || affinity?.podAntiAffinity) || !since(version, 'affinityLabelKeys')) return affinity
  const keyed = (term: PodAffinityTerm) => withKeys(term, labels)
  const podAffinity = withAffinityKeys(affinity.podAffinity, keyed)
  const podAntiAffinity = withAffinityKeys(affinity.podAntiAffinity, keyed)
  return { ...affinity, ...(podAffinity && { podAffinity }), ...(podAntiAffinity && { podAntiAffinity }) }
}

/**
 * A new pod whose affinity terms and, later, spread constraints select by its own labels, written out.
 * @source pkg/registry/core/pod applyMatchLabelKeysAndMismatchLabelKeys
 */
export function withLabelKeys(spec: Pod['spec'], labels: Pod['metadata']['labels'], version: KubernetesVersion): Pod['spec'] {
  const { topologySpreadConstraints } = spec
  const affinity = keyedAffinity(spec.affinity, labels, version)
  let result = affinity === spec.affinity ? spec : { ...spec, affinity }
  if (topologySpreadConstraints && since(version, 'spreadLabelKeysWritten'))
    result = { ...result, topologySpreadConstraints: topologySpreadConstraints.map((constraint) => withKeys(constraint, labels)) }
  return result
}
