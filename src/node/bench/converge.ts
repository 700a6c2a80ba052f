import { daemonSet } from './manifests.ts'
import { clusterOf, print, round, time, untilReady } from './measure.ts'

/**
 * A DaemonSet from apply to all Ready on N nodes, against one structuredClone of all pods and nodes at the end.
 * `perPodMicros` of the largest against that of 1,000 nodes shows whether work grows with the change.
 */
export function benchConverge(): void {
  const perPod = new Map<number, number>()
  for (const nodes of (process.env.BENCH_NODES ?? '100,1000,5000,15000').split(',').map(Number)) {
    const cluster = clusterOf(nodes)
    globalThis.gc?.()
    const wallMs = time(() => {
      cluster.client.create(daemonSet('agent'))
      untilReady(cluster, 'agent')
    })
    const { Pod, Node } = cluster.core.state.tables
    const all = [...Pod.values(), ...Node.values()]
    structuredClone(all.slice(0, 100))
    const cloneMs = time(() => structuredClone(all))
    perPod.set(nodes, (1000 * wallMs) / nodes)
    print('engine/converge', {
      nodes,
      wallMs: round(wallMs),
      cloneMs: round(cloneMs),
      ratio: round(wallMs / cloneMs),
      perPodMicros: round((1000 * wallMs) / nodes, 1),
      ...(nodes > 1000 && { perPodAgainst1000: round((perPod.get(nodes) ?? 0) / (perPod.get(1000) ?? 1)) }),
      clusterSeconds: round(cluster.nowMs / 1000, 1),
    })
  }
}
