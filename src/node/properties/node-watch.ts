/** What must hold of nodes and of the pods on them at every moment, by a calculation of its own that looks only at what a user sees. */
import type { Cluster } from '#engine/cluster.ts'
import { stoppedKubelets } from '#engine/kubelet/stopped-kubelets.ts'
import { conditionOf } from '#k8s/node.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Condition, KubeNode, Pod, Taint } from '#k8s/types.ts'

/** What a node looked like, and since when it has been so. */
interface SeenNode {
  node: KubeNode
  /** When its kubelet began to renew its lease, and when it stopped. */
  renewsFromMs: number
  stoppedMs: number | undefined
  heartbeatMs: number
  /** Since when it has had its present NoExecute taints. */
  taintsSinceMs: number
  /** Whether it had none before. */
  tainted: 'anew' | 'more'
}

const conditionKeys = new Set(['not-ready', 'unreachable'].map((key) => `node.kubernetes.io/${key}`))
const noExecute = (node: KubeNode): Taint[] => (node.spec.taints ?? []).filter((t) => t.effect === 'NoExecute')
const keysOf = (node: KubeNode) =>
  noExecute(node)
    .map((t) => `${t.key}=${t.value ?? ''}`)
    .join()
const ownTaint = (node: KubeNode) => noExecute(node).find((t) => conditionKeys.has(t.key))
const isReady = (node: KubeNode) => conditionOf(node, 'Ready')?.status === 'True'
const passAtOrAfter = (ms: number) => 1500 + Math.max(0, Math.ceil((ms - 1500) / 5000)) * 5000
const slackMs = 200

/** Looks at every step of a cluster; throws Error with the first thing that is wrong. To be installed before anything happens. */
export function watchNodes(cluster: Cluster): void {
  const watch = new NodeWatch(cluster)
  const before = cluster.onStep
  cluster.onStep = () => {
    before?.()
    watch.look()
  }
}

class NodeWatch {
  private readonly cluster: Cluster
  private readonly nodes = new Map<string, SeenNode>()
  private pods = new Map<string, Pod>()
  private readonly gone = new Map<string, number>()
  private taintedAtMs = Number.NEGATIVE_INFINITY
  private noneReadySinceMs: number | undefined
  /** When the cluster was last without any Ready node: that moves when silence is noticed (NL-5.5). */
  private lastDarkMs = Number.NEGATIVE_INFINITY
  private lastMs = 0

  constructor(cluster: Cluster) {
    this.cluster = cluster
  }

  look(): void {
    const { tables } = this.cluster.core.state
    this.lookAtNodes(tables.Node)
    this.lookAtPods(tables.Pod)
    this.lastMs = this.cluster.nowMs
  }

  private wrong(text: string): never {
    throw new Error(`at ${this.cluster.nowMs} ms ${text}`)
  }

  private lookAtNodes(table: ReadonlyMap<string, KubeNode>): void {
    const { nowMs, options } = this.cluster
    const { Lease } = this.cluster.core.state.tables
    const stopped = new Set(stoppedKubelets(this.cluster))
    for (const [name, seen] of this.nodes) {
      if (table.get(name)?.metadata.uid === seen.node.metadata.uid) continue
      this.nodes.delete(name)
      this.gone.set(name, nowMs)
    }
    const dark = table.size > 0 && ![...table.values()].some(isReady)
    this.noneReadySinceMs = dark ? (this.noneReadySinceMs ?? nowMs) : undefined
    if (dark) this.lastDarkMs = nowMs
    for (const [name, node] of table) {
      this.gone.delete(name)
      const seen = this.nodes.get(name) ?? {
        node,
        renewsFromMs: nowMs,
        stoppedMs: undefined,
        heartbeatMs: nowMs,
        taintsSinceMs: nowMs,
        tainted: 'anew' as const,
      }
      this.nodes.set(name, seen)
      if (stopped.has(name)) seen.stoppedMs ??= nowMs
      else seen.stoppedMs = undefined
      // a kubelet that starts, or registers again, renews its lease at once and every 10 s from then on
      seen.renewsFromMs = Lease.get(`kube-node-lease/${name}`)?.spec.renewals?.fromMs ?? seen.renewsFromMs
      const heartbeat = (n: KubeNode) => conditionOf(n, 'Ready')?.lastHeartbeatTime
      if (heartbeat(node) !== heartbeat(seen.node)) seen.heartbeatMs = nowMs
      this.checkTransitions(`node ${name}`, seen.node.status.conditions, node.status.conditions)
      this.checkTainting(seen, node)
      this.checkNotice(name, seen, node, options.version === '1.33' || options.version === '1.36' ? 50_000 : 40_000)
      if (keysOf(seen.node) !== keysOf(node))
        Object.assign(seen, { taintsSinceMs: nowMs, tainted: noExecute(seen.node).length > 0 ? 'more' : 'anew' })
      seen.node = node
    }
  }

  /** KL-3.5: a transition time moves exactly when the status does. */
  private checkTransitions(of: string, before: readonly Condition[] = [], now: readonly Condition[] = []): void {
    for (const condition of now) {
      const old = before.find((c) => c.type === condition.type)
      if (!old || old === condition) continue
      const moved = old.lastTransitionTime !== condition.lastTransitionTime
      if (old.status === condition.status && moved) this.wrong(`${of}: ${condition.type} stays ${old.status} with a new transition time`)
      if (old.status === condition.status) continue
      const atMs = parseTimestamp(condition.lastTransitionTime ?? '') - this.cluster.options.epochMs
      if (atMs < this.lastMs - 1000 || atMs > this.cluster.nowMs)
        this.wrong(`${of}: ${condition.type} became ${condition.status} with transition time ${condition.lastTransitionTime}`)
    }
  }

  /** NL-4.3, NL-5.4: one node in 10 s, swaps apart, and nobody while no node is Ready. All nodes are of one zone here. */
  private checkTainting({ node: before }: SeenNode, node: KubeNode): void {
    const { nowMs } = this.cluster
    const { name } = node.metadata
    const has = ownTaint(node)
    if (has && !ownTaint(before) && before !== node) {
      if (nowMs - this.taintedAtMs < 10_000 - slackMs)
        this.wrong(`${name} gets ${has.key}:NoExecute ${nowMs - this.taintedAtMs} ms after another node`)
      this.taintedAtMs = nowMs
    }
    if (has && this.noneReadySinceMs !== undefined && nowMs - this.noneReadySinceMs > 5000 + slackMs)
      this.wrong(`${name} carries ${has.key}:NoExecute although no node is Ready`)
  }

  /** NL-2.1 to NL-2.4: silence is noticed in the pass that is due, neither earlier nor later. */
  private checkNotice(name: string, seen: SeenNode, node: KubeNode, graceMs: number): void {
    const { nowMs } = this.cluster
    const unknown = conditionOf(node, 'Ready')?.status === 'Unknown'
    const { stoppedMs, renewsFromMs, heartbeatMs } = seen
    if (stoppedMs === undefined) {
      if (unknown && nowMs - renewsFromMs > slackMs) this.wrong(`${name} is Unknown although its kubelet runs`)
      return
    }
    const renewedMs = renewsFromMs + Math.floor((stoppedMs - renewsFromMs) / 10_000) * 10_000
    const dueMs = passAtOrAfter(passAtOrAfter(Math.max(renewedMs, Math.min(heartbeatMs, stoppedMs))) + graceMs)
    const was = conditionOf(seen.node, 'Ready')?.status
    if (unknown && was !== 'Unknown' && nowMs < dueMs) this.wrong(`${name} is Unknown ${dueMs - nowMs} ms too early`)
    const moved = this.lastDarkMs >= stoppedMs
    if (!unknown && !moved && nowMs > dueMs + slackMs) this.wrong(`${name} is not Unknown ${nowMs - dueMs} ms after it was due`)
  }

  private lookAtPods(table: ReadonlyMap<string, Pod>): void {
    const before = this.pods
    const now = new Map<string, Pod>()
    for (const pod of table.values()) {
      const uid = pod.metadata.uid ?? ''
      now.set(uid, pod)
      const old = before.get(uid)
      if (old && old !== pod) {
        this.checkTransitions(`pod ${pod.metadata.name}`, old.status.conditions, pod.status.conditions)
        this.checkPhase(old, pod)
        if (pod.metadata.deletionTimestamp && !old.metadata.deletionTimestamp) this.checkEviction(pod)
      }
      this.checkLeftBehind(pod)
    }
    for (const [uid, pod] of before) if (!now.has(uid) && !pod.metadata.deletionTimestamp) this.checkEviction(pod)
    this.pods = now
  }

  /** KL-2.1, KL-2.3 */
  private checkPhase({ status: old }: Pod, { metadata, status }: Pod): void {
    const order = ['Pending', 'Running', 'Succeeded', 'Failed']
    const ended = old.phase === 'Failed' || old.phase === 'Succeeded'
    if (old.phase !== status.phase && (ended || order.indexOf(status.phase ?? '') < order.indexOf(old.phase ?? '')))
      this.wrong(`pod ${metadata.name} goes from ${old.phase} to ${status.phase}`)
  }

  /** NL-6.2, NL-6.3: taint eviction deletes only what does not tolerate, or no longer. */
  private checkEviction(pod: Pod): void {
    const { entries } = this.cluster.core.state.journal
    const entry = entries.findLast(
      (e) => e.verb === 'delete' && e.kind === 'Pod' && e.name === pod.metadata.name && e.namespace === pod.metadata.namespace,
    )
    if (entry?.by !== 'taint-eviction-controller' || entry.atMs < this.lastMs) return
    const seen = this.nodes.get(pod.spec.nodeName ?? '')
    // the countdown goes on when the Node object is gone
    if (!seen) return
    const covering = noExecute(seen.node).map((taint) =>
      pod.spec.tolerations?.find(
        (t) =>
          (!t.key || t.key === taint.key) &&
          (!t.effect || t.effect === taint.effect) &&
          (t.operator === 'Exists' || (t.value ?? '') === (taint.value ?? '')),
      ),
    )
    if (covering.length === 0) this.wrong(`${pod.metadata.name} is evicted from ${seen.node.metadata.name}, which has no NoExecute taint`)
    if (covering.some((toleration) => !toleration)) return
    const seconds = Math.min(...covering.map((t) => t?.tolerationSeconds ?? Number.POSITIVE_INFINITY))
    if (!Number.isFinite(seconds)) this.wrong(`${pod.metadata.name} is evicted although it tolerates everything for ever`)
    // a countdown that began with other taints goes on (NL-6.4)
    const tolerated = this.cluster.nowMs - seen.taintsSinceMs
    if (seen.tainted === 'anew' && tolerated < seconds * 1000 - slackMs)
      this.wrong(`${pod.metadata.name} is evicted after ${tolerated} ms of ${seconds} s`)
  }

  /** NL-7.3: 40 to 80 s after its node. */
  private checkLeftBehind({ metadata, spec }: Pod): void {
    const goneMs = this.gone.get(spec.nodeName ?? '')
    if (goneMs === undefined || metadata.finalizers?.length) return
    const createdMs = parseTimestamp(metadata.creationTimestamp ?? '') - this.cluster.options.epochMs
    const sinceMs = Math.max(goneMs, createdMs)
    if (this.cluster.nowMs - sinceMs > 80_000 + 1000 + slackMs)
      this.wrong(`pod ${metadata.name} is still there ${this.cluster.nowMs - sinceMs} ms after its node ${spec.nodeName} went`)
  }
}

/** Throws Error when a node's NoSchedule taints are not those of its conditions (NL-3.1, NL-3.2). For a cluster that is quiet. */
export function taintsMatchConditions(cluster: Cluster): void {
  for (const node of cluster.core.state.tables.Node.values()) {
    const ready = conditionOf(node, 'Ready')?.status
    const wanted = [
      ready === 'False' && 'not-ready',
      ready === 'Unknown' && 'unreachable',
      ...(['Memory', 'Disk', 'PID'] as const).map(
        (what) => conditionOf(node, `${what}Pressure`)?.status === 'True' && `${what.toLowerCase()}-pressure`,
      ),
      node.spec.unschedulable && 'unschedulable',
    ].filter(Boolean)
    const held = (node.spec.taints ?? [])
      .filter((t) => t.effect === 'NoSchedule' && t.key.startsWith('node.kubernetes.io/'))
      .map((t) => t.key.replace('node.kubernetes.io/', ''))
    if (wanted.sort().join() !== held.sort().join())
      throw new Error(`${node.metadata.name} has the taints ${held.join()}, its conditions ask for ${wanted.join()}`)
  }
}
