/** How pods end on their nodes, and how what ended comes to run again: deletes, machines that restart, sidecars, init containers. */
import { describe, expect, test } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { clusterWith, type FleetTestCluster, first, phase } from './fleet-test-cluster.ts'

const clusterOf = (...args: ConstructorParameters<typeof FleetTestCluster>) => clusterWith([{ name: 'n1', cpu: '1' }], ...args)

test('KL-8.1, API-2.5: what is deleted without grace and held by a finalizer is stopped all the same, and ends', () => {
  for (const [version, end] of [
    ['1.26', 'Running'],
    ['1.36', 'Succeeded'],
  ] as const) {
    const c = clusterOf(version)
    const { metadata, ...pod } = c.createPod('p', 'n1')
    c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
    c.runFor(5000)
    expect(first(c)?.state.running, version).toBeDefined()
    c.api.delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 })
    c.runFor(3000)
    expect(c.events('p').filter((text) => text.startsWith('Killing'))).toEqual(['Killing: Stopping container c'])
    expect([first(c)?.state.terminated?.exitCode, c.podIs('p'), phase(c)]).toEqual([0, 'False', end])
    c.runFor(60_000)
    expect(c.events('p').filter((text) => text.startsWith('Killing'))).toEqual(['Killing: Stopping container c'])
    const held = c.pod('p') as Pod
    c.api.update('Pod', { ...held, metadata: { ...held.metadata, finalizers: [] } })
    expect(c.pod('p')).toBeUndefined()
  }
})

describe('KL-8.3, KL-2.5: at a deleted pod’s end all its containers are told as terminated', () => {
  /** The pod as it is left when a finalizer holds it. */
  const endOf = (version: '1.23' | '1.36', spec: Partial<Pod['spec']>, before: (c: FleetTestCluster) => void) => {
    const c = clusterOf(version)
    const { metadata, ...pod } = c.createPod('p', 'n1', spec)
    c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
    before(c)
    c.api.delete('Pod', 'default', 'p')
    c.runFor(3000)
    return c
  }

  test.each([
    ['1.23', 'Running'],
    ['1.36', 'Failed'],
  ] as const)('%s: one that waited for its restart is at its last end: %s', (version, end) => {
    const c = endOf(version, {}, (c) => {
      c.fault({ crashingImages: { images: ['c:v1'], afterSeconds: 1, exitCode: 3 } })
      c.runFor(9000)
      expect(first(c)?.state.waiting?.reason).toBe('CrashLoopBackOff')
    })
    expect(first(c)).toMatchObject({ state: { terminated: { exitCode: 3, reason: 'Error' } }, lastState: {}, restartCount: 1 })
    expect(phase(c)).toBe(end)
  })

  test.each([
    ['1.23', 'Pending'],
    ['1.36', 'Failed'],
  ] as const)('%s: of one that never ran nobody knows: %s', (version, end) => {
    const c = endOf(version, {}, (c) => {
      c.fault({ brokenImages: ['c:v1'] })
      c.runFor(9000)
    })
    const message = 'The container could not be located when the pod was terminated'
    expect(first(c)?.state).toEqual({
      terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message, startedAt: null, finishedAt: null },
    })
    expect(phase(c)).toBe(end)
  })

  test('one whose turn had not come yet still waits', () => {
    const c = endOf('1.36', { initContainers: [{ name: 'i', image: 'i:v1' }] }, (c) => {
      c.fault({ brokenImages: ['i:v1'] })
      c.runFor(9000)
    })
    expect([first(c)?.state.waiting?.reason, phase(c)]).toEqual(['PodInitializing', 'Failed'])
  })
})

describe('a deleted pod whose containers end unseen', () => {
  const killings = (c: FleetTestCluster) => c.events('p').filter((text) => text.startsWith('Killing'))
  const deleted = () => {
    const c = clusterOf()
    const { metadata, ...pod } = c.createPod('p', 'n1')
    c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
    c.runFor(10_000)
    c.api.delete('Pod', 'default', 'p')
    c.runFor(300)
    return c
  }

  test('KL-8.5, NL-9.5: its kubelet stops meanwhile; back again it finds them ended and kills nothing', () => {
    const c = deleted()
    const endsMs = c.core.epochNow()
    c.fault({ fail: 'n1' })
    c.runFor(15_000)
    expect(first(c)?.state.running).toBeDefined()
    c.fault({ recover: 'n1' })
    c.runFor(3000)
    expect(killings(c)).toEqual(['Killing: Stopping container c'])
    expect(phase(c)).toBe('Succeeded')
    expect(Date.parse(first(c)?.state.terminated?.finishedAt ?? '') - endsMs).toBeLessThan(2000)
  })

  test('KL-8.1: a delete that a starting kubelet sees before it has gone through its pods is carried out once', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    c.runFor(5000)
    c.fault({ fail: 'n1' })
    c.runFor(5000)
    c.fault({ recover: 'n1' })
    c.runFor(200)
    c.api.delete('Pod', 'default', 'p')
    c.runFor(3000)
    expect([c.pod('p'), killings(c)]).toEqual([undefined, ['Killing: Stopping container c']])
  })

  test('KL-8.5, API-2.5: one that ended before is told as ended with its pod, too, when that is held', () => {
    const c = clusterOf()
    const { metadata, ...pod } = c.createPod('p', 'n1')
    c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
    c.runFor(5000)
    c.fault({ fail: 'n1' })
    c.fault({ crash: { pod: 'p', exitCode: 4 } })
    c.api.delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 })
    c.fault({ recover: 'n1' })
    c.fault({ probeFails: { pod: 'p', probe: 'readiness' } })
    c.runFor(5000)
    expect([first(c)?.state.terminated?.exitCode, phase(c)]).toEqual([4, 'Failed'])
  })

  test('KL-8.7: its machine restarts meanwhile, and took them along', () => {
    const c = deleted()
    c.fault({ reboot: 'n1' })
    c.runFor(3000)
    expect(killings(c)).toEqual(['Killing: Stopping container c'])
    expect([first(c)?.state.terminated, phase(c)]).toMatchObject([{ exitCode: 255, reason: 'Unknown' }, 'Failed'])
  })
})

describe('KL-8.1, KL-2.3: a pod that somebody else has ended', () => {
  /** The pod as PodGC leaves one that a finalizer holds (NL-7.5). */
  const ended = (before: (c: FleetTestCluster) => void, spec?: Partial<Pod['spec']>) => {
    const c = clusterOf()
    const { metadata, ...pod } = c.createPod('p', 'n1', spec)
    c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
    before(c)
    const found = c.pod('p') as Pod
    c.api.updateStatus('Pod', found, { ...found.status, phase: 'Failed', message: 'gone' })
    return c
  }
  const killings = (c: FleetTestCluster) => c.events('p').filter((text) => text.startsWith('Killing'))
  const readiness = (c: FleetTestCluster) => c.pod('p')?.status.conditions?.find(({ type }) => type === 'Ready')

  test.each([true, false])('is stopped by its kubelet, which tells how its containers ended; the phase stays (deleted, too: %s)', (deleted) => {
    const c = ended((c) => c.runFor(5000))
    if (deleted) c.api.delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 })
    c.runFor(100)
    expect([first(c)?.state.running !== undefined, readiness(c)]).toMatchObject([true, { status: 'False', reason: 'PodFailed' }])
    expect(c.podIs('p', 'PodReadyToStartContainers')).toBe('True')
    c.runFor(60_000)
    expect([first(c)?.state.terminated?.exitCode, phase(c), c.pod('p')?.status.message]).toEqual([0, 'Failed', 'gone'])
    expect(c.podIs('p', 'PodReadyToStartContainers')).toBe('False')
    expect(killings(c)).toEqual(['Killing: Stopping container c'])
    expect(c.core.peek()).toBeUndefined()
  })

  test('gets no container any more that was about to start', () => {
    const c = ended((c) => c.runFor(1100))
    expect(first(c)?.state.waiting).toBeDefined()
    c.runFor(60_000)
    expect([first(c)?.state.terminated?.reason, phase(c)]).toEqual(['ContainerStatusUnknown', 'Failed'])
  })

  test('KL-8.5: while its kubelet is away nobody tells; that does it when it is back', () => {
    const c = ended((c) => {
      c.runFor(5000)
      c.fault({ fail: 'n1' })
    })
    c.runFor(60_000)
    expect(first(c)?.state.running).toBeDefined()
    c.fault({ recover: 'n1' })
    c.runFor(5000)
    expect(first(c)?.state.terminated?.exitCode).toBe(0)
  })

  test.each(['add', 'reboot'])('is told as ended by the kubelet of a machine on which it does not run (%s)', (how) => {
    const c = ended((c) => {
      c.runFor(5000)
      c.fault({ fail: 'n1' })
    })
    c.fault(how === 'add' ? { add: { name: 'n1' } } : { reboot: 'n1' })
    c.runFor(5000)
    expect([first(c)?.state.terminated?.exitCode, killings(c)]).toEqual([how === 'add' ? 137 : 255, []])
  })

  test('starts no container because its image is changed (KL-5.1)', () => {
    const c = ended((c) => {
      c.fault({ brokenImages: ['c:v1'] })
      c.runFor(9000)
    })
    const { spec, ...pod } = c.pod('p') as Pod
    c.api.update('Pod', { ...pod, spec: { ...spec, containers: spec.containers.map((container) => ({ ...container, image: 'c:v2' })) } })
    c.runFor(60_000)
    expect(first(c)?.state.running).toBeUndefined()
    expect(c.core.peek()).toBeUndefined()
  })
})

test('KL-10.4: of an evicted pod no container waits any more', () => {
  const c = clusterOf()
  c.createPod('p', 'n1')
  c.fault({ crashingImages: { images: ['c:v1'], afterSeconds: 1, exitCode: 3 } })
  c.runFor(9000)
  expect(first(c)?.state.waiting?.reason).toBe('CrashLoopBackOff')
  c.fault({ evict: { name: 'n1' } })
  expect([first(c)?.state.terminated?.exitCode, phase(c)]).toEqual([3, 'Failed'])
})

describe('a sidecar that ends while the others run', () => {
  const withSidecar = () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { initContainers: [{ name: 's', image: 's:v1', restartPolicy: 'Always' }], containers: [{ name: 'c', image: 'c:v1' }] })
    c.runFor(8000)
    return c
  }

  test('KL-2.1, KL-3.2, KL-3.3: leaves the pod Running and Initialized, but not Ready, until it runs again', () => {
    const c = withSidecar()
    const picture = () => [phase(c), c.podIs('p', 'Initialized'), c.podIs('p')]
    expect(picture()).toEqual(['Running', 'True', 'True'])
    c.fault({ crash: { pod: 'p', container: 's' } })
    expect(picture()).toEqual(['Running', 'True', 'False'])
    expect(c.pod('p')?.status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [s]',
    })
    c.runFor(3000)
    expect(picture()).toEqual(['Running', 'True', 'True'])
  })

  test('KL-3.2: at the end of its pod it has not become incomplete', () => {
    const c = withSidecar()
    const { metadata, ...pod } = c.pod('p') as Pod
    c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
    c.api.delete('Pod', 'default', 'p')
    c.runFor(5000)
    expect(c.pod('p')?.status.conditions?.find(({ type }) => type === 'Initialized')).toMatchObject({ status: 'True', reason: 'PodCompleted' })
  })
})

test('KL-8.7, KL-4.1: after a reboot an init container that waits for its turn is not ready', () => {
  const c = clusterOf()
  c.createPod('p', 'n1', { initContainers: [{ name: 'i', image: 'i:v1' }] })
  c.runFor(8000)
  const init = () => c.pod('p')?.status.initContainerStatuses?.[0]
  expect(init()).toMatchObject({ ready: true, state: { terminated: { exitCode: 0 } } })
  c.fault({ reboot: 'n1' })
  c.runFor(700)
  expect(init()).toMatchObject({ ready: false, state: { waiting: { reason: 'PodInitializing' } } })
})

describe('KL-1.2: when what comes before is done, the next container starts', () => {
  const sleepy = { name: 'i', image: 'i:v1' }

  test('a sidecar has started when its startup probe has succeeded (KL-7.3)', () => {
    const c = clusterOf()
    const startupProbe = { exec: { command: ['x'] }, initialDelaySeconds: 5, periodSeconds: 5 }
    c.createPod('p', 'n1', {
      initContainers: [{ name: 's', image: 's:v1', restartPolicy: 'Always', startupProbe }],
      containers: [{ name: 'c', image: 'c:v1' }],
    })
    c.runFor(5000)
    expect([first(c)?.state.waiting?.reason, phase(c)]).toEqual(['PodInitializing', 'Pending'])
    c.runFor(4000)
    expect([first(c)?.ready, phase(c)]).toEqual([true, 'Running'])
  })

  test.each(['crashing', 'crash'])('an init container has ended well, however (%s)', (how) => {
    const c = clusterOf()
    if (how === 'crashing') c.fault({ crashingImages: { images: ['i:v1'], afterSeconds: 0.1, exitCode: 0 } })
    c.createPod('p', 'n1', { initContainers: [sleepy] })
    c.runFor(1600)
    if (how === 'crash') c.fault({ crash: { pod: 'p', container: 'i', exitCode: 0 } })
    c.runFor(3000)
    expect([c.pod('p')?.status.initContainerStatuses?.[0]?.restartCount, phase(c)]).toEqual([0, 'Running'])
  })

  test('its kubelet was away when it ended: then when that is back (KL-8.5)', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { initContainers: [sleepy] })
    c.runFor(1600)
    c.fault({ fail: 'n1' })
    c.runFor(20_000)
    c.fault({ recover: 'n1' })
    c.runFor(3000)
    const { state, restartCount } = c.pod('p')?.status.initContainerStatuses?.[0] ?? {}
    expect([restartCount, phase(c)]).toEqual([0, 'Running'])
    const { startedAt, finishedAt } = state?.terminated ?? {}
    expect(Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')).toBeLessThan(2000)
  })
})

test('KL-8.7: a kubelet that stops again right after a reboot starts its pods when it is back, whatever happens to them meanwhile', () => {
  const c = clusterOf()
  c.createPod('p', 'n1')
  c.runFor(5000)
  c.fault({ reboot: 'n1' })
  c.fault({ fail: 'n1' })
  c.fault({ crash: { pod: 'p' } })
  c.runFor(10_000)
  c.fault({ recover: 'n1' })
  c.runFor(5000)
  expect([first(c)?.restartCount, c.podIs('p')]).toEqual([1, 'True'])
})

test('a pod whose end was under way when its machine was replaced ends on the new one (NL-9.5)', () => {
  const c = clusterOf()
  c.createPod('p', 'n1')
  c.runFor(10_000)
  c.api.delete('Pod', 'default', 'p')
  c.runFor(50)
  c.fault({ fail: 'n1' })
  c.runFor(5000)
  c.fault({ add: { name: 'n1' } })
  c.runFor(120_000)
  expect(c.pod('p')).toBeUndefined()
})
