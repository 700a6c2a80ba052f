import { controllerOf } from '#k8s/owner.ts'
import { isPodReady } from '#k8s/pod.ts'
import type { DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import type { DaemonSetNumber, Explanation, Question } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { nodeShouldRunDaemonPod } from '../controllers/daemonset/placement.ts'
import { answer, plural } from './answer.ts'

interface Look {
  set: DaemonSet
  node: KubeNode
  shouldRun: boolean
  pods: Pod[]
}

const meanings: Record<DaemonSetNumber, { label: string; means: string; rule: string; counts(look: Look, hash: string | undefined): boolean }> = {
  desired: { label: 'DESIRED', means: 'nodes that should run the pod', rule: 'DS-8.1', counts: (l) => l.shouldRun },
  current: {
    label: 'CURRENT',
    means: 'nodes that should run the pod and have one, in whatever state',
    rule: 'DS-8.1',
    counts: (l) => l.shouldRun && l.pods.length > 0,
  },
  ready: {
    label: 'READY',
    means: 'nodes that should run the pod and whose pod is Ready',
    rule: 'DS-8.1',
    counts: (l) => l.shouldRun && l.pods[0] !== undefined && isPodReady(l.pods[0]),
  },
  upToDate: {
    label: 'UP-TO-DATE',
    means: 'nodes that should run the pod and whose pod is made from the newest template',
    rule: 'DS-8.2',
    counts: (l, hash) => l.shouldRun && l.pods[0]?.metadata.labels?.['controller-revision-hash'] === hash && hash !== undefined,
  },
  available: {
    label: 'AVAILABLE',
    means: 'nodes whose pod has been Ready for minReadySeconds',
    rule: 'DS-8.6',
    counts: (l) => l.shouldRun && l.pods[0] !== undefined && isPodReady(l.pods[0]),
  },
  misscheduled: {
    label: 'MISSCHEDULED',
    means: 'nodes that have the pod but should not run it',
    rule: 'DS-8.1',
    counts: (l) => !l.shouldRun && l.pods.length > 0,
  },
}

/** What a number of a DaemonSet's status counts, and the nodes it counts. */
export function explainNumber(cluster: Cluster, { namespace, daemonset, number }: Extract<Question, { about: 'number' }>): Explanation {
  const { core } = cluster
  const { label, means, rule, counts } = meanings[number]
  const set = core.state.tables.DaemonSet.get(`${namespace}/${daemonset}`)
  const title = `What does ${label} of ${daemonset} count?`
  if (!set) return answer(title, `There is no DaemonSet ${daemonset} any more.`)
  const hash = newestHash(cluster, set)
  const nodes = [...core.state.tables.Node.values()].filter((node) => {
    const pods = core
      .podsOnNode(node.metadata.name)
      .filter((p) => controllerOf(p)?.uid === set.metadata.uid)
      .sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1))
    return counts({ set, node, shouldRun: nodeShouldRunDaemonPod(node, set.spec.template).shouldRun, pods }, hash)
  })
  return answer(title, `${label} counts ${means}: ${plural(nodes.length, 'node')} now.`, {
    reasons: nodes.slice(0, 50).map((n) => ({ verdict: 'yes', text: n.metadata.name, rule })),
    nodes: nodes.map((n) => n.metadata.name),
    objects: [{ kind: 'DaemonSet', namespace, name: daemonset }],
  })
}

function newestHash(cluster: Cluster, set: DaemonSet): string | undefined {
  let newest: { revision: number; hash?: string } = { revision: 0 }
  for (const object of cluster.core.indices.controlledBy('ControllerRevision', set.metadata.uid ?? '').values()) {
    if (object.kind === 'ControllerRevision' && object.revision > newest.revision)
      newest = { revision: object.revision, hash: object.metadata.labels?.['controller-revision-hash'] }
  }
  return newest.hash
}
