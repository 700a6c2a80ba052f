import type { DaemonSetStatus } from '#k8s/types.ts'
import type { DaemonSetNumber, Explanation, Question, Reason } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import type { NodeView } from '../controllers/daemonset/node-view.ts'
import { nodeShouldRunDaemonPod } from '../controllers/daemonset/placement.ts'
import { type StatusCounters, statusOfNode } from '../controllers/daemonset/status.ts'
import { answer, code, plural } from './answer.ts'
import { type DaemonSetNow, daemonSetNow } from './daemon-set-now.ts'
import { causeOfMissingPod } from './missing-pod.ts'
import { staleNumbers } from './owner-reasons.ts'
import { placementReasons } from './placement-reasons.ts'
import { podTrouble } from './pod-trouble.ts'
import { waitingFor } from './waiting-for.ts'

interface Meaning {
  label: string
  means: string
  rule: string
  counter: keyof StatusCounters
  field: keyof DaemonSetStatus
}

const meanings: Record<DaemonSetNumber, Meaning> = {
  desired: {
    label: 'DESIRED',
    means: 'nodes that should run the pod',
    rule: 'DS-8.1',
    counter: 'desired',
    field: 'desiredNumberScheduled',
  },
  current: {
    label: 'CURRENT',
    means: 'nodes that should run the pod and have one, in whatever state',
    rule: 'DS-8.1',
    counter: 'current',
    field: 'currentNumberScheduled',
  },
  ready: {
    label: 'READY',
    means: 'nodes that should run the pod and whose oldest pod is Ready',
    rule: 'DS-8.1',
    counter: 'ready',
    field: 'numberReady',
  },
  upToDate: {
    label: 'UP-TO-DATE',
    means: 'nodes that should run the pod and whose oldest pod is made from the newest template',
    rule: 'DS-8.2',
    counter: 'updated',
    field: 'updatedNumberScheduled',
  },
  available: {
    label: 'AVAILABLE',
    means: 'nodes that should run the pod and whose oldest pod has been Ready for minReadySeconds',
    rule: 'DS-8.6',
    counter: 'available',
    field: 'numberAvailable',
  },
  misscheduled: {
    label: 'MISSCHEDULED',
    means: 'nodes that have the pod but should not run it',
    rule: 'DS-8.1',
    counter: 'misscheduled',
    field: 'numberMisscheduled',
  },
}

/** More nodes than these are not spoken of one by one. */
const mostCounted = 50
const mostLeftOut = 50

/**
 * What a number of a DaemonSet's status counts, the nodes it counts now, and why it leaves out the others that one might expect: by the same
 * rules as the controller, on what the API has now.
 */
export function explainNumber(cluster: Cluster, { namespace, daemonset, number }: Extract<Question, { about: 'number' }>): Explanation {
  const { label, means, rule, counter, field } = meanings[number]
  const set = cluster.core.state.tables.DaemonSet.get(`${namespace}/${daemonset}`)
  const title = `What does ${label} of ${daemonset} count?`
  if (!set) return answer(title, `There is no DaemonSet ${daemonset} any more.`)
  const now = daemonSetNow(cluster, set)
  const isCounted = (view: NodeView) => statusOfNode(view, now.rules, now.nowMs)[counter] > 0
  const counted = now.views.filter(isCounted)
  const reasons = counted.slice(0, mostCounted).map((view): Reason => {
    const why = number === 'misscheduled' ? misscheduledText(cluster, view, now) : undefined
    return { verdict: 'yes', text: why ?? view.name, rule }
  })
  const expected =
    number === 'misscheduled' ? [] : now.views.filter((view) => view.exists && (number === 'desired' || view.shouldRun) && !isCounted(view))
  for (const view of expected.slice(0, mostLeftOut)) reasons.push(leftOut(cluster, number, view, now))
  if (expected.length > mostLeftOut)
    reasons.push({ verdict: 'open', text: `and ${plural(expected.length - mostLeftOut, 'more node')} that it leaves out` })
  if (!now.views.some((view) => view.exists)) reasons.push({ verdict: 'no', text: 'the cluster has no nodes', rule })
  const written = (set.status[field] as number | undefined) ?? 0
  const isStale = written !== counted.length
  if (isStale)
    reasons.push(
      { verdict: 'open', text: `the status still says ${written}: it is as of the last sync of the DaemonSet`, rule: 'DS-8.4' },
      ...staleNumbers(set, now.views, cluster.options.version),
    )
  const subject = isStale ? `${label} still says ${written}. It` : label
  return answer(title, `${subject} counts ${means}: ${plural(counted.length, 'node')} now.`, {
    reasons,
    nodes: counted.map(({ name }) => name),
    objects: [{ kind: 'DaemonSet', namespace, name: daemonset }],
  })
}

/** The rule of placement that says no, of a node that should not run the pod. */
function refusal(cluster: Cluster, { name }: NodeView, { set }: DaemonSetNow): Reason | undefined {
  const node = cluster.core.state.tables.Node.get(name)
  return node && placementReasons(nodeShouldRunDaemonPod(node, set.spec.template), set, node).find(({ verdict }) => verdict === 'no')
}

function misscheduledText(cluster: Cluster, view: NodeView, now: DaemonSetNow): string {
  const fate = view.shouldContinueRunning ? 'may stay' : 'is being deleted'
  return `${view.name}: ${code(view.pods[0]?.metadata.name ?? '')} ${fate}, but would not be made there now: ${refusal(cluster, view, now)?.text ?? ''}`
}

/** Why a number does not count a node that it might. */
function leftOut(cluster: Cluster, number: DaemonSetNumber, view: NodeView, now: DaemonSetNow): Reason {
  const { name, pods } = view
  if (number === 'desired') {
    const { text, rule } = refusal(cluster, view, now) ?? { text: 'no pod is wanted there' }
    return { verdict: 'no', text: `${name}: ${text}`, rule }
  }
  const [oldest] = pods
  if (!oldest) return { ...missing(cluster, name, now), verdict: 'open' }
  const pod = code(oldest.metadata.name)
  if (number === 'upToDate') {
    const besides = pods.length > 1 ? ', and of two pods the older counts' : ''
    return { verdict: 'no', text: `${name}: ${pod} is made from an older template${besides}`, rule: 'DS-8.2' }
  }
  const trouble = podTrouble(cluster, oldest, now.rules)
  return { verdict: trouble?.kind === 'ripening' ? 'open' : 'no', text: `${name}: ${pod} ${trouble?.text ?? 'is not Ready'}`, rule: trouble?.rule }
}

function missing(cluster: Cluster, name: string, { set }: DaemonSetNow): Omit<Reason, 'verdict'> {
  const node = cluster.core.state.tables.Node.get(name)
  const cause = node && causeOfMissingPod(cluster, set, node)
  if (!cause || cause.why === 'placement' || cause.why === 'none') return { text: `${name}: it has no pod yet`, rule: 'DS-8.1' }
  const { text, rule } = waitingFor(cause).reason
  return { text: `${name}: ${text}`, rule }
}
