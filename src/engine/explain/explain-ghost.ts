import type { Explanation, Question } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { nodeShouldRunDaemonPod } from '../controllers/daemonset/placement.ts'
import { answer } from './answer.ts'
import { causeOfMissingPod } from './missing-pod.ts'
import { placementReasons, placementRemedies } from './placement-reasons.ts'
import { podSecurityRemedies } from './pod-security-remedies.ts'
import { waitingFor } from './waiting-for.ts'

/** Why a DaemonSet has no pod on a node. */
export function explainGhost(cluster: Cluster, { node: nodeName, namespace, daemonset }: Extract<Question, { about: 'ghost' }>): Explanation {
  const { tables } = cluster.core.state
  const title = `Why is there no ${daemonset} pod on ${nodeName}?`
  const set = tables.DaemonSet.get(`${namespace}/${daemonset}`)
  const node = tables.Node.get(nodeName)
  if (!set) return answer(title, `There is no DaemonSet ${daemonset} any more.`)
  if (!node) return answer(title, `There is no node ${nodeName} any more.`)
  const objects = [
    { kind: 'DaemonSet' as const, namespace, name: daemonset },
    { kind: 'Node' as const, name: nodeName },
  ]
  const verdict = nodeShouldRunDaemonPod(node, set.spec.template)
  const rest = { reasons: placementReasons(verdict, set, node), remedies: placementRemedies(verdict, set, node), nodes: [nodeName], objects }
  const cause = causeOfMissingPod(cluster, set, node)
  if (cause.why === 'placement')
    return answer(title, 'The DaemonSet controller does not want one there, so this node is not counted in DESIRED.', rest)
  if (cause.why === 'none')
    return answer(`Why does ${daemonset} have a pod on ${nodeName}?`, `${cause.pod} is there: every rule of placement agrees.`, rest)
  const { summary, reason } = waitingFor(cause)
  const remedies = cause.why === 'refused' ? podSecurityRemedies(cluster, set) : rest.remedies
  return answer(title, summary, { ...rest, reasons: [...rest.reasons, reason], remedies })
}
