import { describe, expect, test } from 'vitest'
import type { Container, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { clusterWith, FleetTestCluster } from './fleet-test-cluster.ts'
import { kubeletProfiles } from './profile.ts'

const clusterOf = (version?: KubernetesVersion, profile?: 'believable' | 'stand-in') =>
  clusterWith([{ name: 'n1' }, { name: 'n2' }], version, profile)

const conditionsOf = (c: FleetTestCluster, name: string) =>
  c.pod(name)?.status.conditions?.map((x) => [x.type, x.status, x.reason].filter(Boolean).join(' '))
const stateOf = (c: FleetTestCluster, name: string) => {
  const state = c.pod(name)?.status.containerStatuses?.[0]?.state
  return state?.waiting?.reason ?? state?.terminated?.reason ?? (state?.running && 'Running')
}

describe('starting a pod', () => {
  test('KL-1.1, KL-1.3, KL-3.1: accepted, then running and ready, in two writes and four events', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    c.runFor(10)
    expect(c.pod('p')?.status).toMatchObject({ phase: 'Pending', startTime: '2026-01-01T00:00:10Z', hostIP: '172.18.0.2' })
    expect(stateOf(c, 'p')).toBe('ContainerCreating')
    expect(conditionsOf(c, 'p')).toEqual([
      'PodReadyToStartContainers False',
      'Initialized True',
      'Ready False ContainersNotReady',
      'ContainersReady False ContainersNotReady',
      'PodScheduled True',
    ])
    c.runFor(2000)
    expect(conditionsOf(c, 'p')).toEqual([
      'PodReadyToStartContainers True',
      'Initialized True',
      'Ready True',
      'ContainersReady True',
      'PodScheduled True',
    ])
    expect(c.core.state.journal.entries.filter((e) => e.by === 'kubelet' && e.name === 'p')).toHaveLength(2)
    expect(c.events('p').map((e) => e.split(':')[0])).toEqual(['Pulling', 'Pulled', 'Created', 'Started'])
    c.createPod('q', 'n1')
    c.runFor(2000)
    expect(c.events('q')[0]).toBe('Pulled: Container image "c:v1" already present on machine and can be accessed by the pod')
  })

  test('KL-12: the texts of 1.23', () => {
    const c = clusterOf('1.23')
    c.createPod('p', 'n1')
    c.runFor(2000)
    expect(c.events('p')).toEqual([
      'Pulling: Pulling image "c:v1"',
      'Pulled: Successfully pulled image "c:v1" in 900ms',
      'Created: Created container c',
      'Started: Started container c',
    ])
    expect(conditionsOf(c, 'p')).toEqual(['Initialized True', 'Ready True', 'ContainersReady True', 'PodScheduled True'])
    expect(c.pod('p')?.status.hostIPs).toBeUndefined()
  })

  test('KL-1.2, KL-3.2: init containers come first, one after the other', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', {
      initContainers: [
        { name: 'a', image: 'a:v1' },
        { name: 'b', image: 'b:v1' },
      ],
      containers: [{ name: 'c', image: 'c:v1' }],
    })
    c.runFor(10)
    const initialized = c.pod('p')?.status.conditions?.find((x) => x.type === 'Initialized')
    expect(initialized).toMatchObject({ status: 'False', reason: 'ContainersNotInitialized', message: 'containers with incomplete status: [a b]' })
    expect(stateOf(c, 'p')).toBe('PodInitializing')
    c.runFor(20_000)
    expect(c.pod('p')?.status.phase).toBe('Running')
    expect(c.podIs('p')).toBe('True')
    expect(c.pod('p')?.status.initContainerStatuses?.map((s) => [s.state.terminated?.reason, s.ready])).toEqual([
      ['Completed', true],
      ['Completed', true],
    ])
  })

  test('KL-7: a readiness probe: first due at its initial delay, on the period grid', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'c:v1', readinessProbe: { initialDelaySeconds: 12, periodSeconds: 5 } }] })
    c.runFor(2000)
    expect(stateOf(c, 'p')).toBe('Running')
    expect(c.podIs('p')).toBe('False')
    c.runFor(13_000)
    expect(c.podIs('p')).toBe('False')
    c.runFor(2000)
    expect(c.podIs('p')).toBe('True')
  })

  test('KL-12.9: without a network only hostNetwork pods start', () => {
    const c = clusterOf()
    c.fault({ condition: { name: 'n1', set: { NotReady: true } } })
    c.createPod('p', 'n1', { tolerations: [{ operator: 'Exists' }] })
    c.createPod('host', 'n1', { hostNetwork: true, tolerations: [{ operator: 'Exists' }] })
    c.runFor(5000)
    expect(stateOf(c, 'p')).toBe('ContainerCreating')
    expect(c.podIs('host')).toBe('True')
    c.fault({ condition: { name: 'n1', set: { NotReady: false } } })
    c.runFor(5000)
    expect(c.podIs('p')).toBe('True')
  })
})

describe('images that cannot be pulled (KL-6)', () => {
  test('ErrImagePull, then back-off of 10, 20, 40 s; it starts when the image is mended', () => {
    const c = clusterOf()
    c.fault({ brokenImages: ['broken'] })
    c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'c:broken' }] })
    c.runFor(1500)
    expect(stateOf(c, 'p')).toBe('ErrImagePull')
    c.runFor(1500)
    expect(stateOf(c, 'p')).toBe('ImagePullBackOff')
    expect(c.pod('p')?.status.phase).toBe('Pending')
    const pulls = () => c.api.list('Event').find((e) => e.reason === 'Pulling')?.count
    c.runFor(100_000)
    expect(pulls()).toBe(4)
    c.fault({ brokenImages: [] })
    c.runFor(80_000)
    expect(c.podIs('p')).toBe('True')
  })

  test('KL-1.2: the next container does not wait for it', () => {
    const c = clusterOf()
    c.fault({ brokenImages: ['broken'] })
    c.createPod('p', 'n1', {
      containers: [
        { name: 'bad', image: 'c:broken' },
        { name: 'good', image: 'c:v1' },
      ],
    })
    c.runFor(5000)
    expect(c.pod('p')?.status.containerStatuses?.[1]?.state.running).toBeDefined()
    expect(c.pod('p')?.status.phase).toBe('Pending')
  })
})

describe('containers that end', () => {
  test.each(['1.23', '1.33', '1.36'] as const)(
    'TL-9, KL-5.3, KL-5.6, KL-5.8: a container that runs for 1 s: restarts at 1, 12, 33, 74, 155, 316, 617 s, also in %s',
    (version) => {
      const zero = { ...kubeletProfiles.believable, sandboxMs: 0, pullMs: 0, startMs: 0, noticeMs: 0, jitter: 0 }
      const c = new FleetTestCluster(version, zero)
      c.fault({ add: { name: 'n1' } })
      c.fault({ crashingImages: { images: ['crash'], afterSeconds: 1 } })
      c.runUntil(9998)
      c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'crash:v1' }] })
      const restarts: number[] = []
      let count = 0
      for (let at = 10_000; at < 700_000; at += 1000) {
        c.runUntil(at + 10)
        const now = c.pod('p')?.status.containerStatuses?.[0]?.restartCount ?? 0
        if (now > count) restarts.push((at - 10_000) / 1000)
        count = now
      }
      expect(restarts).toEqual([1, 12, 33, 74, 155, 316, 617])
    },
  )

  test('KL-5.4: CrashLoopBackOff and its message; phase stays Running (KL-2.2)', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    c.runFor(5000)
    c.fault({ crash: { pod: 'p' } })
    c.runFor(3000)
    expect(c.pod('p')?.status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
    c.fault({ crash: { pod: 'p' } })
    c.runFor(10)
    expect(stateOf(c, 'p')).toBe('Error')
    c.runFor(2000)
    const { status, metadata } = c.pod('p') ?? {}
    expect(status?.containerStatuses?.[0]?.state.waiting).toEqual({
      reason: 'CrashLoopBackOff',
      message: `back-off 10s restarting failed container=c pod=p_default(${metadata?.uid})`,
    })
    expect(status?.phase).toBe('Running')
    expect(c.podIs('p')).toBe('False')
    expect(c.events('p')).toContain(`BackOff: Back-off restarting failed container c in pod p_default(${metadata?.uid})`)
    c.runFor(10_000)
    expect(c.pod('p')?.status.containerStatuses?.[0]?.restartCount).toBe(2)
    expect(c.podIs('p')).toBe('True')
  })

  test.each([
    ['Always', 'Pending', 'CrashLoopBackOff'],
    ['Never', 'Failed', 'Error'],
  ] as const)('KL-5.9: an init container whose image crashes never does its work, restartPolicy %s', (restartPolicy, podPhase, reason) => {
    const c = clusterOf()
    c.fault({ crashingImages: { images: ['crash'], afterSeconds: 2 } })
    c.createPod('p', 'n1', { restartPolicy, initContainers: [{ name: 'i', image: 'crash:v1' }] })
    c.runFor(9000)
    const { phase, initContainerStatuses, containerStatuses } = c.pod('p')?.status ?? {}
    const { waiting, terminated } = initContainerStatuses?.[0]?.state ?? {}
    expect([phase, waiting?.reason ?? terminated?.reason, containerStatuses?.[0]?.state.waiting?.reason]).toEqual([
      podPhase,
      reason,
      'PodInitializing',
    ])
  })

  test('KL-2.1, KL-5.9: restartPolicy Never ends the pod', () => {
    const c = clusterOf()
    c.createPod('ok', 'n1', { restartPolicy: 'Never' })
    c.createPod('bad', 'n1', { restartPolicy: 'Never' })
    c.runFor(5000)
    c.fault({ crash: { pod: 'ok', exitCode: 0 } })
    c.fault({ crash: { pod: 'bad', exitCode: 3 } })
    c.runFor(1000)
    expect(c.pod('ok')?.status.phase).toBe('Succeeded')
    expect(c.pod('bad')?.status.phase).toBe('Failed')
    expect(c.pod('ok')?.status.conditions?.find((x) => x.type === 'Ready')?.reason).toBe('PodCompleted')
    // KL-3.3, KL-3.4
    expect(conditionsOf(c, 'bad')?.slice(0, 3)).toEqual(['PodReadyToStartContainers False', 'Initialized True', 'Ready False PodFailed'])
    // PR #110256, picked to 1.23.8
    const old = clusterOf('1.23')
    old.createPod('bad', 'n1', { restartPolicy: 'Never' })
    old.runFor(5000)
    old.fault({ crash: { pod: 'bad', exitCode: 3 } })
    old.runFor(1000)
    expect(conditionsOf(old, 'bad')?.slice(0, 2)).toEqual(['Initialized True', 'Ready False PodFailed'])
  })
})

describe('a kubelet that starts again has forgotten its back-offs (KL-5.1, KL-8.6)', () => {
  test('a container in CrashLoopBackOff is started at once; then the waits begin anew', () => {
    const c = clusterOf()
    c.fault({ crashingImages: { images: ['crash'], afterSeconds: 2 } })
    c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'crash:v1' }] })
    c.runFor(60_000)
    expect(stateOf(c, 'p')).toBe('CrashLoopBackOff')
    const before = c.pod('p')?.status.containerStatuses?.[0]?.restartCount ?? 0
    c.fault({ fail: 'n1' })
    c.fault({ recover: 'n1' })
    c.runFor(3000)
    expect(c.pod('p')?.status.containerStatuses?.[0]?.restartCount).toBe(before + 1)
    c.runFor(3000)
    expect(c.pod('p')?.status.containerStatuses?.[0]?.state.waiting?.message).toContain('back-off 10s restarting')
  })

  test('an image in back-off is pulled at once', () => {
    const c = clusterOf()
    c.fault({ brokenImages: ['broken'] })
    c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'c:broken' }] })
    c.runFor(200_000)
    c.fault({ fail: 'n1' })
    c.fault({ brokenImages: [] })
    c.runFor(60_000)
    c.fault({ recover: 'n1' })
    c.runFor(4000)
    expect(c.podIs('p')).toBe('True')
  })
})

test('KL-4.2: an image name that no runtime can read is not pulled, and the pod stays Pending', () => {
  const c = clusterOf()
  const containers = [{ name: 'c', image: 'Agent:v1' }]
  c.createPod('p', 'n1', { containers })
  c.runFor(3000)
  expect(stateOf(c, 'p')).toBe('InvalidImageName')
  expect(c.pod('p')?.status.phase).toBe('Pending')
  expect(c.events('p').map((e) => e.split(':')[0])).toEqual(['InspectFailed', 'Failed'])
})

describe('events of a node (NL-1.4)', () => {
  test('cordoned and back', () => {
    const c = clusterOf()
    for (const unschedulable of [true, false]) {
      const node = c.api.node('n1')
      if (node) c.api.update('Node', { ...node, spec: { ...node.spec, unschedulable } })
      c.runFor(1000)
    }
    expect(c.events('n1').filter((e) => e.includes('Schedulable'))).toEqual([
      'NodeNotSchedulable: Node n1 status is now: NodeNotSchedulable',
      'NodeSchedulable: Node n1 status is now: NodeSchedulable',
    ])
  })

  test('KL-10.1, KL-10.2: pressure is reported at once, with what the kubelet tries to get back', () => {
    const c = clusterOf()
    c.fault({ condition: { name: 'n1', set: { MemoryPressure: true } } })
    expect(c.events('n1').slice(-2)).toEqual([
      'NodeHasInsufficientMemory: Node n1 status is now: NodeHasInsufficientMemory',
      'EvictionThresholdMet: Attempting to reclaim memory',
    ])
  })
})

describe('an image that is changed in a running pod', () => {
  const setImage = (c: ReturnType<typeof clusterOf>, image: string) => {
    const pod = c.pod('p') as Pod
    c.api.update('Pod', { ...pod, spec: { ...pod.spec, containers: [{ ...(pod.spec.containers[0] as Container), image }] } })
  }

  test('its container is stopped and started again, whatever the restart policy; other changes restart nothing', () => {
    for (const restartPolicy of ['Always', 'Never']) {
      const c = clusterOf()
      c.createPod('p', 'n1', { restartPolicy })
      c.runFor(5000)
      const pod = c.pod('p') as Pod
      c.api.update('Pod', { ...pod, spec: { ...pod.spec, tolerations: [...(pod.spec.tolerations ?? []), { key: 'a', operator: 'Exists' }] } })
      c.runFor(5000)
      expect(c.pod('p')?.status.containerStatuses?.[0]?.restartCount).toBe(0)
      setImage(c, 'c:v2')
      c.runFor(100)
      expect(c.events('p').at(-1)).toBe('Killing: Container c definition changed, will be restarted')
      c.runFor(5000)
      expect(c.pod('p')?.status.containerStatuses?.[0]).toMatchObject({
        image: 'c:v2',
        restartCount: 1,
        ready: true,
        lastState: { terminated: { exitCode: 0 } },
      })
      expect(c.podIs('p')).toBe('True')
      expect(c.runFor(3_600_000)).toBe(0)
    }
  })

  test('KL-5.1, KL-6.1: a back-off belongs to the old image', () => {
    const c = clusterOf()
    c.fault({ brokenImages: ['broken'] })
    c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'c:broken' }] })
    // pulls at 0, 10, 30, 70 s
    c.runFor(80_000)
    expect(stateOf(c, 'p')).toBe('ImagePullBackOff')
    setImage(c, 'c:v2')
    c.runFor(4000)
    expect(c.pod('p')?.status.containerStatuses?.[0]).toMatchObject({ image: 'c:v2', restartCount: 0, ready: true })
  })
})

describe('ending a pod (KL-8)', () => {
  test('TL-14: deleted within its grace; from 1.27 on with a terminal phase at last (KL-2.5)', () => {
    for (const version of ['1.23', '1.36'] as const) {
      const c = clusterOf(version)
      c.createPod('p', 'n1')
      c.runFor(5000)
      c.api.delete('Pod', 'default', 'p')
      c.runFor(500)
      expect(c.podIs('p')).toBe('True')
      expect(c.events('p')).toContain('Killing: Stopping container c')
      c.runFor(510)
      expect(c.pod('p')?.status.phase ?? 'gone').toMatch(version === '1.23' ? /Running|gone/ : /Succeeded|gone/)
      c.runFor(1000)
      expect(c.pod('p')).toBeUndefined()
    }
  })

  test('KL-8.5: a stopped kubelet ends and starts nothing; when it is back it does both', () => {
    const c = clusterOf()
    c.createPod('old', 'n1')
    c.runFor(5000)
    c.createPod('half', 'n1')
    c.runFor(200)
    c.fault({ fail: 'n1' })
    c.createPod('new', 'n1')
    c.api.delete('Pod', 'default', 'old')
    c.runFor(200_000)
    expect(c.pod('old')?.metadata.deletionTimestamp).toBeDefined()
    expect(stateOf(c, 'half')).toBe('ContainerCreating')
    expect(c.pod('new')?.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
    c.fault({ recover: 'n1' })
    c.runFor(5000)
    expect(c.pod('old')).toBeUndefined()
    expect(c.podIs('half')).toBe('True')
    expect(c.podIs('new')).toBe('True')
  })

  test('NL-9.5: a kubelet that was away ends a deleted pod in what is left of its grace period, not in the whole again', () => {
    const slow = { containers: [{ name: 'c', image: 'c:1', lifecycle: { preStop: { sleep: { seconds: 600 } } } }], terminationGracePeriodSeconds: 60 }
    for (const [awaySeconds, endsAfter] of [
      [0, 60],
      [45, 60],
      [300, 302],
    ] as const) {
      const c = clusterOf()
      c.createPod('p', 'n1', slow)
      c.runFor(5000)
      if (awaySeconds) c.fault({ fail: 'n1' })
      const begin = c.nowMs
      c.api.delete('Pod', 'default', 'p')
      c.runFor(awaySeconds * 1000)
      if (awaySeconds) c.fault({ recover: 'n1' })
      c.runUntil(begin + endsAfter * 1000 - 1000)
      expect(c.pod('p')).toBeDefined()
      // the node is looked at again within a second, the application stops within one
      c.runUntil(begin + endsAfter * 1000 + 3500)
      expect(c.pod('p')).toBeUndefined()
    }
  })

  test.each(['1.30', '1.36'] as const)(
    'NL-2.8: a returning kubelet calls a pod Ready that is being deleted, too, until its containers stop (%s)',
    (version) => {
      const c = clusterOf(version)
      const lifecycle = { preStop: { exec: { command: ['sleep', '200'] } } }
      c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'c:1', lifecycle }], terminationGracePeriodSeconds: 300 })
      c.runFor(5000)
      c.fault({ fail: 'n1' })
      c.api.delete('Pod', 'default', 'p')
      c.runFor(70_000)
      expect(c.podIs('p')).toBe('False')
      c.fault({ recover: 'n1' })
      c.runFor(2000)
      expect(c.podIs('p')).toBe('True')
    },
  )

  test('API-2.3: a forced delete does not wait; nothing is left behind', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    c.runFor(100)
    c.api.delete('Pod', 'default', 'p', { gracePeriodSeconds: 0 })
    expect(c.pod('p')).toBeUndefined()
    expect(c.runFor(3_600_000)).toBeLessThan(5)
  })
})

describe('the stand-in of the conformance recordings', () => {
  test('ready 150 ms after binding in one write, gone 150 ms after a delete, no events', () => {
    const c = clusterOf('1.23', 'stand-in')
    expect(c.api.node('n1')?.status.nodeInfo?.kubeletVersion).toBe('v1.36.1')
    c.createPod('p', 'n1')
    c.runFor(140)
    expect(c.pod('p')?.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
    c.runFor(20)
    expect(c.podIs('p')).toBe('True')
    expect(c.core.state.journal.entries.filter((e) => e.by === 'kubelet' && e.name === 'p')).toHaveLength(1)
    c.api.delete('Pod', 'default', 'p')
    c.runFor(140)
    expect(c.pod('p')?.status.phase).toBe('Running')
    c.runFor(20)
    expect(c.pod('p')).toBeUndefined()
    expect(c.events('p')).toEqual([])
  })

  test('a broken image: Pending, not Ready, ImagePullBackOff', () => {
    const c = clusterOf('1.23', 'stand-in')
    c.fault({ brokenImages: ['broken'] })
    c.createPod('p', 'n1', { containers: [{ name: 'c', image: 'c:broken' }] })
    c.runFor(1000)
    expect(c.pod('p')?.status.phase).toBe('Pending')
    expect(c.podIs('p')).toBe('False')
    expect(stateOf(c, 'p')).toBe('ImagePullBackOff')
    expect(c.pod('p')?.status.podIP).toBeDefined()
    expect(c.runFor(3_600_000)).toBe(0)
  })
})

test('the last heartbeats cost nothing: an hour of a healthy cluster fires no timer', () => {
  const c = clusterOf()
  c.createPod('p', 'n1')
  c.runFor(60_000)
  expect(c.runFor(3_600_000)).toBe(0)
  expect(c.core.state.components.kubelet).toMatchObject({ workers: { size: 0 } })
})
