import { daemonSet } from './manifests.ts'
import { clusterOf, print, round, time, untilReady } from './measure.ts'

/** A new image on 5,000 nodes, a tenth at a time: cost a pod against that of creating them. */
export function benchRollout(): void {
  const nodes = 5000
  const cluster = clusterOf(nodes)
  const rollingUpdate = { maxUnavailable: '10%' }
  const convergeMs = time(() => {
    cluster.client.create(daemonSet('agent', 'agent:v1', rollingUpdate))
    untilReady(cluster, 'agent')
  })
  const rolloutMs = time(() => {
    cluster.client.update(daemonSet('agent', 'agent:v2', rollingUpdate))
    untilReady(cluster, 'agent')
  })
  print('engine/rollout', {
    nodes,
    wallMs: round(rolloutMs),
    perPodMicros: round((1000 * rolloutMs) / nodes, 1),
    againstConverge: round(rolloutMs / convergeMs),
  })
}
