/** A pod's life by the rules' names: phases, states of containers, ends and rejections. */
import { describe, expect, test } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { clusterWith, FleetTestCluster, first, phase } from './fleet-test-cluster.ts'
import { kubeletProfiles } from './profile.ts'

const clusterOf = (...args: ConstructorParameters<typeof FleetTestCluster>) => clusterWith([{ name: 'n1', cpu: '1' }], ...args)

describe('states of a container (KL-4.1, KL-4.2)', () => {
  test('waiting, running, and what was before it: lastState has the end of the previous one', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    c.runFor(100)
    expect(first(c)).toMatchObject({
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: {},
      restartCount: 0,
      ready: false,
      started: false,
    })
    c.runFor(5000)
    const running = first(c)
    expect(running).toMatchObject({ lastState: {}, restartCount: 0, ready: true, started: true })
    expect(Object.keys(running?.state ?? {})).toEqual(['running'])
    c.fault({ crash: { pod: 'p', exitCode: 3 } })
    c.runFor(3000)
    expect(first(c)).toMatchObject({
      state: { running: {} },
      lastState: { terminated: { exitCode: 3, reason: 'Error', startedAt: running?.state.running?.startedAt } },
      restartCount: 1,
    })
  })

  test('KL-2.3: reason and message stay as long as the phase they speak of', () => {
    const c = clusterOf()
    c.fault({ brokenImages: ['c'] })
    c.createPod('p', 'n1')
    c.runFor(5000)
    const pod = c.pod('p') as Pod
    c.api.updateStatus('Pod', pod, { ...pod.status, reason: 'Test', message: 'by hand' })
    c.runFor(30_000)
    expect(c.pod('p')?.status).toMatchObject({ phase: 'Pending', reason: 'Test', message: 'by hand' })
    c.fault({ brokenImages: [] })
    c.runFor(400_000)
    const { phase: after, ...status } = c.pod('p')?.status ?? {}
    expect([after, 'reason' in status, 'message' in status]).toEqual(['Running', false, false])
  })

  test('started waits for the startup probe, ready for the readiness probe', () => {
    const c = clusterOf()
    const probe = { httpGet: { path: '/', port: 80 }, periodSeconds: 5 }
    c.createPod('p', 'n1', {
      containers: [
        { name: 'c', image: 'c:v1', startupProbe: { ...probe, initialDelaySeconds: 10 }, readinessProbe: { ...probe, periodSeconds: 10 } },
      ],
    })
    c.runFor(6000)
    expect(first(c)).toMatchObject({ state: { running: {} }, started: false, ready: false })
    c.runFor(25_000)
    expect(first(c)).toMatchObject({ started: true, ready: true })
  })
})

test('KL-1.5: each stage takes the time of the profile: sandbox, pull (none when the image is there), start', () => {
  const profile = { ...kubeletProfiles.believable, sandboxMs: 1000, pullMs: 2000, startMs: 500, jitter: 0 }
  const c = new FleetTestCluster('1.36', profile)
  c.fault({ add: { name: 'n1' } })
  c.runUntil(10_000)
  const readyAfter = (name: string) => {
    const from = c.nowMs
    c.createPod(name, 'n1')
    while (c.podIs(name) !== 'True' && c.nowMs < from + 20_000) c.runFor(10)
    return c.nowMs - from
  }
  expect(readyAfter('p')).toBeCloseTo(3500, -2)
  expect(readyAfter('q')).toBeCloseTo(1500, -2)
})

describe('phases', () => {
  test('KL-2.2: what crashes again and again is Running', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    for (let i = 0; i < 2; i++) {
      c.runFor(5000)
      c.fault({ crash: { pod: 'p' } })
    }
    c.runFor(4000)
    expect([phase(c), first(c)?.state.waiting?.reason]).toEqual(['Running', 'CrashLoopBackOff'])
  })

  test('KL-2.4: what a daemon pod may do never makes it Failed; its kubelet can', () => {
    const c = clusterOf()
    for (const name of ['p', 'q']) c.createPod(name, 'n1', { restartPolicy: 'Always' })
    c.runFor(5000)
    for (const exitCode of [0, 1, 137, 0]) {
      c.fault({ crash: { pod: 'p', exitCode } })
      c.runFor(3000)
      expect(phase(c)).toBe('Running')
    }
    c.fault({ podFails: { name: 'n1', pod: 'q', reason: 'Evicted', message: 'gone' } })
    expect(c.pod('q')?.status.phase).toBe('Failed')
  })

  test('KL-2.3: a pod that failed stays so: its kubelet starts nothing and writes nothing any more', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    c.runFor(5000)
    c.fault({ podFails: { name: 'n1', pod: 'p', reason: 'Evicted', message: 'gone' } })
    c.runFor(1000)
    expect(phase(c)).toBe('Failed')
    const stored = c.pod('p')
    c.fault({ fail: 'n1' })
    c.runFor(5000)
    c.fault({ recover: 'n1' })
    c.runFor(60_000)
    expect(c.pod('p')).toBe(stored)
  })
})

test('KL-3.3: readiness gates: the pod is Ready when all are True; of each other one it says why', () => {
  const c = clusterOf()
  c.createPod('p', 'n1', { readinessGates: [{ conditionType: 'example.com/a' }, { conditionType: 'example.com/b' }] })
  c.runFor(5000)
  const shown = () => {
    const { status, reason, message } = c.pod('p')?.status.conditions?.find((x) => x.type === 'Ready') ?? {}
    return [status, reason, message, c.podIs('p', 'ContainersReady')]
  }
  const absent = (gate: string) => `corresponding condition of pod readiness gate "example.com/${gate}" does not exist.`
  expect(shown()).toEqual(['False', 'ReadinessGatesNotReady', `${absent('a')}, ${absent('b')}`, 'True'])
  const set = (gate: string, status: 'True' | 'False' | 'Unknown') => {
    const pod = c.pod('p') as Pod
    const others = pod.status.conditions?.filter((x) => x.type !== `example.com/${gate}`) ?? []
    c.api.updateStatus('Pod', pod, { ...pod.status, conditions: [...others, { type: `example.com/${gate}`, status }] })
    c.runFor(1000)
  }
  set('a', 'True')
  set('b', 'Unknown')
  expect(shown()).toEqual(['False', 'ReadinessGatesNotReady', 'the status of pod readiness gate "example.com/b" is not "True", but Unknown', 'True'])
  set('b', 'True')
  expect(shown()).toEqual(['True', undefined, undefined, 'True'])
  set('a', 'False')
  expect(shown()[0]).toBe('False')
  // nothing of that is seen while the kubelet does not run
  c.fault({ fail: 'n1' })
  set('a', 'True')
  expect(shown()[0]).toBe('False')
  c.fault({ recover: 'n1' })
  c.runFor(5000)
  expect(shown()[0]).toBe('True')
})

test('KL-6.3: an image that was pulled well in between has not made good its failures: the third costs 40 s', () => {
  const c = clusterOf()
  const pulls = () => c.events('p').find((e) => e.startsWith('Pulling'))
  c.fault({ brokenImages: ['bad'] })
  c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'bad:v1', imagePullPolicy: 'Always' }] })
  // it fails at once and after 10 s, and is pulled well 20 s later
  c.runFor(15_000)
  c.fault({ brokenImages: [] })
  c.runFor(25_000)
  expect([first(c)?.ready, pulls()]).toEqual([true, 'Pulling: Pulling image "bad:v1" x3'])
  c.fault({ brokenImages: ['bad'] })
  c.fault({ crash: { pod: 'p' } })
  c.runFor(35_000)
  expect([first(c)?.state.waiting?.reason, pulls()]).toEqual(['ImagePullBackOff', 'Pulling: Pulling image "bad:v1" x4'])
  c.runFor(10_000)
  expect(pulls()).toBe('Pulling: Pulling image "bad:v1" x5')
})

test('KL-6.1: two containers of a pod with one image share its back-off', () => {
  const c = clusterOf()
  c.fault({ brokenImages: ['bad'] })
  c.createPod('p', 'n1', { containers: ['c', 'd'].map((name) => ({ name, image: 'bad:v1' })) })
  c.runFor(9000)
  expect(c.pod('p')?.status.containerStatuses?.map((s) => s.state.waiting?.reason)).toEqual(['ImagePullBackOff', 'ImagePullBackOff'])
  expect(c.events('p').filter((e) => e.startsWith('Pulling'))).toEqual(['Pulling: Pulling image "bad:v1"'])
  c.fault({ brokenImages: [] })
  c.runFor(10_000)
  expect(c.podIs('p')).toBe('True')
})

describe('the end (KL-8)', () => {
  test('KL-8.1, KL-8.3: stopped first, gone about a second later, all within the grace period', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { terminationGracePeriodSeconds: 30 })
    c.runFor(5000)
    c.api.delete('Pod', 'default', 'p', {})
    c.runFor(500)
    expect(c.events('p').filter((e) => e.startsWith('Killing'))).toEqual(['Killing: Stopping container c'])
    expect(c.pod('p')?.metadata.deletionTimestamp).toBeDefined()
    c.runFor(31_500)
    expect(c.pod('p')).toBeUndefined()
  })
})

describe('admission (KL-9)', () => {
  const big = { containers: [{ name: 'c', image: 'c:v1', resources: { requests: { cpu: '700m' } } }] }

  test.each([
    ['1.23', "Pod Node didn't have enough resource: cpu, requested: 700, used: 700, capacity: 1000"],
    ['1.36', "Pod was rejected: Node didn't have enough resource: cpu, requested: 700, used: 700, capacity: 1000"],
  ] as const)('KL-9.1, KL-9.3: once, when the kubelet first sees the pod; in %s it says so', (version, message) => {
    const c = clusterOf(version)
    c.createPod('other', 'n1', big)
    c.runFor(5000)
    c.createPod('p', 'n1', big)
    c.runFor(1000)
    expect(c.pod('p')?.status).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu', message })
    expect(c.events('p')).toEqual([`OutOfcpu: ${message.replace(/^Pod (was rejected: )?/, '')}`])
    // room that comes later is no reason to think again
    c.api.delete('Pod', 'default', 'other', {})
    c.runFor(60_000)
    expect(phase(c)).toBe('Failed')
  })

  test('KL-9.1: and for all pods when the kubelet starts again', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { tolerations: [] })
    c.runFor(5000)
    c.fault({ condition: { name: 'n1', set: { DiskPressure: true } } })
    c.fault({ fail: 'n1' })
    c.runFor(1000)
    c.fault({ recover: 'n1' })
    c.runFor(1000)
    expect(c.pod('p')?.status).toMatchObject({ phase: 'Failed', reason: 'Evicted' })
  })
})
