import { daemonSet } from './manifests.ts'
import { clusterOf, median, print, round, time, untilReady } from './measure.ts'

const nodes = 5000
const rollingUpdate = { maxUnavailable: '10%' }
const runs = 5

function rollOut(): { wallMs: number; againstConverge: number } {
  const cluster = clusterOf(nodes)
  const convergeMs = time(() => {
    cluster.client.create(daemonSet('agent', 'agent:v1', rollingUpdate))
    untilReady(cluster, 'agent')
  })
  const wallMs = time(() => {
    cluster.client.update(daemonSet('agent', 'agent:v2', rollingUpdate))
    untilReady(cluster, 'agent')
  })
  return { wallMs, againstConverge: wallMs / convergeMs }
}

/** A new image on 5,000 nodes, a tenth at a time: cost a pod against that of creating them, in the same cluster just before; medians of several clusters. */
export function benchRollout(): void {
  const all = Array.from({ length: runs }, rollOut)
  const wallMs = median(all.map((run) => run.wallMs))
  print('engine/rollout', {
    nodes,
    runs,
    wallMs: round(wallMs),
    perPodMicros: round((1000 * wallMs) / nodes, 1),
    againstConverge: round(median(all.map((run) => run.againstConverge))),
  })
}
