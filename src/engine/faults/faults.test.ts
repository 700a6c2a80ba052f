import { expect, test } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { FleetTestCluster } from '../kubelet/fleet-test-cluster.ts'
import { stoppedKubelets } from '../kubelet/stopped-kubelets.ts'
import { checkFault, describeFault, faults } from './index.ts'

function clusterOf(profile: 'believable' | 'stand-in' = 'believable'): FleetTestCluster {
  const c = new FleetTestCluster('1.36', profile)
  c.fault({
    add: [
      { name: 'worker-0', labels: { disk: 'ssd' }, taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }], cpu: '2', memory: '1Gi', pods: '5' },
    ],
  })
  c.runUntil(10_000)
  return c
}

test('every fault has a name of its own', () => {
  expect(new Set(faults.map((f) => f.name)).size).toBe(faults.length)
})

test('add: what a machine brings with it', () => {
  const c = clusterOf()
  const node = c.api.node('worker-0')
  expect(node?.metadata.labels).toMatchObject({ disk: 'ssd', 'kubernetes.io/hostname': 'worker-0', 'kubernetes.io/os': 'linux' })
  expect(node?.status.allocatable).toEqual({ cpu: '2', 'ephemeral-storage': '50Gi', memory: '1Gi', pods: '5' })
  expect(c.node('worker-0')).toBe('True a=b:NoSchedule')
  c.fault({ add: {} })
  c.runFor(5000)
  expect(c.node('worker-1')).toBe('True')
})

test('what is refused, and how a fault is called', () => {
  const c = clusterOf()
  expect(checkFault({ add: { name: 'worker-0' } }, c.api)).toBe('there is a node worker-0 already; choose another name')
  expect(checkFault({ fail: 'nobody' }, c.api)).toBe('there is no node nobody')
  expect(checkFault({ condition: { name: 'worker-0', set: { Wet: true } } }, c.api)).toContain('there is no condition Wet')
  expect(checkFault({ fall: 'worker-0' }, c.api)).toContain('there is no fault fall')
  expect(checkFault({ crash: { pod: 'p' } }, c.api)).toBe('there is no pod p in namespace default')
  expect(checkFault({ fail: 'worker-0' }, c.api)).toBeUndefined()
  expect(describeFault({ fail: 'worker-0' })).toBe('the kubelet on worker-0 stops')
})

test('a machine that could not register its Node is refused, with what is wrong', () => {
  const { api } = clusterOf()
  const refusal = (machine: object) => checkFault({ add: machine } as never, api)
  expect(refusal({ name: 'My Node!' })).toContain('the name "My Node!" is not valid: a lowercase RFC 1123 subdomain must consist of')
  expect(refusal({ labels: { '': 'x' } })).toContain('the label "=x" is not valid: name part must be non-empty')
  expect(refusal({ labels: { disk: 'a b' } })).toContain('the label "disk=a b" is not valid: a valid label must be')
  expect(refusal({ taints: [{ key: 'a', effect: 'Sometimes' }] })).toContain('the effect must be one of NoSchedule')
  expect(
    refusal({
      taints: [
        { key: 'a', value: 'b', effect: 'NoSchedule' },
        { key: 'a', value: 'c', effect: 'NoSchedule' },
      ],
    }),
  ).toContain('taints must be unique by key and effect')
  expect(refusal({ cpu: 'lots' })).toBe('the cpu "lots" is no quantity; write it like 4, 500m or 8Gi')
  expect(refusal({ memory: '-1Gi' })).toContain('the memory "-1Gi" is no quantity')
  expect(refusal({ name: 'edge.example', labels: { 'a.b/c': '' }, cpu: '500m', memory: '8Gi', pods: '110' })).toBeUndefined()
})

test('recover: a running kubelet whose Node was deleted registers anew when it starts again', () => {
  const c = clusterOf()
  const uid = c.api.node('worker-0')?.metadata.uid
  c.api.delete('Node', '', 'worker-0')
  c.runFor(60_000)
  expect(c.api.node('worker-0')).toBeUndefined()
  c.fault({ recover: 'worker-0' })
  c.runFor(5000)
  expect(c.node('worker-0')).toBe('True a=b:NoSchedule')
  expect(c.api.node('worker-0')?.metadata.uid).not.toBe(uid)
})

test('fail and recover: only the page knows which kubelets do not run', () => {
  const c = clusterOf()
  const view = { componentState: (name: string) => c.core.state.components[name] }
  c.fault({ fail: 'worker-0' })
  expect(stoppedKubelets(view)).toEqual(['worker-0'])
  c.fault({ recover: 'worker-0' })
  expect(stoppedKubelets(view)).toEqual([])
})

test('podFails: Failed with reason and message, only the pods of that app (KL-10.4)', () => {
  const c = clusterOf()
  c.createPod('p', 'worker-0', {}, { app: 'agent' })
  c.createPod('q', 'worker-0', {}, { app: 'web' })
  c.runFor(5000)
  c.fault({ podFails: { name: 'worker-0', app: 'agent', reason: 'Evicted', message: 'The node was low on resource: memory.' } })
  expect(c.pod('p')?.status).toMatchObject({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' })
  expect(c.podIs('p', 'DisruptionTarget')).toBe('True')
  expect(c.podIs('p')).toBe('False')
  expect(c.pod('q')?.status.phase).toBe('Running')
})

test('brokenImages: an empty list mends what stand-ins gave up', () => {
  const c = clusterOf('stand-in')
  c.fault({ brokenImages: ['broken'] })
  c.createPod('p', 'worker-0', { containers: [{ name: 'c', image: 'c:broken' }] })
  c.runFor(1000)
  expect(c.podIs('p')).toBe('False')
  c.fault({ brokenImages: [] })
  c.runFor(1000)
  expect(c.podIs('p')).toBe('True')
})

test('reboot: same pods, one restart more, another address (KL-8.7)', () => {
  const c = clusterOf()
  c.createPod('p', 'worker-0')
  c.runFor(5000)
  const before = c.pod('p')
  c.fault({ reboot: 'worker-0' })
  c.runFor(5000)
  const after = c.pod('p')
  expect(after?.metadata.uid).toBe(before?.metadata.uid)
  expect(after?.status.podIP).not.toBe(before?.status.podIP)
  expect(after?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 1, ready: true, lastState: { terminated: { exitCode: 255 } } })
  expect(c.node('worker-0')).toBe('True a=b:NoSchedule')
})

test('reboot: init containers run again, probes begin anew, what was in back-off or half started starts (KL-8.7)', () => {
  const c = clusterOf()
  c.fault({ brokenImages: ['broken'] })
  const containers = [{ name: 'c', image: 'c:v1', readinessProbe: { initialDelaySeconds: 5, periodSeconds: 5 } }]
  c.createPod('slow', 'worker-0', { initContainers: [{ name: 'i', image: 'i:v1' }], containers })
  c.createPod('stuck', 'worker-0', { containers: [{ name: 'c', image: 'c:broken' }] })
  c.runFor(15_000)
  c.createPod('half', 'worker-0')
  c.runFor(200)
  expect(c.podIs('slow')).toBe('True')
  c.fault({ reboot: 'worker-0' })
  c.fault({ brokenImages: [] })
  c.runFor(1)
  expect(c.pod('slow')?.status.containerStatuses?.[0]?.state.waiting?.reason ?? 'running').not.toBe('CrashLoopBackOff')
  c.runFor(4000)
  expect(['slow', 'stuck', 'half'].map((p) => c.podIs(p))).toEqual(['False', 'True', 'True'])
  c.runFor(10_000)
  expect(c.podIs('slow')).toBe('True')
  expect(c.pod('slow')?.status.initContainerStatuses?.[0]).toMatchObject({ restartCount: 1, state: { terminated: { exitCode: 0 } } })
})

test('reboot: a pod that is not restarted has failed (KL-5.9)', () => {
  const c = clusterOf()
  c.createPod('once', 'worker-0', { restartPolicy: 'Never' })
  c.runFor(5000)
  c.fault({ reboot: 'worker-0' })
  c.runFor(5000)
  expect(c.pod('once')?.status).toMatchObject({ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 255 } } }] })
})

test('remove and add again: the same name is a new node', () => {
  const c = clusterOf()
  const { uid } = c.api.node('worker-0')?.metadata ?? {}
  c.fault({ remove: 'worker-0' })
  c.fault({ add: { name: 'worker-0' } })
  c.runFor(60_000)
  expect(c.api.node('worker-0')?.metadata.uid).not.toBe(uid)
  expect(c.node('worker-0')).toBe('True')
  expect(c.runFor(600_000)).toBe(0)
})

test('remove and add again: what ran on the old machine starts on the new one, or has ended with the old (KL-8.7, NL-7.3)', () => {
  const c = clusterOf()
  for (const name of ['stays', 'goes']) c.createPod(name, 'worker-0')
  const { metadata, ...pod } = c.pod('goes') as Pod
  c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
  c.runFor(5000)
  const before = c.pod('stays')
  c.fault({ remove: 'worker-0' })
  c.api.delete('Pod', 'default', 'goes')
  c.fault({ add: { name: 'worker-0' } })
  c.runFor(5000)
  expect(c.pod('stays')).toMatchObject({
    metadata: { uid: before?.metadata.uid },
    status: {
      phase: 'Running',
      // its kubelet knows of no earlier one
      containerStatuses: [{ restartCount: 0, state: { running: {} }, lastState: {} }],
    },
  })
  expect(c.events('stays').filter((text) => text.startsWith('Pulling'))).toEqual(['Pulling: Pulling image "c:v1" x2'])
  expect(c.pod('goes')?.status).toMatchObject({ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 137 } } }] })
  expect(c.events('goes').filter((text) => text.startsWith('Killing'))).toEqual([])
})

test('KL-4.3: of what ran on the old machine the new one knows no end', () => {
  const c = clusterOf()
  c.createPod('stays', 'worker-0')
  c.createPod('once', 'worker-0', { restartPolicy: 'Never' })
  c.createPod('goes', 'worker-0')
  c.runFor(5000)
  c.fault({ remove: 'worker-0' })
  const { metadata, ...pod } = c.pod('goes') as Pod
  c.api.update('Pod', { ...pod, metadata: { ...metadata, finalizers: ['x/y'] } })
  c.api.delete('Pod', 'default', 'goes')
  c.fault({ add: { name: 'worker-0' } })
  c.runFor(700)
  const unknown = (when: string) => ({
    terminated: {
      exitCode: 137,
      reason: 'ContainerStatusUnknown',
      message: `The container could not be located when the pod was ${when}`,
      startedAt: null,
      finishedAt: null,
    },
  })
  const before = unknown('deleted.  The container used to be Running')
  const [stays, once] = ['stays', 'once'].map((name) => c.pod(name)?.status.containerStatuses?.[0])
  const waiting = { name: 'c', image: 'c:v1', imageID: '', ready: false, started: false, lastState: before }
  expect(stays).toEqual({ ...waiting, restartCount: 1, state: { waiting: { reason: 'ContainerCreating' } } })
  expect(once).toEqual({ ...waiting, restartCount: 1, state: unknown('terminated') })
  c.runFor(5000)
  expect(c.pod('goes')?.status.containerStatuses?.[0]).toEqual({ ...waiting, restartCount: 0, state: unknown('terminated') })
  expect(['once', 'goes'].map((name) => c.pod(name)?.status.phase)).toEqual(['Failed', 'Failed'])
})

test('KL-1.1: what happens to a pod before its kubelet has seen it changes nothing', () => {
  const c = clusterOf()
  c.createPod('p', 'worker-0', { containers: [{ name: 'c', image: 'c:v1', readinessProbe: { exec: { command: ['true'] } } }] })
  c.fault({ crash: { pod: 'p' } })
  c.fault({ probeFails: { pod: 'p', probe: 'readiness' } })
  c.runFor(5000)
  expect(c.podIs('p')).toBe('True')
  expect(c.pod('p')?.status.containerStatuses?.[0]?.restartCount).toBe(0)
})
