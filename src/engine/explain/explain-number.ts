import { targetNode } from '#k8s/pod.ts'
import type { DaemonSet, DaemonSetStatus, KubeNode, Pod } from '#k8s/types.ts'
import type { DaemonSetNumber, Explanation, Question, Reason } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { claimOf } from '../controllers/daemonset/claim.ts'
import { podRules } from '../controllers/daemonset/daemon-set-view.ts'
import { availableFromMs, comparePods, isLeftOut, type NodeView } from '../controllers/daemonset/node-view.ts'
import { nodeShouldRunDaemonPod } from '../controllers/daemonset/placement.ts'
import { type StatusCounters, statusOfNode } from '../controllers/daemonset/status.ts'
import { answer, clockText, plural } from './answer.ts'

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

/** What a number of a DaemonSet's status counts, and the nodes it counts now: by the same rules as the controller, on what the API has now. */
export function explainNumber(cluster: Cluster, { namespace, daemonset, number }: Extract<Question, { about: 'number' }>): Explanation {
  const { core } = cluster
  const { label, means, rule, counter, field } = meanings[number]
  const set = core.state.tables.DaemonSet.get(`${namespace}/${daemonset}`)
  const title = `What does ${label} of ${daemonset} count?`
  if (!set) return answer(title, `There is no DaemonSet ${daemonset} any more.`)
  const rules = podRules(set, newestHash(cluster, set), cluster.options.version)
  const nowMs = core.epochNow()
  const pods = podsByNode(cluster, set)
  const views = [...core.state.tables.Node.values()].map((node) => viewOf(node, set, pods.get(node.metadata.name) ?? []))
  const counted = views.filter((view) => statusOfNode(view, rules, nowMs)[counter] > 0).map(({ name }) => name)
  const reasons = counted.slice(0, 50).map((name): Reason => ({ verdict: 'yes', text: name, rule }))
  if (number === 'available') {
    for (const {
      name,
      shouldRun,
      pods: [oldest],
    } of views) {
      const fromMs = shouldRun && oldest ? availableFromMs(oldest, rules) : Number.POSITIVE_INFINITY
      if (fromMs > nowMs && Number.isFinite(fromMs) && reasons.length < 100)
        reasons.push({ verdict: 'open', text: `${name}: Ready, available from t = ${clockText(fromMs - nowMs + cluster.nowMs)}`, rule })
    }
  }
  const written = set.status[field] ?? 0
  if (written !== counted.length)
    reasons.push({ verdict: 'open', text: `the status still says ${written}: it is as of the last sync of the DaemonSet`, rule: 'DS-8.4' })
  return answer(title, `${label} counts ${means}: ${plural(counted.length, 'node')} now.`, {
    reasons,
    nodes: counted,
    objects: [{ kind: 'DaemonSet', namespace, name: daemonset }],
  })
}

/** The DaemonSet's pods by the node they are on or meant for, the one that counts first. */
function podsByNode(cluster: Cluster, set: DaemonSet): Map<string, Pod[]> {
  const found = new Map<string, Pod[]>()
  for (const pod of cluster.core.indices.controlledBy('Pod', set.metadata.uid ?? '').values() as Iterable<Pod>) {
    const node = targetNode(pod)
    if (node === undefined || claimOf(pod, set) !== 'own' || isLeftOut(pod, cluster.options.version)) continue
    found.set(node, [...(found.get(node) ?? []), pod].sort(comparePods))
  }
  return found
}

function viewOf(node: KubeNode, set: DaemonSet, pods: readonly Pod[]): NodeView {
  const { shouldRun, shouldContinueRunning } = nodeShouldRunDaemonPod(node, set.spec.template)
  return { name: node.metadata.name, exists: true, shouldRun, shouldContinueRunning, pods }
}

function newestHash(cluster: Cluster, set: DaemonSet): string {
  let newest: { revision: number; hash?: string } = { revision: 0 }
  for (const object of cluster.core.indices.controlledBy('ControllerRevision', set.metadata.uid ?? '')) {
    if (object.kind === 'ControllerRevision' && object.revision > newest.revision)
      newest = { revision: object.revision, hash: object.metadata.labels?.['controller-revision-hash'] }
  }
  return newest.hash ?? ''
}
