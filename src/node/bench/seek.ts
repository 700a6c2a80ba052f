import { History } from '#engine/history.ts'
import { createRandom, seedRandom } from '#sim/random.ts'
import { daemonSet } from './manifests.ts'
import { clusterOf, median, print, round, time, untilReady } from './measure.ts'

const actions = 200
const hourMs = 3_600_000
const jumps = 60

/** Jumps to random moments of an hour in which the user did 200 things: taints, labels, cordons, stopped kubelets, new images. */
function seekIn(nodes: number): void {
  const cluster = clusterOf(nodes)
  const history = new History(cluster)
  const state = seedRandom(5)
  const random = createRandom(() => state)
  cluster.client.create(daemonSet('agent'))
  untilReady(cluster, 'agent')
  const start = cluster.nowMs
  for (let i = 0; i < actions; i++) {
    cluster.runUntil(start + (i * hourMs) / actions)
    history.remember({ action: '', played: 0 })
    const name = `node-${random.int(nodes)}`
    const ref = { kind: 'Node', name } as const
    const dice = random.int(5)
    if (dice === 0) cluster.client.patch(ref, 'merge', { spec: { taints: [{ key: 'maintenance', effect: 'NoExecute' }] } })
    else if (dice === 1) cluster.client.patch(ref, 'merge', { spec: { taints: null, unschedulable: null } })
    else if (dice === 2) cluster.client.patch(ref, 'merge', { metadata: { labels: { zone: `z${random.int(3)}` } } })
    else if (dice === 3) cluster.client.patch(ref, 'merge', { spec: { unschedulable: true } })
    else cluster.fault(random.int(2) ? { fail: name } : { recover: name }, 'kubelet')
  }
  cluster.runUntil(start + hourMs)
  const times = Array.from({ length: jumps }, () => {
    const to = start + random.int(hourMs)
    return time(() => history.seek(to))
  })
  print('engine/seek', { nodes, actions, timers: cluster.steps, medianMs: round(median(times)), maxMs: round(Math.max(...times)) })
}

export function benchSeek(): void {
  seekIn(100)
  seekIn(1000)
}
