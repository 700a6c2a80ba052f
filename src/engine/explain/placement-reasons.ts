import type { DaemonSet, KubeNode } from '#k8s/types.ts'
import type { Reason, Remedy } from '#protocol/explain.ts'
import type { PlacementCheck, PlacementVerdict } from '../controllers/daemonset/placement.ts'
import { affinityRefusal, missingLabels } from './affinity-refusal.ts'
import { code } from './answer.ts'
import { toleratedText, untoleratedText } from './taint-reasons.ts'

const requiredTerms = ({ spec }: DaemonSet) =>
  spec.template.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms

function checkReason(check: PlacementCheck, set: DaemonSet, node: KubeNode): Reason {
  const { template } = set.spec
  const verdict = check.ok ? 'yes' : 'no'
  if (check.rule === 'nodeName') {
    const text = check.ok
      ? template.spec.nodeName
        ? `node name: the template asks for this node`
        : 'node name: the template names no node'
      : `node name: the template asks for ${code(check.wanted ?? '')} only`
    return { verdict, text, rule: 'DS-4.2' }
  }
  if (check.rule === 'nodeSelector') {
    const pairs = Object.entries(template.spec.nodeSelector ?? {}).map(([k, v]) => code(`${k}=${v}`))
    const text = check.ok
      ? pairs.length
        ? `node selector: the node has ${pairs.join(', ')}`
        : 'node selector: none, every node matches'
      : `node selector: the node lacks the label ${code(check.missing?.join('=') ?? '')}`
    return { verdict, text, rule: 'DS-4.3' }
  }
  if (check.rule === 'affinity') {
    const terms = requiredTerms(set)
    const text = check.ok
      ? terms
        ? 'node affinity: a required term matches'
        : 'node affinity: none required'
      : `node affinity: ${affinityRefusal(terms ?? [], node)}`
    return { verdict, text, rule: 'DS-4.4' }
  }
  return { verdict, text: check.ok ? toleratedText(set, node) : untoleratedText(check.untolerated), rule: 'DS-4.6' }
}

/** What each rule of placement said, in the order they count. Rules behind the first refusal were not what decided. */
export function placementReasons(verdict: PlacementVerdict, set: DaemonSet, node: KubeNode): Reason[] {
  return verdict.checks.map((check) => checkReason(check, set, node))
}

/**
 * Commands that would take away the first thing that keeps the DaemonSet's pods from this node. None when there is one that no simple command
 * takes away: then the others are of no use.
 */
export function placementRemedies(verdict: PlacementVerdict, set: DaemonSet, node: KubeNode): Remedy[] {
  const name = node.metadata.name
  const refusals = verdict.checks.filter(({ ok }) => !ok)
  const labels = refusals.some(({ rule }) => rule === 'affinity') ? missingLabels(requiredTerms(set) ?? [], node) : []
  if (!labels || refusals.some(({ rule }) => rule === 'nodeName')) return []
  for (const check of refusals) {
    if (check.rule === 'nodeSelector' && check.missing) {
      const label = check.missing.join('=')
      return [{ text: `Give ${name} the label ${label}`, command: `kubectl label node ${name} ${label} --overwrite` }]
    }
    if (check.rule === 'affinity')
      return [
        {
          text: `Give ${name} ${labels.length > 1 ? 'the labels' : 'the label'} ${labels.join(', ')}`,
          command: `kubectl label node ${name} ${labels.join(' ')} --overwrite`,
        },
      ]
    if (check.rule === 'taints') {
      const own = check.untolerated.filter((t) => !t.key.startsWith('node.kubernetes.io/'))
      const tolerations = [...(set.spec.template.spec.tolerations ?? []), ...own.map((t) => ({ key: t.key, operator: 'Exists', effect: t.effect }))]
      const patch = JSON.stringify({ spec: { template: { spec: { tolerations } } } })
      return own.length === 0
        ? []
        : [
            {
              text: `Add the toleration to the template of ${set.metadata.name}`,
              command: `kubectl patch ds ${set.metadata.name} -n ${set.metadata.namespace} -p '${patch}'`,
            },
            ...own.map((t) => ({ text: `Remove the taint from ${name}`, command: `kubectl taint nodes ${name} ${t.key}:${t.effect}-` })),
          ]
    }
  }
  return []
}
