/** DS-20: what a real 1.23 controller did with three nodes, as the order in which statuses and pods follow each other. */
import { describe, expect, it } from 'vitest'
import type { DaemonSet, DaemonSetUpdateStrategy, KubeEvent, Pod } from '#k8s/types.ts'
import { Cluster } from '../../cluster.ts'
import { daemonSet } from './test-bed.ts'

const ref = { kind: 'DaemonSet' as const, namespace: 'default', name: 'foo' }
const ds = (cluster: Cluster) => cluster.client.get(ref) as DaemonSet
const pods = (cluster: Cluster) => [...cluster.core.state.tables.Pod.values()]

/** desired/current/ready/updated/available/unavailable */
function statusText(cluster: Cluster): string {
  const s = ds(cluster).status
  return [
    s.desiredNumberScheduled,
    s.currentNumberScheduled,
    s.numberReady,
    s.updatedNumberScheduled ?? 0,
    s.numberAvailable ?? 0,
    s.numberUnavailable ?? 0,
  ].join('/')
}

/** Lets the cluster settle; the statuses on the way, each once in a row, the one before the first change included. */
function watch(cluster: Cluster, look: () => void = () => undefined): string[] {
  const seen = [statusText(cluster)]
  const endMs = cluster.nowMs + 20_000
  while ((cluster.nextTimerMs ?? Number.POSITIVE_INFINITY) < endMs && cluster.step()) {
    look()
    const text = statusText(cluster)
    if (text !== seen.at(-1)) seen.push(text)
  }
  // the API's times are whole seconds: pods of one second would be told apart by their names only
  cluster.runUntil(endMs)
  return seen
}

function clusterWith(updateStrategy: DaemonSetUpdateStrategy): Cluster {
  const cluster = new Cluster({ version: '1.23', kubelets: 'stand-in' })
  cluster.fault({ add: [{ name: 'n1' }, { name: 'n2' }, { name: 'n3' }] }, 'machines')
  cluster.settle()
  const { metadata, ...rest } = daemonSet({ updateStrategy, labels: { app: 'foo' } })
  const made = { ...rest, metadata: { name: metadata.name, namespace: metadata.namespace } } as DaemonSet
  cluster.client.create(made)
  return cluster
}

function setImage(cluster: Cluster, image: string): void {
  const { template } = ds(cluster).spec
  const changed: DaemonSet = {
    ...ds(cluster),
    spec: { ...ds(cluster).spec, template: { ...template, spec: { ...template.spec, containers: [{ name: 'foo', image }] } } },
  }
  cluster.client.update(changed)
}

const rolling = (maxUnavailable: number, maxSurge = 0) => ({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } })

describe('golden traces', () => {
  it('G-1 initial create', () => {
    const cluster = clusterWith(rolling(1))
    const seen = watch(cluster)
    expect(seen).toContain('3/3/0/3/0/3')
    expect(seen.at(-1)).toBe('3/3/3/3/3/0')
  })

  it('G-2 one node at a time with maxUnavailable 1', () => {
    const cluster = clusterWith(rolling(1))
    watch(cluster)
    setImage(cluster, 'foo/bar:2')
    let most = 0
    const seen = watch(cluster, () => {
      const unready = pods(cluster).filter(
        (pod) => pod.metadata.deletionTimestamp || !pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True'),
      )
      most = Math.max(most, unready.length)
    })
    expect(seen).toEqual(['3/3/3/3/3/0', '3/3/3/0/3/0', '3/3/2/1/2/1', '3/3/3/1/3/0', '3/3/2/2/2/1', '3/3/3/2/3/0', '3/3/2/3/2/1', '3/3/3/3/3/0'])
    expect(most).toBe(1)
  })

  it('G-3 two together with maxUnavailable 2', () => {
    const cluster = clusterWith(rolling(2))
    watch(cluster)
    setImage(cluster, 'foo/bar:2')
    const terminating: number[] = []
    const seen = watch(cluster, () => {
      const count = pods(cluster).filter((pod) => pod.metadata.deletionTimestamp).length
      if (count !== terminating.at(-1)) terminating.push(count)
    })
    expect(Math.max(...terminating)).toBe(2)
    expect(seen[1]).toBe('3/3/3/0/3/0')
    expect(Math.min(...seen.map((text) => Number(text.split('/')[2])))).toBe(1)
    expect(seen.at(-1)).toBe('3/3/3/3/3/0')
  })

  it('G-4 surge never lets readiness fall', () => {
    const cluster = clusterWith(rolling(0, 1))
    watch(cluster)
    setImage(cluster, 'foo/bar:2')
    let most = 0
    const seen = watch(cluster, () => {
      most = Math.max(most, pods(cluster).filter((pod) => !pod.metadata.deletionTimestamp).length)
    })
    expect(seen).toEqual(['3/3/3/3/3/0', '3/3/3/0/3/0', '3/3/3/1/3/0', '3/3/3/2/3/0', '3/3/3/3/3/0'])
    expect(most).toBe(4)
  })

  it('G-5 OnDelete touches no pod', () => {
    const cluster = clusterWith({ type: 'OnDelete' })
    watch(cluster)
    const before = pods(cluster).map((pod) => pod.metadata.name)
    setImage(cluster, 'foo/bar:2')
    expect(watch(cluster)).toEqual(['3/3/3/3/3/0', '3/3/3/0/3/0'])
    expect(ds(cluster).status.observedGeneration).toBe(2)
    expect(pods(cluster).map((pod) => pod.metadata.name)).toEqual(before)
  })

  it('G-6 taints', () => {
    const cluster = clusterWith(rolling(1))
    watch(cluster)
    const taint = (effect?: string) =>
      cluster.client.patch({ kind: 'Node', name: 'n1' }, 'merge', { spec: { taints: effect ? [{ key: 'a', value: 'b', effect }] : null } })
    const now = () => {
      watch(cluster)
      const s = ds(cluster).status
      return [s.desiredNumberScheduled, s.currentNumberScheduled, s.numberMisscheduled, pods(cluster).length]
    }
    taint('NoSchedule')
    expect(now()).toEqual([2, 2, 1, 3])
    taint('NoExecute')
    expect(now()).toEqual([2, 2, 0, 2])
    taint()
    expect(now()).toEqual([3, 3, 0, 3])
  })

  it('G-7 a pod that fails again and again lives 0, 1, 2, 4, 8 seconds', () => {
    const cluster = clusterWith(rolling(1))
    watch(cluster)
    const born: number[] = []
    const known = new Set(pods(cluster).map((pod) => pod.metadata.name))
    const fail = () => cluster.fault({ podFails: { name: 'n1', app: 'foo', reason: 'Evicted', message: 'gone' } }, 'a pod fails')
    fail()
    const endMs = cluster.nowMs + 40_000
    while (cluster.nowMs < endMs && cluster.step()) {
      const pod = pods(cluster).find((p) => p.spec.nodeName === 'n1' && !known.has(p.metadata.name))
      if (!pod) continue
      known.add(pod.metadata.name)
      born.push(cluster.nowMs)
      cluster.withCause(0, fail)
    }
    const lives = born.slice(1).map((at, i) => Math.round((at - (born[i] as number)) / 1000))
    expect(lives.slice(0, 5)).toEqual([1, 2, 4, 8, 16])
    const reasons = cluster.client
      .list('Event')
      .items.filter((event) => (event as KubeEvent).involvedObject.kind === 'DaemonSet')
      .map((event) => (event as KubeEvent).reason)
    expect(new Set(reasons)).toEqual(new Set(['SuccessfulCreate', 'FailedDaemonPod', 'SuccessfulDelete']))
  })

  it('G-8 going back replaces only what was updated', () => {
    const cluster = clusterWith(rolling(1))
    watch(cluster)
    const first = ds(cluster).spec.template.spec.containers[0]?.image as string
    setImage(cluster, 'foo/bar:2')
    const updated = () => pods(cluster).filter((pod: Pod) => pod.spec.containers[0]?.image !== first)
    while (updated().length === 0) cluster.step()
    const before = pods(cluster).filter((pod) => !updated().includes(pod) && !pod.metadata.deletionTimestamp)
    setImage(cluster, first)
    watch(cluster)
    const after = new Set(pods(cluster).map((pod) => pod.metadata.name))
    expect(before.every((pod) => after.has(pod.metadata.name))).toBe(true)
    expect(statusText(cluster)).toBe('3/3/3/3/3/0')
    const numbers = [...cluster.core.state.tables.ControllerRevision.values()].map((revision) => revision.revision)
    expect(numbers).toEqual([3, 2])
  })
})
