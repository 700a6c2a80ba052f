import { labelValue } from '../name.ts'
import type { NodeSelectorTerm } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'

const betaLabels: Record<string, string> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
}

const otherLabels: Record<string, string> = {
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
}

/** What is said of a node label that should not be used any more. @source pkg/api/node/util.go GetNodeLabelDeprecatedMessage */
export function deprecatedLabel(key: string, version: KubernetesVersion): string | undefined {
  const table = since(version, 'moreLabelsDeprecated') ? { ...betaLabels, ...otherLabels } : betaLabels
  return Object.hasOwn(table, key) ? table[key] : undefined
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
