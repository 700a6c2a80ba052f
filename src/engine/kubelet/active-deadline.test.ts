/** Bare pods that may be active for a while only. @source pkg/kubelet/active_deadline.go */
import { describe, expect, it } from 'vitest'
import { podCondition } from '#k8s/pod.ts'
import type { Container, Pod, PodSpec } from '#k8s/types.ts'
import { clusterWith, type FleetTestCluster, first, phase } from './fleet-test-cluster.ts'

const text = 'Pod was active on the node longer than the specified deadline'
const told = (c: FleetTestCluster) => [c.pod('p')?.status.phase, c.pod('p')?.status.reason, c.pod('p')?.status.message]
const exceeded = ['Failed', 'DeadlineExceeded', text]

/** A pod `p` that its kubelet takes at 10 s. */
function started(spec: Partial<PodSpec>, profile: 'believable' | 'stand-in' = 'believable'): FleetTestCluster {
  const c = clusterWith([{ name: 'n1' }], '1.36', profile)
  c.createPod('p', 'n1', { activeDeadlineSeconds: 20, ...spec })
  return c
}

function setDeadline(c: FleetTestCluster, activeDeadlineSeconds: number): void {
  const pod = c.pod('p') as Pod
  c.api.update('Pod', { ...pod, spec: { ...pod.spec, activeDeadlineSeconds } })
}

describe('activeDeadlineSeconds', () => {
  it('KL-8.1: when they are over a running pod is no longer ready, and Failed when its containers have stopped', () => {
    const sleeps = { containers: [{ name: 'c', image: 'c:v1', lifecycle: { preStop: { sleep: { seconds: 5 } } } } as Container] }
    const c = started(sleeps)
    c.runUntil(29_900)
    expect(told(c)).toEqual(['Running', undefined, undefined])
    expect(c.podIs('p')).toBe('True')
    c.runUntil(31_100)
    expect(told(c)).toEqual(['Running', undefined, undefined])
    expect(podCondition(c.pod('p') as Pod, 'Ready')).toMatchObject({ status: 'False', reason: 'PodFailed' })
    expect(first(c)?.state.running).toBeDefined()
    expect(c.events('p').slice(-2)).toEqual([`DeadlineExceeded: ${text}`, 'Killing: Stopping container c'])
    c.runUntil(37_000)
    expect(told(c)).toEqual(exceeded)
    expect(first(c)?.state.terminated).toMatchObject({ exitCode: 0 })
    expect(c.runFor(3_600_000)).toBe(0)
  })

  it('a pod that is deleted meanwhile is gone then', () => {
    const c = started({})
    c.runUntil(30_100)
    expect(phase(c)).toBe('Running')
    c.api.delete('Pod', 'default', 'p', { gracePeriodSeconds: 5 })
    c.runUntil(33_000)
    expect(c.pod('p')).toBeUndefined()
    expect(c.runFor(3_600_000)).toBe(0)
  })

  it('without any grace and before anything ran, also in old versions', () => {
    const c = clusterWith([{ name: 'n1' }], '1.25')
    c.fault({ brokenImages: ['c'] })
    c.createPod('p', 'n1', { activeDeadlineSeconds: 20, terminationGracePeriodSeconds: 0 })
    c.runUntil(60_000)
    expect(told(c)).toEqual(exceeded)
  })

  it('a pod that never came to run fails as well', () => {
    const c = clusterWith([{ name: 'n1' }])
    c.fault({ brokenImages: ['c'] })
    c.createPod('p', 'n1', { activeDeadlineSeconds: 20 })
    c.runUntil(29_000)
    expect(phase(c)).toBe('Pending')
    c.runUntil(60_000)
    expect(told(c)).toEqual(exceeded)
    c.runFor(600_000)
    expect(c.runFor(3_600_000)).toBe(0)
  })

  it('a pod that is done before them keeps how it ended', () => {
    const c = started({ restartPolicy: 'Never' })
    c.runUntil(20_000)
    c.fault({ crash: { pod: 'p', exitCode: 4 } })
    c.runUntil(90_000)
    expect(told(c)).toEqual(['Failed', undefined, undefined])
    expect(c.events('p').some((e) => e.startsWith('Deadline'))).toBe(false)
  })

  it('they may be given later, and shortened: they count from the start of the pod', () => {
    const c = started({ activeDeadlineSeconds: undefined })
    c.runUntil(25_000)
    setDeadline(c, 100)
    c.runUntil(50_000)
    expect(phase(c)).toBe('Running')
    setDeadline(c, 50)
    c.runUntil(58_000)
    expect(phase(c)).toBe('Running')
    c.runUntil(62_000)
    expect(told(c)).toEqual(exceeded)
    const late = started({ activeDeadlineSeconds: 3000 })
    late.runUntil(100_000)
    setDeadline(late, 5)
    late.runUntil(101_500)
    expect(told(late)).toEqual(exceeded)
  })

  it('KL-8.5, KL-8.6: a stopped kubelet ends it when it is back', () => {
    const c = started({})
    c.runUntil(20_000)
    c.fault({ fail: 'n1' })
    c.runUntil(80_000)
    expect(phase(c)).toBe('Running')
    c.fault({ recover: 'n1' })
    c.runUntil(85_000)
    expect(told(c)).toEqual(exceeded)
  })

  it('KL-8.7: they go on when the machine restarts', () => {
    const c = started({})
    c.runUntil(20_000)
    c.fault({ reboot: 'n1' })
    c.runUntil(28_000)
    expect(phase(c)).toBe('Running')
    c.runUntil(32_000)
    expect(told(c)).toEqual(exceeded)
  })

  it('the stand-in of the conformance recordings does not look at them', () => {
    const c = started({}, 'stand-in')
    c.runUntil(90_000)
    expect(phase(c)).toBe('Running')
  })
})
