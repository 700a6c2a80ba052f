import type { Cluster } from '#engine/cluster.ts'
import type { KubeNode } from '#k8s/types.ts'
import { daemonSet } from './manifests.ts'
import { clusterOf, median, print, round, time, untilReady } from './measure.ts'

const runs = 9

function settledCluster(nodes: number): Cluster {
  const cluster = clusterOf(nodes)
  for (const name of ['one', 'two', 'three']) {
    cluster.client.create(daemonSet(name))
    untilReady(cluster, name)
  }
  cluster.settle(10_000, 600_000)
  return cluster
}

/** Taints one node NoExecute in a settled cluster and runs until everything is quiet again: wall ms, median of several nodes. */
function reaction(cluster: Cluster): number {
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const name = `node-${i + 3}`
    const node = cluster.client.get({ kind: 'Node', name }) as KubeNode
    times.push(
      time(() => {
        cluster.client.update({ ...node, spec: { ...node.spec, taints: [{ key: 'maintenance', effect: 'NoExecute' }] } } as KubeNode)
        cluster.settle(2500, 60_000)
      }),
    )
  }
  return median(times)
}

/** One tainted node among 100 and among 5,000, with three DaemonSets: work grows with the change, not with the cluster. */
export function benchReact(): void {
  const small = reaction(settledCluster(100))
  const large = reaction(settledCluster(5000))
  print('engine/react', { nodes: 100, wallMs: round(small) })
  print('engine/react', { nodes: 5000, wallMs: round(large), against100: round(large / small) })
}
