/**
 * DS-20: what a real 1.23 controller did with three nodes, as a trace of what happened when. The test kubelet is that of the recording: it binds
 * at once, pods are Ready 1.0 s after that, terminating ones vanish after 0.7 s.
 */
import { describe, expect, it } from 'vitest'
import type { DaemonSet, DaemonSetUpdateStrategy, KubeEvent, Pod } from '#k8s/types.ts'
import { Cluster } from '../../cluster.ts'
import { type KubeletProfile, kubeletProfiles } from '../../kubelet/profile.ts'
import { daemonSet } from './test-bed.ts'

const kubelets: KubeletProfile = { ...kubeletProfiles['stand-in'], sandboxMs: 1000, stopMs: 700 }

const ref = { kind: 'DaemonSet' as const, namespace: 'default', name: 'foo' }
const ds = (cluster: Cluster) => cluster.client.get(ref) as DaemonSet
const pods = (cluster: Cluster) => [...cluster.core.state.tables.Pod.values()]
const isReady = (pod: Pod) => pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false

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

interface Trace {
  /** What happened to pods: `1.7 READY n1`, seconds since the beginning in tenths. */
  readonly pods: string[]
  /** The same without times and nodes. */
  readonly events: string[]
  /** The statuses on the way, each once in a row, the one before the first change included. */
  readonly statuses: string[]
  /** Seconds since the beginning at which this happened for the nth time (from 0). */
  at(what: string, n: number): number
  /** Most pods at one moment for which this held. */
  most(holds: (pod: Pod) => boolean): number
}

const nodeOf = ({ spec }: Pod) =>
  spec.nodeName ?? spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]?.matchFields?.[0]?.values?.[0]
const stateOf = (pod: Pod) => (pod.metadata.deletionTimestamp ? 'TERMINATING' : isReady(pod) ? 'READY' : 'CREATED')

/** Lets the cluster run and writes down what happens. */
function watch(cluster: Cluster, forMs = 20_000): Trace {
  const startMs = cluster.nowMs
  const known = new Map(pods(cluster).map((pod) => [pod.metadata.name, { was: stateOf(pod), node: nodeOf(pod) }]))
  const happened: { seconds: number; what: string; node: string | undefined }[] = []
  const statuses = [statusText(cluster)]
  const moments: Pod[][] = []
  while ((cluster.nextTimerMs ?? Number.POSITIVE_INFINITY) < startMs + forMs && cluster.step()) {
    const note = (what: string, node: string | undefined) => happened.push({ seconds: (cluster.nowMs - startMs) / 1000, what, node })
    const now = pods(cluster)
    moments.push(now)
    for (const [name, { node }] of known) {
      if (now.some((pod) => pod.metadata.name === name)) continue
      known.delete(name)
      note('GONE', node)
    }
    for (const pod of now) {
      if (known.get(pod.metadata.name)?.was === stateOf(pod)) continue
      known.set(pod.metadata.name, { was: stateOf(pod), node: nodeOf(pod) })
      note(stateOf(pod), nodeOf(pod))
    }
    const text = statusText(cluster)
    if (text !== statuses.at(-1)) statuses.push(text)
  }
  cluster.runUntil(startMs + forMs)
  return {
    pods: happened.map(({ seconds, what, node }) => `${seconds.toFixed(1)} ${what} ${node}`),
    events: happened.map(({ what }) => what),
    statuses,
    at: (what, n) => happened.filter((h) => h.what === what)[n]?.seconds ?? Number.NaN,
    most: (holds) => Math.max(...moments.map((list) => list.filter(holds).length)),
  }
}

const rolling = (maxUnavailable: number, maxSurge = 0) => ({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } })

function clusterWith(updateStrategy: DaemonSetUpdateStrategy, nodes = ['n1', 'n2', 'n3']): Cluster {
  const cluster = new Cluster({ version: '1.23', kubelets })
  cluster.fault({ add: nodes.map((name) => ({ name })) }, 'machines')
  cluster.settle()
  const { metadata, ...rest } = daemonSet({ updateStrategy, labels: { app: 'foo' } })
  const made: DaemonSet = { ...rest, metadata: { name: metadata.name, namespace: metadata.namespace } }
  cluster.client.create(made)
  return cluster
}

/** The same with its pods Ready. */
function readyWith(updateStrategy: DaemonSetUpdateStrategy, nodes?: string[]): Cluster {
  const cluster = clusterWith(updateStrategy, nodes)
  watch(cluster)
  return cluster
}

function setImage(cluster: Cluster, image: string): void {
  const { spec } = ds(cluster)
  const template = { ...spec.template, spec: { ...spec.template.spec, containers: [{ name: 'foo', image }] } }
  const changed: DaemonSet = { ...ds(cluster), spec: { ...spec, template } }
  cluster.client.update(changed)
}

describe('golden traces', () => {
  it('G-1 initial create: three pods at once, all Ready a second later', () => {
    const trace = watch(clusterWith(rolling(1)))
    expect(trace.pods).toEqual(['0.0 CREATED n1', '0.0 CREATED n2', '0.0 CREATED n3', '1.0 READY n1', '1.0 READY n2', '1.0 READY n3'])
    expect(trace.statuses).toContain('3/3/0/3/0/3')
    expect(trace.statuses.at(-1)).toBe('3/3/3/3/3/0')
  })

  it('G-2 maxUnavailable 1: strictly one node at a time, about 1.8 s each', () => {
    const cluster = readyWith(rolling(1))
    setImage(cluster, 'foo/bar:2')
    const { statuses, events, most, at } = watch(cluster)
    const during = ['3/3/2/1/2/1', '3/3/3/1/3/0', '3/3/2/2/2/1', '3/3/3/2/3/0', '3/3/2/3/2/1', '3/3/3/3/3/0']
    expect(statuses).toEqual(['3/3/3/3/3/0', '3/3/3/0/3/0', ...during])
    expect(events).toEqual(Array(3).fill(['TERMINATING', 'GONE', 'CREATED', 'READY']).flat())
    expect(most((pod) => Boolean(pod.metadata.deletionTimestamp) || !isReady(pod))).toBe(1)
    expect(at('TERMINATING', 0)).toBeLessThan(0.05)
    for (const n of [0, 1, 2]) {
      expect(at('GONE', n) - at('TERMINATING', n)).toBeCloseTo(0.7, 1)
      // the new pod in the same instant, the next node within milliseconds of the last one's being Ready
      expect(at('CREATED', n) - at('GONE', n)).toBeLessThan(0.05)
      expect(at('READY', n) - at('CREATED', n)).toBeCloseTo(1, 1)
      if (n > 0) expect(at('TERMINATING', n) - at('READY', n - 1)).toBeLessThan(0.05)
    }
  })

  it('G-3 maxUnavailable 2: two together, then the last one', () => {
    const cluster = readyWith(rolling(2))
    setImage(cluster, 'foo/bar:2')
    const { statuses, events, most } = watch(cluster)
    expect(events.slice(0, 7)).toEqual(['TERMINATING', 'TERMINATING', 'GONE', 'GONE', 'CREATED', 'CREATED', 'READY'])
    expect(events).toHaveLength(12)
    expect(most((pod) => Boolean(pod.metadata.deletionTimestamp))).toBe(2)
    expect(statuses[1]).toBe('3/3/3/0/3/0')
    expect(Math.min(...statuses.map((text) => Number(text.split('/')[2])))).toBe(1)
    expect(statuses.at(-1)).toBe('3/3/3/3/3/0')
  })

  it('G-4 surge: the new pod first, readiness never falls, the next node starts in the same instant', () => {
    const cluster = readyWith(rolling(0, 1))
    setImage(cluster, 'foo/bar:2')
    const { statuses, most, at } = watch(cluster)
    expect(statuses).toEqual(['3/3/3/3/3/0', '3/3/3/0/3/0', '3/3/3/1/3/0', '3/3/3/2/3/0', '3/3/3/3/3/0'])
    expect(most((pod) => !pod.metadata.deletionTimestamp)).toBe(4)
    expect(at('CREATED', 0)).toBeLessThan(0.05)
    for (const n of [0, 1, 2]) {
      expect(at('TERMINATING', n) - at('READY', n)).toBeLessThan(0.05)
      if (n < 2) expect(at('CREATED', n + 1) - at('READY', n)).toBeLessThan(0.05)
      expect(at('GONE', n) - at('TERMINATING', n)).toBeCloseTo(0.7, 1)
    }
  })

  it('G-5 OnDelete: only the status changes', () => {
    const cluster = readyWith({ type: 'OnDelete' })
    setImage(cluster, 'foo/bar:2')
    const { statuses, events } = watch(cluster)
    expect(statuses).toEqual(['3/3/3/3/3/0', '3/3/3/0/3/0'])
    expect(events).toEqual([])
    expect(ds(cluster).status.observedGeneration).toBe(2)
  })

  it('G-6 taints: NoSchedule keeps the pod as misscheduled, NoExecute deletes it, without taint it comes back', () => {
    const cluster = readyWith(rolling(1), ['n1', 'n2'])
    const taint = (effect?: string) => {
      cluster.client.patch({ kind: 'Node', name: 'n1' }, 'merge', { spec: { taints: effect ? [{ key: 'a', value: 'b', effect }] : null } })
      const trace = watch(cluster)
      const s = ds(cluster).status
      return [s.desiredNumberScheduled, s.currentNumberScheduled, s.numberMisscheduled, trace.pods.map((line) => line.slice(4))]
    }
    expect(taint('NoSchedule')).toEqual([1, 1, 1, []])
    expect(taint('NoExecute')).toEqual([1, 1, 0, ['TERMINATING n1', 'GONE n1']])
    expect(taint()).toEqual([2, 2, 0, ['CREATED n1', 'READY n1']])
    const reasons = (cluster.client.list('Event').items as KubeEvent[]).flatMap((e) => (e.involvedObject.kind === 'DaemonSet' ? [e.reason] : []))
    expect(reasons).toEqual(['SuccessfulCreate', 'SuccessfulCreate', 'SuccessfulDelete', 'SuccessfulCreate'])
  })

  it('G-7 a pod that fails again and again lives 0, 1, 2, 4, 8, 16, 32 s; three events a round', () => {
    const cluster = readyWith(rolling(1))
    const events = () => (cluster.client.list('Event').items as KubeEvent[]).filter((event) => event.involvedObject.kind === 'DaemonSet')
    const before = new Set(events().map((event) => event.metadata.name))
    const known = new Set(pods(cluster).map((pod) => pod.metadata.name))
    const fail = () => cluster.fault({ podFails: { name: 'n1', app: 'foo', reason: 'Evicted', message: 'gone' } }, 'a pod fails')
    const born: number[] = []
    fail()
    for (const endMs = cluster.nowMs + 70_000; cluster.nowMs < endMs && cluster.step(); ) {
      const pod = pods(cluster).find((p) => p.spec.nodeName === 'n1' && !known.has(p.metadata.name))
      if (!pod) continue
      known.add(pod.metadata.name)
      born.push(cluster.nowMs)
      cluster.withCause(0, fail)
    }
    const lives = born.slice(1).map((at, i) => (at - (born[i] as number)) / 1000)
    // the first of all was killed at once (0 s)
    for (const [i, seconds] of [1, 2, 4, 8, 16, 32].entries()) expect(lives[i]).toBeCloseTo(seconds, 1)
    const reasons = events().flatMap((event) => (before.has(event.metadata.name) ? [] : [event.reason]))
    expect(reasons.slice(0, 9)).toEqual(Array(3).fill(['FailedDaemonPod', 'SuccessfulDelete', 'SuccessfulCreate']).flat())
  })

  it('G-8 undo after one of two pods was updated: only that one is replaced, revisions 1, 2 become 3, 2', () => {
    const cluster = readyWith(rolling(1), ['n1', 'n2'])
    const first = ds(cluster).spec.template.spec.containers[0]?.image as string
    setImage(cluster, 'foo/bar:2')
    const isUpdated = (pod: Pod) => pod.spec.containers[0]?.image !== first && pod.spec.nodeName !== undefined
    while (!pods(cluster).some(isUpdated)) cluster.step()
    const node = pods(cluster).find(isUpdated)?.spec.nodeName as string
    setImage(cluster, first)
    const trace = watch(cluster)
    expect(trace.pods.map((line) => line.slice(4))).toEqual([`TERMINATING ${node}`, `GONE ${node}`, `CREATED ${node}`, `READY ${node}`])
    expect(statusText(cluster)).toBe('2/2/2/2/2/0')
    expect([...cluster.core.state.tables.ControllerRevision.values()].map((revision) => revision.revision)).toEqual([3, 2])
  })
})
