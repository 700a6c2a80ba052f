/** Work grows with the change, not with the cluster: counts a pod, the same in clusters of two sizes. No wall-clock time. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { KubeEvent, KubeNode, KubeObject } from '#k8s/types.ts'
import { Cluster } from './cluster.ts'
import { nodeUnschedulable } from './scheduler/filters/node-unschedulable.ts'

const labels = { app: 'agent' }
const daemonSet = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'default' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'agent', image: 'agent:v1' }] } } },
} as KubeObject

interface Work {
  podWrites: number
  events: number
  /** Those about pods: a DaemonSet that made many pods may have no more to say for a while (EV-1.3). */
  podEvents: number
  statusWrites: number
  filterCalls: number
  timers: number
}

/** A settled cluster, and what is done in it while `work` runs until all is quiet. */
function measured(nodes: number) {
  const cluster = new Cluster()
  cluster.fault({ add: Array.from({ length: nodes }, (_, i) => ({ name: `node-${i}` })) }, 'machines join')
  cluster.settle(2500, 600_000)
  return (work: (cluster: Cluster) => void): Work => {
    const done: Work = { podWrites: 0, events: 0, podEvents: 0, statusWrites: 0, filterCalls: 0, timers: 0 }
    cluster.core.listen((_type, object) => {
      const { kind } = object
      if (kind === 'Pod') done.podWrites++
      else if (kind === 'Event') {
        done.events++
        if ((object as KubeEvent).involvedObject.kind === 'Pod') done.podEvents++
      } else if (kind === 'DaemonSet') done.statusWrites++
    })
    const filter = vi.spyOn(nodeUnschedulable, 'filter')
    const from = cluster.steps
    work(cluster)
    cluster.settle(5000, 600_000)
    done.timers = cluster.steps - from
    done.filterCalls = filter.mock.calls.length
    filter.mockRestore()
    return done
  }
}

afterEach(() => vi.restoreAllMocks())

describe('work a pod', () => {
  const create = (nodes: number) => measured(nodes)((cluster) => cluster.client.create(daemonSet))

  it.each([20, 300])('on %i nodes: created, bound, accepted, running; six events; one filter pass', (nodes) => {
    const { podWrites, events, filterCalls, timers } = create(nodes)
    expect(podWrites).toBe(4 * nodes)
    expect(events).toBeLessThanOrEqual(6 * nodes)
    expect(filterCalls).toBe(nodes)
    expect(timers).toBeLessThanOrEqual(15 * nodes)
  })

  it('the status is written less than once a pod, the less often the more pods come at once', () => {
    expect(create(300).statusWrites / 300).toBeLessThan(create(20).statusWrites / 20)
  })

  it('on 1,000 nodes 250 pods are made every 35 ms, and the status is written at most as often: a sync looks at every node', () => {
    const cluster = new Cluster()
    cluster.fault({ add: Array.from({ length: 1000 }, (_, i) => ({ name: `node-${i}` })) }, 'machines join')
    cluster.settle(2500, 600_000)
    const made = new Map<number, number>()
    const statusMs: number[] = []
    cluster.core.listen((type, { kind }) => {
      if (kind === 'Pod' && type === 'ADDED') made.set(cluster.nowMs, (made.get(cluster.nowMs) ?? 0) + 1)
      if (kind === 'DaemonSet' && type === 'MODIFIED') statusMs.push(cluster.nowMs)
    })
    cluster.client.create(daemonSet)
    cluster.settle(5000, 600_000)
    expect([...made.values()]).toEqual([250, 250, 250, 250])
    // a millisecond from the news to the sync
    expect([...made.keys()].map((ms, i, all) => ms - (all[i - 1] ?? ms))).toEqual([0, 36, 36, 36])
    const gaps = statusMs.slice(1).map((ms, i) => ms - (statusMs[i] as number))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(35)
  })
})

it('a tainted node costs the same in a small and in a large cluster', () => {
  const taint = (nodes: number) => {
    const measure = measured(nodes)
    measure((cluster) => cluster.client.create(daemonSet))
    return measure((cluster) => {
      const node = cluster.client.get({ kind: 'Node', name: 'node-3' }) as KubeNode
      cluster.client.update({ ...node, spec: { ...node.spec, taints: [{ key: 'maintenance', effect: 'NoExecute' }] } } as KubeNode)
    })
  }
  const small = taint(20)
  const large = taint(300)
  expect(large.podWrites).toBe(small.podWrites)
  expect(large.podEvents).toBe(small.podEvents)
  expect(large.filterCalls).toBe(small.filterCalls)
  expect(large.timers).toBeLessThanOrEqual(small.timers + 5)
})
