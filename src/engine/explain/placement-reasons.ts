import { formatTaint } from '#k8s/taint.ts'
import type { DaemonSet, KubeNode, Taint } from '#k8s/types.ts'
import type { Reason, Remedy } from '#protocol/explain.ts'
import type { PlacementCheck, PlacementVerdict } from '../controllers/daemonset/placement.ts'
import { code } from './answer.ts'

/** Taints that Kubernetes itself puts on nodes, and what each says. */
const conditionTaints: Record<string, string> = {
  'node.kubernetes.io/not-ready': 'its kubelet reports that it is not ready',
  'node.kubernetes.io/unreachable': 'nothing has been heard from its kubelet',
  'node.kubernetes.io/network-unavailable': 'its network is not set up',
  'node.kubernetes.io/out-of-service': 'somebody marked it as shut down',
}

function taintText(taints: readonly Taint[]): string {
  const list = taints.map((t) => code(formatTaint(t))).join(', ')
  const known = taints.map((t) => conditionTaints[t.key]).find(Boolean)
  const why = known ? ` (${known})` : ''
  const [noun, verb] = taints.length > 1 ? ['taints', 'are'] : ['taint', 'is']
  return `${noun} ${list}${why} ${verb} not tolerated; the tolerations that every daemon pod gets cover only node conditions, and not-ready and unreachable only for NoExecute`
}

function checkReason(check: PlacementCheck, set: DaemonSet): Reason {
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
    const wanted = template.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    const text = check.ok
      ? wanted
        ? 'node affinity: a required term matches'
        : 'node affinity: none required'
      : 'node affinity: no required term matches this node'
    return { verdict, text, rule: 'DS-4.4' }
  }
  return { verdict, text: check.ok ? 'taints: none that counts, or all tolerated' : taintText(check.untolerated), rule: 'DS-4.6' }
}

/** What each rule of placement said, in the order they count. Rules behind the first refusal were not what decided. */
export function placementReasons(verdict: PlacementVerdict, set: DaemonSet): Reason[] {
  return verdict.checks.map((check) => checkReason(check, set))
}

/**
 * Commands that would take away the first thing that keeps the DaemonSet's pods from this node. None when there is one that no simple command
 * takes away: then the others are of no use.
 */
export function placementRemedies(verdict: PlacementVerdict, set: DaemonSet, node: KubeNode): Remedy[] {
  const name = node.metadata.name
  const refusals = verdict.checks.filter(({ ok }) => !ok)
  if (refusals.some(({ rule }) => rule === 'nodeName' || rule === 'affinity')) return []
  for (const check of refusals) {
    if (check.rule === 'nodeSelector' && check.missing) {
      const label = check.missing.join('=')
      return [{ text: `Give ${name} the label ${label}`, command: `kubectl label node ${name} ${label} --overwrite` }]
    }
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
