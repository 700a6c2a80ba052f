import { describe, expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { cloneState } from '#sim/clone.ts'
import { copyTables } from '../store/tables.ts'
import { explainPending } from './explain-pending.ts'
import { makeNode, makePod, pinnedTo, TestCluster } from './test-cluster.ts'

const big = { requests: { cpu: '2' } }
const remove = () => undefined

describe('outcome', () => {
  it('binds and says so (SCH-6.1, SCH-2.4)', () => {
    const cluster = new TestCluster().add(makeNode('n1')).add(makePod('p')).run(100)
    expect(cluster.pod('p')?.spec.nodeName).toBe('n1')
    expect(cluster.events('Scheduled')).toMatchObject([
      { type: 'Normal', message: 'Successfully assigned default/p to n1', reportingComponent: 'default-scheduler', action: 'Binding' },
    ])
    expect(cluster.state.queue.pods.size).toBe(0)
  })
  it('writes event and condition of a failure; the condition only when it changes (SCH-6.2)', () => {
    const cluster = new TestCluster('1.23')
      .add(makeNode('n1', { cpu: '1' }))
      .add(makePod('p', big))
      .run(100)
    const message = '0/1 nodes are available: 1 Insufficient cpu.'
    expect(cluster.pod('p')?.status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }])
    expect(cluster.events('FailedScheduling')).toMatchObject([{ type: 'Warning', message, action: 'Scheduling' }])
    const before = cluster.pod('p')
    // retried as a leftover after 60 s (SCH-7.4); the pod has its condition by now, so it is another version that the event is about (EV-1.4)
    cluster.run(95_000)
    expect(cluster.pod('p')).toBe(before)
    expect(cluster.events('FailedScheduling').map(({ series }) => series?.count)).toEqual([undefined, undefined])
    cluster.run(190_000)
    expect(cluster.events('FailedScheduling').map(({ series }) => series?.count)).toEqual([undefined, 1])
  })
  it('leaves other schedulers’ pods, bound ones and gated ones (SCH-1.1, SCH-1.5)', () => {
    const cluster = new TestCluster().add(makeNode('n1'))
    cluster.add(makePod('other', { spec: { schedulerName: 'mine' } }), makePod('gated', { spec: { schedulingGates: [{ name: 'wait' }] } })).run(100)
    expect(cluster.pod('other')?.spec.nodeName).toBeUndefined()
    expect(cluster.pod('gated')?.spec.nodeName).toBeUndefined()
    cluster.change('Pod', 'gated', (pod) => ({ ...pod, spec: { ...(pod as Pod).spec, schedulingGates: [] } }) as Pod)
    cluster.run(100)
    expect(cluster.pod('gated')?.spec.nodeName).toBe('n1')
  })
  it('skips a pod that is being deleted (SCH-1.4)', () => {
    const cluster = new TestCluster()
      .add(makeNode('n1'))
      .add(makePod('p', { deletionTimestamp: '2026-01-01T00:00:00Z' }))
      .run(100)
    expect(cluster.events('FailedScheduling')).toMatchObject([{ message: 'skip schedule deleting pod: default/p' }])
  })
  it('higher priority first, then the longer queued (SCH-1.3)', () => {
    const cluster = new TestCluster().add(makeNode('n1', { pods: '2' }))
    cluster.add(makePod('first'), makePod('second'), makePod('urgent', { spec: { priority: 10 } })).run(100)
    expect(['first', 'second', 'urgent'].map((name) => cluster.pod(name)?.spec.nodeName)).toEqual(['n1', undefined, 'n1'])
  })
})

describe('places in the queue', () => {
  const where = (cluster: TestCluster) => Object.fromEntries([...cluster.state.queue.pods.values()].map(({ name, place }) => [name, place]))

  it('one pod at a time; what is placed counts before the news of it, for the next one and its ports (SCH-1.2)', () => {
    const cluster = new TestCluster('1.32').add(makeNode('n1'))
    cluster.add(makePod('a', { ...big, hostPort: 80 }), makePod('b', { ...big, hostPort: 80 }), makePod('c', { requests: { cpu: '1m' } }))
    const waiting = Array.from({ length: 20 }, () => Object.values(where(cluster.run(1))).filter((place) => place === 'active').length)
    expect(waiting.filter((count, i) => count !== waiting[i - 1])).toEqual([0, 3, 2, 1, 0])
    expect(['a', 'b', 'c'].map((name) => cluster.pod(name)?.spec.nodeName)).toEqual(['n1', undefined, undefined])
    expect(cluster.scheduled('b')).toContain("1 node(s) didn't have free ports")
    expect(where(cluster)).toEqual({ b: 'unschedulable', c: 'unschedulable' })
  })

  it('in vain: unschedulable; then, when something may help it, in back-off until that is over (SCH-7.2, SCH-7.3, SCH-7.11)', () => {
    const cluster = new TestCluster('1.32').add(makeNode('n1', { cpu: '1' }))
    cluster.add(makePod('p', big)).run(100)
    expect(where(cluster)).toEqual({ p: 'unschedulable' })
    // an older node that changes, too small still, is no help; one that becomes large enough is
    cluster.change('Node', 'n1', () => makeNode('n1', { cpu: '1500m' }))
    cluster.run(10)
    expect(where(cluster)).toEqual({ p: 'unschedulable' })
    cluster.change('Node', 'n1', () => makeNode('n1', { cpu: '3' }))
    cluster.run(10)
    expect(where(cluster)).toEqual({ p: 'backoff' })
    cluster.run(1_800)
    expect(cluster.pod('p')?.spec.nodeName).toBeUndefined()
    cluster.run(100)
    expect(cluster.pod('p')?.spec.nodeName).toBe('n1')
  })
})

describe('retry', () => {
  const versions: KubernetesVersion[] = ['1.23', '1.36']
  it.each(versions)('%s: a deleted pod makes room', (version) => {
    const cluster = new TestCluster(version)
      .add(makeNode('n1'))
      .add(makePod('a', { ...big, spec: { nodeName: 'n1' } }), makePod('p', big))
      .run(5_000)
    expect(cluster.pod('p')?.spec.nodeName).toBeUndefined()
    cluster.change('Pod', 'a', remove)
    cluster.run(100)
    expect(cluster.pod('p')?.spec.nodeName).toBe('n1')
  })
  it('waits out the back-off until the next whole second (SCH-7.1, SCH-7.3), since 1.33 not while idle (SCH-7.10)', () => {
    const boundAfter = (version: KubernetesVersion) => {
      const cluster = new TestCluster(version)
        .add(makeNode('n1'))
        .add(makePod('a', { ...big, spec: { nodeName: 'n1' } }), makePod('p', big))
        .run(100)
      cluster.change('Pod', 'a', remove)
      for (let ms = 0; ms < 5_000; ms += 100) if (cluster.run(100).pod('p')?.spec.nodeName) return ms
      return undefined
    }
    expect(boundAfter('1.32')).toBe(1_900)
    expect(boundAfter('1.33')).toBe(0)
  })
  it('a taint that goes lets the pod in, a heartbeat changes nothing (SCH-7.6)', () => {
    const taints = [{ key: 'a', effect: 'NoSchedule' as const }]
    const cluster = new TestCluster('1.36').add(makeNode('n1', { taints })).add(makePod('p')).run(5_000)
    const attempts = () => [...cluster.state.queue.pods.values()].map((pod) => pod.attempts)
    cluster.change('Node', 'n1', (node) => ({ ...node, metadata: { ...node.metadata, annotations: { beat: '1' } } }))
    cluster.run(2_000)
    expect(attempts()).toEqual([1])
    cluster.change('Node', 'n1', () => makeNode('n1'))
    cluster.run(100)
    expect(cluster.pod('p')?.spec.nodeName).toBe('n1')
  })
  it('a new node helps pods that found none', () => {
    const cluster = new TestCluster('1.28').add(makePod('p')).run(5_000)
    expect(cluster.scheduled('p')).toBe('no nodes available to schedule pods')
    cluster.add(makeNode('n1')).run(100)
    expect(cluster.pod('p')?.spec.nodeName).toBe('n1')
  })
  it('without any node it is tried again after each back-off since 1.32, before that only when something happens (SCH-6.3, SCH-7.1)', () => {
    // back-offs of 1, 2, 4, 8 and 10 s, each up to the next whole second; an error is no reason to come out early (SCH-7.10)
    for (const [version, times] of [
      ['1.31', [0]],
      ['1.32', [0, 2, 5, 10, 19, 30]],
      ['1.36', [0, 2, 5, 10, 19, 30]],
    ] as const) {
      const cluster = new TestCluster(version).add(makePod('p'))
      const tried: number[] = []
      const count = () => [...cluster.state.queue.pods.values()].map(({ attempts, errors }) => errors || attempts)[0] ?? 0
      for (let second = 0, before = 0; second <= 35; second++) {
        cluster.run(second === 0 ? 500 : 1000)
        if (count() !== before) tried.push(second)
        before = count()
      }
      expect(tried, version).toEqual(times)
      cluster.add(makeNode('n1')).run(11_000)
      expect(cluster.pod('p')?.spec.nodeName).toBe('n1')
    }
  })
  it('errors are counted apart from rejections since 1.34 (SCH-7.1)', () => {
    for (const [version, counts] of [
      ['1.33', [3, 0]],
      ['1.34', [2, 1]],
    ] as const) {
      const taints = [{ key: 'a', effect: 'NoSchedule' as const }]
      const cluster = new TestCluster(version)
        .add(makeNode('n1', { cpu: '1', taints }))
        .add(makePod('p', big))
        .run(5_000)
      cluster.change('Node', 'n1', () => makeNode('n1', { cpu: '1' }))
      cluster.run(5_000)
      // rejected for its taint, then for its size; now nothing is left that could reject it
      cluster.change('Node', 'n1', remove)
      cluster.run(330_000 - 10_000 - 1)
      for (let ms = 0; ms < 60_000 && [...cluster.state.queue.pods.values()][0]?.plugins.length; ms += 500) cluster.run(500)
      const { attempts, errors } = [...cluster.state.queue.pods.values()][0] as { attempts: number; errors: number }
      expect([attempts, errors], version).toEqual(counts)
    }
  })
  it('an update of the pending pod: any before 1.32, since then one that helps against those who rejected it (SCH-7.8)', () => {
    const tries = (version: KubernetesVersion, change: (pod: Pod) => Pod) => {
      const cluster = new TestCluster(version)
        .add(makeNode('n1', { taints: [{ key: 'a', effect: 'NoSchedule' }] }))
        .add(makePod('p'))
        .run(5_000)
      cluster.change('Pod', 'p', (pod) => change(pod as Pod))
      cluster.run(100)
      return cluster.pod('p')?.spec.nodeName ?? [...cluster.state.queue.pods.values()][0]?.attempts
    }
    const annotated = (pod: Pod): Pod => ({ ...pod, metadata: { ...pod.metadata, annotations: { a: 'b' } } })
    const tolerant = (pod: Pod): Pod => ({ ...pod, spec: { ...pod.spec, tolerations: [{ key: 'a', operator: 'Exists' }] } })
    expect([tries('1.31', annotated), tries('1.31', tolerant)]).toEqual([2, 'n1'])
    expect([tries('1.32', annotated), tries('1.32', tolerant)]).toEqual([1, 'n1'])
  })
  it('deleting the pending pod ends it (SCH-7.8)', () => {
    const cluster = new TestCluster().add(makePod('p')).run(100)
    cluster.change('Pod', 'p', remove)
    cluster.run(100)
    expect(cluster.state.queue.pods.size).toBe(0)
  })
})

describe('preemption (SCH-8, TL-8)', () => {
  const web = makePod('web', { ...big, spec: { nodeName: 'n1', priority: 0 }, status: { phase: 'Running' } })
  const agent = (priority: number) => makePod('agent', { ...big, spec: { priority, affinity: pinnedTo('n1') } })
  const full = (version: KubernetesVersion) => new TestCluster(version).add(makeNode('n0'), makeNode('n1'), makeNode('n2')).add(web)
  it('a priority-0 daemon pod stays Pending (SCH-8.7)', () => {
    const cluster = full('1.36').add(agent(0)).run(5_000)
    expect(cluster.scheduled('agent')).toContain('1 No preemption victims found for incoming pod')
    expect(cluster.pod('web')?.metadata.deletionTimestamp).toBeUndefined()
  })
  it.each<[KubernetesVersion, string]>([
    ['1.23', 'Preempted by default/agent on node n1'],
    ['1.28', 'Preempted by a pod on node n1'],
    ['1.36', 'Preempted by pod uid-agent on node n1'],
  ])('%s: a critical one takes its place', (version, message) => {
    const cluster = full(version).add(agent(2_000_001_000)).run(5_000)
    expect(cluster.events('Preempted')).toMatchObject([{ message, action: 'Preempting', type: 'Normal' }])
    const condition = cluster.pod('web')?.status.conditions?.find((c) => c.type === 'DisruptionTarget')
    expect(condition?.message).toBe(version === '1.23' ? undefined : 'default-scheduler: preempting to accommodate a higher priority pod')
    expect(cluster.pod('web')?.metadata.deletionTimestamp).toBeDefined()
    expect(cluster.pod('agent')?.status.nominatedNodeName).toBe('n1')
    expect(cluster.scheduled('agent')).not.toContain('preemption:')
    cluster.change('Pod', 'web', remove)
    cluster.run(11_000)
    expect(cluster.pod('agent')?.spec.nodeName).toBe('n1')
  })
  it('while the victim terminates it says so when asked again', () => {
    const cluster = full('1.31').add(agent(10)).run(5_000)
    cluster.change('Pod', 'agent', (pod) => ({ ...pod, metadata: { ...pod.metadata, labels: { a: 'b' } } }))
    cluster.run(5_000)
    expect(cluster.scheduled('agent')).toContain('preemption: not eligible due to a terminating pod on the nominated node.')
    expect(cluster.pod('agent')?.status.nominatedNodeName).toBe('n1')
  })
})

it('a restored scheduler goes on exactly as the first one did', () => {
  const cluster = new TestCluster('1.32', 5).add(makeNode('n0'), makeNode('n1'), makeNode('n2'))
  for (let i = 0; i < 20; i++) cluster.add(makePod(`p${i}`, { requests: { cpu: '400m' } }))
  cluster.run(8)
  const { state } = cluster.core
  const copy = { ...cloneState({ ...state, tables: undefined, journal: state.journal }), tables: copyTables(state.tables) } as typeof state
  const finish = () => {
    cluster.run(500)
    cluster.change('Pod', 'p0', remove)
    cluster.run(20_000)
    return [...cluster.core.state.tables.Pod.values()].map((pod) => [pod.metadata.name, pod.spec.nodeName, pod.metadata.resourceVersion])
  }
  const first = finish()
  cluster.restore(copy)
  expect(finish()).toEqual(first)
  expect(first.filter(([, node]) => node)).toHaveLength(15)
})

it('explainPending gives every filter’s verdict on every node', () => {
  const cluster = new TestCluster()
    .add(makeNode('n0', { unschedulable: true, cpu: '1' }), makeNode('n1'))
    .add(makePod('p', { ...big, spec: { affinity: pinnedTo('n0') } }))
  const [n0, n1] = explainPending(cluster.api, '1.36', cluster.pod('p') as Pod)
  expect(n0).toMatchObject({ node: 'n0', fits: false, considered: true })
  expect(n0?.filters.flatMap(({ plugin, failure }) => (failure ? [plugin] : []))).toEqual(['NodeUnschedulable', 'NodeResourcesFit'])
  expect(n1).toMatchObject({ node: 'n1', considered: false })
  expect(n1?.filters.flatMap(({ plugin, failure }) => (failure ? [plugin] : []))).toEqual(['NodeAffinity'])
})
