import { controllerOf } from '#k8s/owner.ts'
import { isTerminal, podCondition, schedulingGatesOf, targetNode } from '#k8s/pod.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import type { Explanation, Question, Reason } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { stoppedKubelets } from '../kubelet/stopped-kubelets.ts'
import { answer, clockText, code } from './answer.ts'
import { podEvictionReasons } from './eviction-reasons.ts'
import { filterReasons } from './filter-reasons.ts'
import { daemonSetOf, ownerReasons } from './owner-reasons.ts'
import { holders, type PodTrouble, podTrouble } from './pod-trouble.ts'
import { resizeReasons } from './resize-reasons.ts'

/** Why a pod is there, and why it is in the state it is in. */
export function explainPod(cluster: Cluster, { namespace, name }: Extract<Question, { about: 'pod' }>): Explanation {
  const pod = cluster.core.state.tables.Pod.get(`${namespace}/${name}`)
  if (!pod) return answer(`Where is ${name}?`, `The pod ${name} is gone.`)
  const nodeName = pod.spec.nodeName ?? targetNode(pod)
  const set = daemonSetOf(cluster, pod)
  const trouble = podTrouble(cluster, pod, { minReadySeconds: set?.spec.minReadySeconds ?? 0, version: cluster.options.version })
  const on = pod.spec.nodeName ? ` on ${pod.spec.nodeName}` : ''
  return answer(
    // who asks about a pod that does not run well does not ask why it is there
    on && trouble ? `What about ${name}${on}?` : `Why is ${name}${on || ' Pending'}?`,
    summary(cluster, pod, nodeName, trouble),
    {
      reasons: [...ownerReasons(cluster, pod), ...stateReasons(cluster, pod)],
      nodes: nodeName ? [nodeName] : [],
      objects: [{ kind: 'Pod', namespace, name }, ...(set ? [{ kind: 'DaemonSet' as const, namespace, name: set.metadata.name }] : [])],
    },
  )
}

function summary(cluster: Cluster, pod: Pod, nodeName: string | undefined, trouble: PodTrouble | undefined): string {
  const { name, deletionTimestamp } = pod.metadata
  const gates = gatesOf(cluster, pod)
  if (gates.length > 0) return `${name} is held back by ${gates.length > 1 ? 'scheduling gates' : 'a scheduling gate'}: ${gates.join(', ')}.`
  if (!pod.spec.nodeName && !deletionTimestamp)
    return podCondition(pod, 'PodScheduled')?.status === 'False'
      ? `${name} is Pending: the scheduler ${nodeName ? `refused to put it on ${nodeName}` : 'found no node where it fits'}.`
      : `${name} waits for the scheduler${nodeName ? ` to put it on ${nodeName}` : ''}.`
  if (trouble?.kind === 'terminating')
    return `${name} is terminating: its kubelet ends it by t = ${clockText(endsAtMs(cluster, deletionTimestamp))}, when its grace period is over.`
  if (pod.spec.nodeName && !deletionTimestamp && !cluster.core.state.tables.Node.has(pod.spec.nodeName))
    return `${name} is bound to ${pod.spec.nodeName}, but that Node is gone: pod garbage collection deletes it.`
  return trouble ? `${name} ${trouble.text}.` : `${name} is Running and Ready.`
}

/** What keeps the scheduler from looking at the pod. */
function gatesOf(cluster: Cluster, { metadata, spec }: Pod): string[] {
  if (spec.nodeName || metadata.deletionTimestamp) return []
  return schedulingGatesOf(spec, cluster.options.version).map((gate) => gate.name)
}

/** Cluster time at which the grace period of a pod with this deletionTimestamp is over. */
const endsAtMs = ({ core, nowMs }: Cluster, deletionTimestamp = '') => parseTimestamp(deletionTimestamp) - core.epochNow() + nowMs

function stateReasons(cluster: Cluster, pod: Pod): Reason[] {
  const reasons: Reason[] = []
  const scheduled = podCondition(pod, 'PodScheduled')
  const scheduling = !pod.spec.nodeName && !pod.metadata.deletionTimestamp
  const gates = gatesOf(cluster, pod)
  if (gates.length > 0)
    reasons.push({
      verdict: 'no',
      text: `the scheduler does not look at it before all its scheduling gates are taken away, by whoever set them: ${gates.map(code).join(', ')}`,
      rule: 'SCH-1.5',
    })
  else if (scheduling) reasons.push(...filterReasons(cluster, pod, targetNode(pod)))
  if (scheduled?.status === 'False' && gates.length === 0)
    reasons.push({ verdict: 'no', text: scheduled.message ? `FailedScheduling: ${scheduled.message}` : 'it cannot be scheduled', rule: 'SCH-6' })
  const waiting = pod.status.containerStatuses?.find((c) => c.state.waiting)
  if (waiting)
    reasons.push({ verdict: 'open', text: `container ${code(waiting.name)} waits: ${waiting.state.waiting?.reason ?? ''}`, rule: 'KL-4.2' })
  reasons.push(...resizeReasons(pod))
  const stopped = pod.spec.nodeName !== undefined && stoppedKubelets(cluster).includes(pod.spec.nodeName)
  const isHeld = holders(pod).length > 0
  if (stopped && !isHeld && pod.metadata.deletionTimestamp)
    reasons.push({
      verdict: 'no',
      text: 'its kubelet does not run, so nobody ends it: it stays Terminating until the kubelet returns, the Node is deleted or it is deleted by force',
      rule: 'NL-7.1',
    })
  else if (stopped)
    reasons.push({ verdict: 'open', text: 'its kubelet does not run: what the API says about this pod is the last thing it heard', rule: 'KL-8.5' })
  if (isHeld)
    reasons.push({
      verdict: 'no',
      text: 'a finalizer holds its object: nobody removes it before that is taken away, whatever became of its containers',
      rule: 'API-2.5',
    })
  const evictions = isHeld ? [] : podEvictionReasons(cluster, pod)
  reasons.push(...evictions)
  const isAboutTaints = evictions.some(({ rule = '' }) => /^NL-6\./.test(rule))
  if (!isAboutTaints && !isHeld && !isTerminal(pod)) reasons.push(...tolerance(pod))
  return reasons
}

/** What would happen if its node fell silent. */
function tolerance(pod: Pod): Reason[] {
  const found = pod.spec.tolerations?.find((t) => t.key === 'node.kubernetes.io/unreachable' && t.effect === 'NoExecute')
  if (!found || controllerOf(pod) === undefined) return []
  const { tolerationSeconds: seconds } = found
  const text =
    seconds === undefined ? 'it tolerates an unreachable node for ever' : `it tolerates an unreachable node for ${seconds} s, then it is deleted`
  return [{ verdict: 'open', text, rule: 'NL-6.2' }]
}
