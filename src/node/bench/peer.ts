import { deployment } from './manifests.ts'
import { clusterOf, median, print, round, time } from './measure.ts'
import { startPeer } from './webernetes.ts'

const nodes = 50
const pods = 500
/** So many that in most of them V8 has compiled all of it. */
const warmRuns = 11
/** The peer gets no more wall-clock time than this. */
const limitMs = 120_000

function untilAllReady(): void {
  const cluster = clusterOf(nodes)
  const ref = { kind: 'Deployment', namespace: 'default', name: 'web' } as const
  cluster.client.create(deployment(ref.name, pods))
  const end = cluster.nowMs + 600_000
  while (cluster.core.state.tables.Deployment.get('default/web')?.status.readyReplicas !== pods) {
    if (cluster.nowMs > end) throw new Error('the Deployment did not become ready')
    cluster.runFor(50)
  }
}

/**
 * A Deployment of 500 pods on 50 nodes from nothing until all are Ready, the start of the nodes included: here and in webernetes, which
 * runs by the wall clock as it does for its users. As in the other measurements the figure is the median of several runs; cold = the first
 * Deployment of this process, whose code V8 has not compiled yet.
 */
export async function benchPeer(): Promise<void> {
  const coldMs = time(untilAllReady)
  const wallMs = median(Array.from({ length: warmRuns }, () => time(untilAllReady)))
  const peer = await startPeer({ nodes, pods, limitMs, image: 'web:v1' })
  const at = 'wallMs' in peer ? peer.wallMs : peer.gaveUpMs
  print('engine/peer', {
    nodes,
    pods,
    wallMs: round(wallMs),
    coldMs: round(coldMs),
    peer: 'webernetes',
    peerMs: round(at),
    ...('why' in peer && { peerGaveUp: peer.why, peerReady: peer.ready }),
    timesFaster: round(at / wallMs, 1),
    timesFasterCold: round(at / coldMs, 1),
  })
}
