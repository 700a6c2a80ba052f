import { labelValue } from '../name.ts'
import type { NodeSelectorTerm } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'

/** Node labels, and keys of taints, that have another name now; since when the API server calls the old one deprecated. */
export const renamedLabels: Readonly<Record<string, { readonly to: string; readonly since?: string }>> = {
  'beta.kubernetes.io/arch': { to: 'kubernetes.io/arch', since: 'v1.14' },
  'beta.kubernetes.io/os': { to: 'kubernetes.io/os', since: 'v1.14' },
  'failure-domain.beta.kubernetes.io/region': { to: 'topology.kubernetes.io/region', since: 'v1.17' },
  'failure-domain.beta.kubernetes.io/zone': { to: 'topology.kubernetes.io/zone', since: 'v1.17' },
  'beta.kubernetes.io/instance-type': { to: 'node.kubernetes.io/instance-type', since: 'v1.17' },
  'node-role.kubernetes.io/master': { to: 'node-role.kubernetes.io/control-plane' },
}

const goneLabels: Readonly<Record<string, string>> = {
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
}

/** What is said of a node label that should not be used any more. @source pkg/api/node/util.go GetNodeLabelDeprecatedMessage */
export function deprecatedLabel(key: string, version: KubernetesVersion): string | undefined {
  const renamed = Object.hasOwn(renamedLabels, key) ? renamedLabels[key] : undefined
  if (!renamed?.since && !since(version, 'moreLabelsDeprecated')) return undefined
  if (renamed) return `${renamed.since ? `deprecated since ${renamed.since}; ` : ''}use "${renamed.to}" instead`
  return Object.hasOwn(goneLabels, key) ? goneLabels[key] : undefined
}

/** `checksValues`: values that no label can have are told, too; elsewhere they are errors. @source GetWarningsForNodeSelectorTerm */
export function warningsForTerm(term: NodeSelectorTerm, path: string, version: KubernetesVersion, checksValues = false): string[] {
  return (term.matchExpressions ?? []).flatMap(({ key, values = [] }, i) => {
    const at = `${path}.matchExpressions[${i}]`
    const said = deprecatedLabel(key, version)
    const wrong = checksValues
      ? values.flatMap((value, j) => labelValue(value, version).map((text) => `${at}.values[${j}]: ${value} is invalid, ${text}`))
      : []
    return [...(said === undefined ? [] : [`${at}.key: ${key} is ${said}`]), ...wrong]
  })
}
