import type { LabelSelector, LabelSelectorRequirement, Pod, PodAffinity, PodAffinityTerm } from '#k8s/types.ts'
import { type KubernetesVersion, since } from '#k8s/version.ts'

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

/**
 * A new pod whose affinity terms and, later, spread constraints select by its own labels, written out.
 * @source pkg/registry/core/pod applyMatchLabelKeysAndMismatchLabelKeys
 */
export function withLabelKeys(spec: Pod['spec'], labels: Pod['metadata']['labels'], version: KubernetesVersion): Pod['spec'] {
  let result = spec
  const { affinity, topologySpreadConstraints } = spec
  const keyed = (term: PodAffinityTerm) => withKeys(term, labels)
  if ((affinity?.podAffinity || affinity?.podAntiAffinity) && since(version, 'affinityLabelKeys')) {
    const podAffinity = withAffinityKeys(affinity.podAffinity, keyed)
    const podAntiAffinity = withAffinityKeys(affinity.podAntiAffinity, keyed)
    result = { ...result, affinity: { ...affinity, ...(podAffinity && { podAffinity }), ...(podAntiAffinity && { podAntiAffinity }) } }
  }
  if (topologySpreadConstraints && since(version, 'spreadLabelKeysWritten'))
    result = { ...result, topologySpreadConstraints: topologySpreadConstraints.map((constraint) => withKeys(constraint, labels)) }
  return result
}
