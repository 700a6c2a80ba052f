import { conditionOf } from '#k8s/node.ts'
import { formatTaint } from '#k8s/taint.ts'
import type { KubeNode } from '#k8s/types.ts'
import type { Explanation, Question, Reason, Remedy } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { nodeShouldRunDaemonPod } from '../controllers/daemonset/placement.ts'
import { stoppedKubelets } from '../kubelet/stopped-kubelets.ts'
import { answer, clockText, code } from './answer.ts'
import { nodeEvictionReasons, noticedAtMs } from './eviction-reasons.ts'
import { placementReasons, placementRemedies } from './placement-reasons.ts'

const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure']

const oncePerCommand = (remedies: readonly Remedy[]): Remedy[] =>
  remedies.filter(({ command }, i) => remedies.findIndex((other) => other.command === command) === i)

/** What holds on a node: its state, and what each DaemonSet makes of it. */
export function explainNode(cluster: Cluster, { name }: Extract<Question, { about: 'node' }>): Explanation {
  const { tables } = cluster.core.state
  const node = tables.Node.get(name)
  if (!node) return answer(`What about ${name}?`, `There is no node ${name} any more.`)
  const ready = conditionOf(node, 'Ready')
  const stopped = stoppedKubelets(cluster).includes(name)
  const reasons: Reason[] = []
  const remedies: Remedy[] = []
  if (ready?.status === 'True' && stopped) {
    const atMs = noticedAtMs(cluster, node)
    const when = atMs === undefined ? '' : `, until t = ${clockText(atMs)}`
    reasons.push({
      verdict: 'open',
      text: `its kubelet has stopped, but nobody has noticed yet: the node lifecycle controller waits for the grace period${when}`,
      rule: 'NL-2.2',
    })
  } else
    reasons.push({
      verdict: ready?.status === 'True' ? 'yes' : 'no',
      text: `Ready is ${code(ready?.status ?? 'missing')}: ${ready?.message ?? 'no condition yet'}`,
      rule: 'NL-2',
    })
  reasons.push(...nodeEvictionReasons(cluster, node))
  if (node.spec.unschedulable)
    reasons.push({ verdict: 'open', text: 'it is cordoned: ordinary pods stay away, daemon pods do not care', rule: 'DS-13.2' })
  const pressed = pressures.filter((pressure) => conditionOf(node, pressure)?.status === 'True')
  for (const pressure of pressed) {
    const admission = pressure === 'MemoryPressure' ? '' : ', and turns new ones away'
    reasons.push({ verdict: 'no', text: `${code(pressure)}: its kubelet evicts pods one by one, all but critical ones${admission}`, rule: 'KL-10' })
  }
  for (const taint of node.spec.taints ?? []) reasons.push({ verdict: 'open', text: `taint ${code(formatTaint(taint))}` })
  for (const set of tables.DaemonSet.values()) {
    const verdict = nodeShouldRunDaemonPod(node, set.spec.template)
    const decided = placementReasons(verdict, set, node).find((reason) => reason.verdict === 'no')
    const text = verdict.shouldRun
      ? `${set.metadata.name} wants a pod here`
      : `${set.metadata.name} wants no pod here (${verdict.shouldContinueRunning ? 'one that runs may stay, counted as misscheduled from the next sync of the DaemonSet on' : 'one that runs is deleted'}): ${decided?.text}`
    reasons.push({ verdict: verdict.shouldRun ? 'yes' : 'no', text, rule: decided?.rule ?? 'DS-4' })
    remedies.push(...placementRemedies(verdict, set, node))
  }
  return answer(`What about ${name}?`, summaryOf(node, stopped, pressed), {
    reasons,
    remedies: oncePerCommand(remedies),
    nodes: [name],
    objects: [{ kind: 'Node', name }],
  })
}

function summaryOf(node: KubeNode, stopped: boolean, pressed: readonly string[]): string {
  const { name } = node.metadata
  const ready = conditionOf(node, 'Ready')?.status
  if (ready === 'Unknown') return `${name} is silent: its kubelet has not reported for longer than the grace period.`
  if (ready !== 'True') return `${name} is not ready.`
  const cordoned = node.spec.unschedulable === true
  if (!stopped && pressed.length === 0) return `${name} is healthy${cordoned ? ' and cordoned' : ''}.`
  const state = stopped ? 'still counts as Ready, though its kubelet has stopped' : `is Ready, but has ${pressed.join(' and ')}`
  return `${name} ${state}${cordoned ? '; it is cordoned' : ''}.`
}
