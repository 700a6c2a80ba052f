/** A DaemonSet in a whole cluster: its numbers, OnDelete, rollback, its end, and its neighbours (DS-9 to DS-13). */
import { describe, expect, it } from 'vitest'
import type { ControllerRevision, DaemonSet, KubeEvent, KubeObject, Pod } from '#k8s/types.ts'
import { Cluster, type ClusterOptions } from '../../cluster.ts'

const ref = { kind: 'DaemonSet', namespace: 'default', name: 'agent' } as const
const manifest = (spec: object = {}, pod: object = {}, image = 'agent:v1') =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'c', image }], ...pod } },
      ...spec,
    },
  }) as unknown as KubeObject

function running(nodes: number, set = manifest(), options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster({ seed: 3, kubelets: 'stand-in', ...options })
  cluster.fault({ add: Array.from({ length: nodes }, (_, i) => ({ name: `n${i + 1}` })) }, 'join')
  cluster.settle()
  cluster.client.create(set)
  cluster.settle()
  return cluster
}

const read = (cluster: Cluster) => cluster.client.get(ref) as unknown as DaemonSet
const pods = (cluster: Cluster) => cluster.client.list('Pod', { namespace: 'default' }).items as unknown as Pod[]
const uids = (cluster: Cluster) =>
  pods(cluster)
    .map(({ metadata }) => metadata.uid ?? '')
    .sort()
const revisions = (cluster: Cluster) =>
  (cluster.client.list('ControllerRevision', { namespace: 'default' }).items as unknown as ControllerRevision[]).sort(
    (a, b) => a.revision - b.revision,
  )
const events = (cluster: Cluster, reason: string) =>
  (cluster.client.list('Event', { namespace: 'default' }).items as unknown as KubeEvent[]).filter((event) => event.reason === reason)
const numbers = (cluster: Cluster) => {
  const { desiredNumberScheduled, currentNumberScheduled, numberMisscheduled, numberReady, updatedNumberScheduled = 0 } = read(cluster).status
  return [desiredNumberScheduled, currentNumberScheduled, numberMisscheduled, numberReady, updatedNumberScheduled]
}
const setImage = (cluster: Cluster, image: string) => {
  cluster.client.patch(ref, 'strategic', { spec: { template: { spec: { containers: [{ name: 'c', image }] } } } })
  cluster.settle()
}
const nudge = (cluster: Cluster) => {
  cluster.client.patch(ref, 'merge', { metadata: { annotations: { nudge: String(cluster.nowMs) } } })
  cluster.settle()
}
const taint = (cluster: Cluster, name: string, ...taints: object[]) => {
  cluster.client.patch({ kind: 'Node', name }, 'merge', { spec: { taints } })
  cluster.settle()
}

it('DS-9.6 pods that take the hash of a second revision of their template are up to date at once, and none is replaced', () => {
  // 1.23 knows them by their hash alone (DS-10.3)
  const cluster = running(2, manifest(), { version: '1.23' })
  const before = uids(cluster)
  const [{ metadata, data } = {} as ControllerRevision] = revisions(cluster)
  const { 'controller-revision-hash': _, ...labels } = metadata.labels ?? {}
  cluster.client.create({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { name: 'agent-copy', namespace: 'default', labels },
    data,
    revision: 7,
  } as unknown as KubeObject)
  cluster.settle()
  expect(revisions(cluster).map((r) => `${r.metadata.name}: ${r.revision}`)).toEqual(['agent-copy: 7'])
  expect(uids(cluster)).toEqual(before)
  expect(pods(cluster).map((pod) => pod.metadata.labels?.['controller-revision-hash'])).toEqual(['agent-copy', 'agent-copy'])
  expect(numbers(cluster)).toEqual([2, 2, 0, 2, 2])
})

describe('OnDelete and rollback', () => {
  it('DS-11.1 a template change only changes numbers; a deleted pod comes back from the newest template', () => {
    const cluster = running(2, manifest({ updateStrategy: { type: 'OnDelete' } }))
    const before = uids(cluster)
    setImage(cluster, 'agent:v2')
    expect(uids(cluster)).toEqual(before)
    expect(numbers(cluster)).toEqual([2, 2, 0, 2, 0])
    expect(read(cluster).status.observedGeneration).toBe(2)
    const [first] = pods(cluster)
    cluster.client.delete({ kind: 'Pod', namespace: 'default', name: first?.metadata.name ?? '' })
    cluster.settle()
    expect(
      pods(cluster)
        .map(({ spec }) => spec.containers[0]?.image)
        .sort(),
    ).toEqual(['agent:v1', 'agent:v2'])
    expect(numbers(cluster)).toEqual([2, 2, 0, 2, 1])
  })

  it('DS-9.5, DS-9.9, DS-11.3 an old template that comes back keeps its hash, and pods that carry it stay', () => {
    const cluster = running(2, manifest({ updateStrategy: { type: 'OnDelete' } }))
    const before = uids(cluster)
    const [first] = revisions(cluster)
    setImage(cluster, 'agent:v2')
    setImage(cluster, 'agent:v1')
    expect(revisions(cluster).map(({ revision }) => revision)).toEqual([2, 3])
    expect(revisions(cluster)[1]?.metadata.name).toBe(first?.metadata.name)
    expect(uids(cluster)).toEqual(before)
    expect(numbers(cluster)).toEqual([2, 2, 0, 2, 2])
    expect(read(cluster).metadata.generation).toBe(3)
  })

  it('DS-9.2, DS-10.15 what is not the template makes no revision and restarts nothing', () => {
    const cluster = running(2)
    const before = uids(cluster)
    for (const spec of [{ minReadySeconds: 2 }, { revisionHistoryLimit: 3 }, { updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } }]) {
      cluster.client.patch(ref, 'merge', { spec })
      cluster.settle()
    }
    expect([revisions(cluster).length, uids(cluster)]).toEqual([1, before])
  })
})

describe('its end', () => {
  const remove = (cluster: Cluster, propagationPolicy?: 'Background' | 'Foreground' | 'Orphan') => cluster.client.delete(ref, { propagationPolicy })

  it('DS-12.1, GC-5.2 background: gone at once, pods and revisions follow; the controller deletes none', () => {
    const cluster = running(2)
    remove(cluster)
    expect(() => read(cluster)).toThrow('not found')
    cluster.settle()
    expect([pods(cluster), revisions(cluster), events(cluster, 'SuccessfulDelete')]).toEqual([[], [], []])
  })

  it('DS-12.2, DS-3.4, GC-3.2 foreground: it stays, idle, while a pod of it is stuck on a dead node', () => {
    const cluster = running(2, manifest(), { kubelets: 'believable' })
    cluster.fault({ fail: 'n1' }, 'the kubelet stops')
    remove(cluster, 'Foreground')
    cluster.runFor(60_000)
    expect(read(cluster).metadata).toMatchObject({ finalizers: ['foregroundDeletion'], deletionTimestamp: expect.any(String) })
    expect(pods(cluster).map(({ spec }) => spec.nodeName)).toEqual(['n1'])
    const frozen = read(cluster).status
    cluster.fault({ add: [{ name: 'n3' }] }, 'join')
    cluster.runFor(10_000)
    expect([pods(cluster).length, read(cluster).status]).toEqual([1, frozen])
    const name = pods(cluster)[0]?.metadata.name ?? ''
    cluster.client.delete({ kind: 'Pod', namespace: 'default', name }, { gracePeriodSeconds: 0 })
    cluster.runFor(10_000)
    expect(() => read(cluster)).toThrow('not found')
  })

  it('TRAP-14 in the background a dead node holds nothing up', () => {
    const cluster = running(2, manifest(), { kubelets: 'believable' })
    cluster.fault({ fail: 'n1' }, 'the kubelet stops')
    remove(cluster)
    expect(() => read(cluster)).toThrow('not found')
  })

  it('DS-12.3 orphan: pods and revision stay, and an equal DaemonSet takes them over without restarting one', () => {
    const cluster = running(2)
    const before = uids(cluster)
    const [revision] = revisions(cluster)
    remove(cluster, 'Orphan')
    cluster.settle()
    expect(pods(cluster).every(({ metadata }) => !metadata.ownerReferences?.length)).toBe(true)
    cluster.client.create(manifest())
    cluster.settle()
    expect(uids(cluster)).toEqual(before)
    expect(revisions(cluster)).toMatchObject([{ revision: 1, metadata: { name: revision?.metadata.name, uid: revision?.metadata.uid } }])
    expect(numbers(cluster)).toEqual([2, 2, 0, 2, 2])
    expect(pods(cluster).every(({ metadata }) => metadata.ownerReferences?.[0]?.uid === read(cluster).metadata.uid)).toBe(true)
  })

  it('DS-12.3 orphan: one of another template takes them over, too, as old ones, and its revision is the second', () => {
    for (const version of ['1.23', '1.36'] as const) {
      const cluster = running(2, manifest(), { version })
      const before = uids(cluster)
      remove(cluster, 'Orphan')
      cluster.settle()
      cluster.client.create(manifest({ updateStrategy: { type: 'OnDelete' } }, {}, 'agent:v2'))
      cluster.settle()
      expect(uids(cluster)).toEqual(before)
      expect(revisions(cluster).map(({ revision }) => revision)).toEqual([1, 2])
      // since 1.24 pods of the same template generation count as up to date, whatever their template (DS-10.3)
      expect(numbers(cluster), version).toEqual([2, 2, 0, 2, version === '1.23' ? 0 : 2])
      cluster.client.patch(ref, 'merge', { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } } })
      cluster.settle()
      expect(
        uids(cluster).some((uid) => before.includes(uid)),
        version,
      ).toBe(version === '1.36')
    }
  })

  it('DS-12.4 made again at once under its name, it gets its own pods', () => {
    const cluster = running(2)
    const before = uids(cluster)
    remove(cluster)
    cluster.client.create(manifest())
    cluster.settle()
    expect(pods(cluster)).toHaveLength(2)
    expect(uids(cluster).some((uid) => before.includes(uid))).toBe(false)
    expect(numbers(cluster)).toEqual([2, 2, 0, 2, 2])
  })
})

describe('its neighbours', () => {
  it('DS-4.6 NoExecute: the controller itself deletes the pod, though taint eviction does too (NL-6.6)', () => {
    for (const version of ['1.23', '1.32', '1.33', '1.36'] as const) {
      const cluster = running(2, manifest(), { version })
      taint(cluster, 'n1', { key: 'a', effect: 'NoExecute' })
      expect(pods(cluster), version).toHaveLength(1)
      expect(events(cluster, 'SuccessfulDelete'), version).toHaveLength(1)
      expect(events(cluster, 'TaintManagerEviction'), version).toHaveLength(1)
    }
  })

  it('DS-13.1, WC-5.8, TRAP-5 a sick node keeps its pod, but leaves DESIRED and counts as misscheduled', () => {
    const cluster = running(3)
    cluster.fault({ fail: 'n2' }, 'the kubelet stops')
    cluster.runFor(60_000)
    expect(numbers(cluster)).toEqual([2, 2, 1, 2, 2])
    expect(pods(cluster)).toHaveLength(3)
    cluster.fault({ recover: 'n2' }, 'the kubelet starts')
    cluster.runFor(60_000)
    expect(numbers(cluster)).toEqual([3, 3, 0, 3, 3])
  })

  it('DS-13.2 a cordoned node keeps its pod and gets new ones', () => {
    const cluster = running(1)
    cluster.client.patch({ kind: 'Node', name: 'n1' }, 'merge', { spec: { unschedulable: true } })
    cluster.settle()
    expect(numbers(cluster)).toEqual([1, 1, 0, 1, 1])
    const before = uids(cluster)
    setImage(cluster, 'agent:v2')
    expect(uids(cluster)).not.toEqual(before)
    expect(numbers(cluster)).toEqual([1, 1, 0, 1, 1])
  })

  it('DS-13.3 a NoExecute taint tolerated for a while: evicted, made again, evicted again', () => {
    const tolerations = [{ key: 'maint', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }]
    const cluster = running(1, manifest({}, { tolerations }))
    const seen = new Set(uids(cluster))
    cluster.client.patch({ kind: 'Node', name: 'n1' }, 'merge', { spec: { taints: [{ key: 'maint', effect: 'NoExecute' }] } })
    for (let i = 0; i < 30; i++) {
      cluster.runFor(1000)
      for (const uid of uids(cluster)) seen.add(uid)
    }
    expect(seen.size).toBeGreaterThanOrEqual(3)
    expect(numbers(cluster).slice(0, 3)).toEqual([1, 1, 0])
  })

  it('DS-1.15, DS-13.4 the end of a node is noticed when its pod is removed, 40 to 80 s later, or with the next sync', () => {
    const cluster = running(3)
    cluster.fault({ fail: 'n2' }, 'the kubelet stops')
    cluster.client.delete({ kind: 'Node', name: 'n2' })
    cluster.runFor(30_000)
    expect([numbers(cluster)[0], pods(cluster).length]).toEqual([3, 3])
    const fork = cluster.fork()
    nudge(fork)
    expect(numbers(fork).slice(0, 3)).toEqual([2, 2, 0])
    cluster.runFor(60_000)
    expect([numbers(cluster)[0], pods(cluster).length]).toEqual([2, 2])
  })

  it('DS-13.5 a pod that does not fit its node is Pending and counts as current', () => {
    const cluster = running(1, manifest({}, { containers: [{ name: 'c', image: 'agent:v1', resources: { requests: { cpu: '100' } } }] }))
    expect(pods(cluster)).toMatchObject([{ status: { phase: 'Pending' } }])
    expect(numbers(cluster)).toEqual([1, 1, 0, 0, 1])
  })

  it('DS-13.6 of ten pods and more the tenth creation begins a folded event', () => {
    const cluster = running(12)
    const created = events(cluster, 'SuccessfulCreate')
    expect(created).toHaveLength(10)
    const folded = created.filter(({ message }) => message.startsWith('(combined from similar events): Created pod: agent-'))
    expect(folded.map(({ count }) => count)).toEqual([3])
  })

  it('DS-7.8 admission adds nothing to the tolerations of a daemon pod', () => {
    const [pod] = pods(running(1))
    expect(pod?.spec.tolerations?.map(({ key, effect, tolerationSeconds }) => [key?.split('/')[1], effect, tolerationSeconds])).toEqual([
      ['not-ready', 'NoExecute', undefined],
      ['unreachable', 'NoExecute', undefined],
      ['disk-pressure', 'NoSchedule', undefined],
      ['memory-pressure', 'NoSchedule', undefined],
      ['pid-pressure', 'NoSchedule', undefined],
      ['unschedulable', 'NoSchedule', undefined],
    ])
  })

  it('DS-4.3 a pod goes when the labels of its node no longer match', () => {
    const cluster = running(1, manifest({}, { nodeSelector: { 'kubernetes.io/hostname': 'n1' } }))
    expect(numbers(cluster)[1]).toBe(1)
    cluster.client.patch({ kind: 'Node', name: 'n1' }, 'merge', { metadata: { labels: { 'kubernetes.io/hostname': 'other' } } })
    cluster.settle()
    expect([numbers(cluster), pods(cluster)]).toEqual([[0, 0, 0, 0, 0], []])
  })

  it('DS-5.2 a pod that loses its label is let go, lives on, and is replaced', () => {
    const cluster = running(1)
    const name = pods(cluster)[0]?.metadata.name ?? ''
    cluster.client.patch({ kind: 'Pod', namespace: 'default', name }, 'merge', { metadata: { labels: { app: 'loose' } } })
    cluster.settle()
    expect(pods(cluster)).toHaveLength(2)
    expect(pods(cluster).find(({ metadata }) => metadata.name === name)?.metadata.ownerReferences ?? []).toEqual([])
    expect(numbers(cluster)).toEqual([1, 1, 0, 1, 1])
  })

  it('DS-4.6 NoExecute sends the pod away with one SuccessfulDelete and no word of its own (DS-6.11)', () => {
    // since 1.33 the news of a node takes one queue more, and taint eviction is often first
    const cluster = running(1, manifest(), { version: '1.23' })
    taint(cluster, 'n1', { key: 'maint', effect: 'NoExecute' })
    expect(pods(cluster)).toEqual([])
    expect(events(cluster, 'SuccessfulDelete')).toHaveLength(1)
    expect(['FailedPlacement', 'FailedDaemonPod', 'SelectingAll'].flatMap((reason) => events(cluster, reason))).toEqual([])
  })
})
