import { describe, expect, test } from 'vitest'
import type { Container, Probe } from '#k8s/types.ts'
import { checkFault } from '../faults/index.ts'
import { failingProbes } from './failing-probes.ts'
import { FleetTestCluster } from './fleet-test-cluster.ts'
import { kubeletProfiles } from './profile.ts'

/** A node whose containers start at once: pods created here start at a whole second, 10 s. */
function clusterOf(): FleetTestCluster {
  const c = new FleetTestCluster('1.36', { ...kubeletProfiles.believable, sandboxMs: 0, pullMs: 0, startMs: 0, jitter: 0 })
  c.fault({ add: { name: 'n1' } })
  c.runUntil(9998)
  return c
}

const httpGet = { path: '/', port: 80 }
const container = (probes: Partial<Record<'readinessProbe' | 'livenessProbe' | 'startupProbe', Probe>>): Container => ({
  name: 'c',
  image: 'c:v1',
  ...probes,
})
const fails = (c: FleetTestCluster, probe: string, on = true) => c.fault({ probeFails: { pod: 'p', probe, fails: on } })
const statusOf = (c: FleetTestCluster) => c.pod('p')?.status.containerStatuses?.[0]
const unhealthy = (c: FleetTestCluster) => c.events('p').filter((e) => e.startsWith('Unhealthy'))
/** Times (s) at which something became so, looked at every second. */
function secondsWhen(c: FleetTestCluster, untilSeconds: number, look: () => unknown): number[] {
  const found: number[] = []
  let before = look()
  for (let at = Math.ceil(c.nowMs / 1000); at <= untilSeconds; at++) {
    c.runUntil(at * 1000 + 5)
    const now = look()
    if (now !== before) found.push(at)
    before = now
  }
  return found
}

describe('readiness', () => {
  test('KL-7.4, KL-7.5, KL-7.8: not Ready after failureThreshold failures in a row, Ready again after successThreshold successes', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { containers: [container({ readinessProbe: { httpGet, periodSeconds: 5, failureThreshold: 2, successThreshold: 3 } })] })
    c.runUntil(40_000)
    expect(c.podIs('p')).toBe('True')
    c.runUntil(41_000)
    fails(c, 'readiness')
    // probes at 45 and 50 s
    expect(secondsWhen(c, 100, () => c.podIs('p'))).toEqual([50])
    expect(c.pod('p')?.status.conditions?.filter((x) => x.type.endsWith('Ready'))).toMatchObject(
      ['Ready', 'ContainersReady'].map((type) => ({
        type,
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [c]',
      })),
    )
    expect(statusOf(c)).toMatchObject({ restartCount: 0, ready: false, started: true })
    c.runUntil(4_001_000)
    fails(c, 'readiness', false)
    expect(secondsWhen(c, 4100, () => c.podIs('p'))).toEqual([4015])
    expect(c.runFor(3_600_000)).toBe(0)
    expect(c.core.state.components.kubelet).toMatchObject({ workers: { size: 0 } })
  })

  test('KL-7.8, EV-1.1, EV-1.3: every failure is an event; after 25 about the pod only one in 300 s is told, with the whole count', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { containers: [container({ readinessProbe: { httpGet, periodSeconds: 5 } })] })
    c.runUntil(41_000)
    fails(c, 'readiness')
    const count = (atSeconds: number) => {
      c.runUntil(atSeconds * 1000 + 500)
      return unhealthy(c)
    }
    const text = 'Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 500'
    // probes at 45, 50, …; Pulling, Pulled, Created and Started at 10 s have taken 4 of the 25
    expect(count(50)).toEqual([`${text} x2`])
    expect(count(145)).toEqual([`${text} x21`])
    expect(count(305)).toEqual([`${text} x21`])
    expect(count(310)).toEqual([`${text} x54`])
  })

  test('KL-7.1, KL-7.4: without an answer each attempt fails after timeoutSeconds; one longer than the period is followed by the next at once', () => {
    const texts: [Probe, string][] = [
      [{ httpGet }, 'Get "http://IP:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'],
      [{ tcpSocket: { port: 'db' } }, 'dial tcp IP:5432: i/o timeout'],
      [{ grpc: { port: 9 } }, 'timeout: health rpc did not complete within Ns'],
      [{ exec: { command: ['cat', '/ok'] } }, 'command "cat /ok" timed out'],
    ]
    for (const [probe, text] of texts)
      for (const [timeoutSeconds, seconds] of [
        [3, [43, 53, 63]],
        [15, [55, 70, 85]],
      ] as const) {
        const c = clusterOf()
        const ports = [{ name: 'db', containerPort: 5432 }]
        c.createPod('p', 'n1', { containers: [{ ...container({ readinessProbe: { ...probe, timeoutSeconds } }), ports }] })
        c.runUntil(31_000)
        c.fault({ probeFails: { pod: 'p', probe: 'readiness', hangs: true } })
        // attempts begin at 40 s
        expect(secondsWhen(c, 90, () => unhealthy(c).join()).slice(0, 3)).toEqual(seconds)
        const said = unhealthy(c)[0]
          ?.replace(c.pod('p')?.status.podIP ?? '?', 'IP')
          .replace(`${timeoutSeconds}s`, 'Ns')
        expect(said).toMatch(`Unhealthy: Readiness probe failed: ${text}`)
        expect(c.podIs('p')).toBe('False')
        fails(c, 'readiness', false)
        c.runFor(20_000)
        expect(c.podIs('p')).toBe('True')
      }
  })

  test('KL-7.4: a success in between begins the count anew', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { containers: [container({ readinessProbe: { httpGet, periodSeconds: 10 } })] })
    c.runUntil(31_000)
    fails(c, 'readiness')
    c.runUntil(51_000)
    fails(c, 'readiness', false)
    c.runUntil(61_000)
    fails(c, 'readiness')
    // failures at 40 and 50, success at 60, failures at 70, 80, 90 s
    expect(secondsWhen(c, 200, () => c.podIs('p'))).toEqual([90])
  })

  test('KL-7.1, KL-7.2: a pod that starts with a failing probe is never Ready; first asked after initialDelaySeconds', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { containers: [container({ readinessProbe: { httpGet, initialDelaySeconds: 12, periodSeconds: 10 } })] })
    c.runUntil(11_000)
    fails(c, 'readiness')
    // probes at 30, 40, 50 s
    expect(secondsWhen(c, 100, () => unhealthy(c).join()).slice(0, 3)).toEqual([30, 40, 50])
    expect(c.podIs('p')).toBe('False')
    fails(c, 'readiness', false)
    c.runUntil(110_500)
    expect(c.podIs('p')).toBe('True')
  })

  test('KL-7.7, KL-3.6: it goes on while the pod terminates, liveness does not', () => {
    const c = clusterOf()
    const probe = { httpGet, periodSeconds: 1, failureThreshold: 2 }
    const slow = { lifecycle: { preStop: { sleep: { seconds: 20 } } } }
    c.createPod('p', 'n1', { containers: [{ ...container({ readinessProbe: probe, livenessProbe: probe }), ...slow } as Container] })
    c.runUntil(15_000)
    fails(c, 'readiness')
    fails(c, 'liveness')
    c.api.delete('Pod', 'default', 'p')
    expect(secondsWhen(c, 25, () => c.podIs('p'))).toEqual([17])
    expect(c.events('p').join()).not.toContain('Liveness')
    c.runUntil(40_000)
    expect(c.pod('p')).toBeUndefined()
  })
})

describe('liveness', () => {
  const podSpec = { containers: [container({ livenessProbe: { httpGet, periodSeconds: 10, failureThreshold: 3 } })] }

  test('KL-7.6: Unhealthy, Killing, restarted in the same pod; when it succeeds again nothing more happens', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', podSpec)
    c.runUntil(31_000)
    fails(c, 'liveness')
    c.runUntil(59_900)
    expect(statusOf(c)?.restartCount).toBe(0)
    c.runUntil(60_500)
    expect(c.events('p').slice(-2)).toEqual([
      'Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500 x3',
      'Killing: Container c failed liveness probe, will be restarted',
    ])
    expect(c.podIs('p')).toBe('True')
    fails(c, 'liveness', false)
    c.runUntil(62_000)
    // an application ends with 0 when it is asked to
    expect(statusOf(c)).toMatchObject({ restartCount: 1, ready: true, lastState: { terminated: { exitCode: 0, reason: 'Completed' } } })
    expect(c.runFor(3_600_000)).toBe(0)
    expect(statusOf(c)?.restartCount).toBe(1)
  })

  test('KL-7.6, KL-5: killed again and again it comes into CrashLoopBackOff once the wait is longer than it lives', () => {
    const c = clusterOf()
    c.createPod('p', 'n1', { containers: [container({ livenessProbe: { httpGet, periodSeconds: 5, failureThreshold: 3 } })] })
    c.runUntil(11_000)
    fails(c, 'liveness')
    // lives 10 s, and 0.9 s more to stop; the wait counts from the end, and is compared with the time since the end before
    expect(secondsWhen(c, 50, () => statusOf(c)?.restartCount)).toEqual([26, 37, 48])
    c.runUntil(60_000)
    expect(statusOf(c)?.state.waiting?.reason).toBe('CrashLoopBackOff')
    expect(secondsWhen(c, 400, () => statusOf(c)?.restartCount)).toEqual([79, 130, 221, 392])
  })

  test('KL-7.6: with restartPolicy Never it is killed and not restarted, with OnFailure it is', () => {
    for (const [restartPolicy, restarts, intent] of [
      ['Never', 0, ''],
      ['OnFailure', 1, ', will be restarted'],
    ] as const) {
      const c = clusterOf()
      c.createPod('p', 'n1', { ...podSpec, restartPolicy })
      c.runUntil(31_000)
      fails(c, 'liveness')
      c.runUntil(70_000)
      expect(c.events('p')).toContain(`Killing: Container c failed liveness probe${intent}`)
      expect(statusOf(c)?.restartCount).toBe(restarts)
    }
  })

  test('KL-7.6, KL-8.2: the grace period of the probe counts, else the pod’s', () => {
    const slow = { lifecycle: { preStop: { sleep: { seconds: 60 } } } }
    const probe = { httpGet, periodSeconds: 10, failureThreshold: 1 }
    for (const [terminationGracePeriodSeconds, endsAfter] of [
      [undefined, 30],
      [5, 5],
    ] as const) {
      const c = clusterOf()
      const livenessProbe = { ...probe, terminationGracePeriodSeconds }
      c.createPod('p', 'n1', { terminationGracePeriodSeconds: 30, containers: [{ ...container({ livenessProbe }), ...slow } as Container] })
      c.runUntil(31_000)
      fails(c, 'liveness')
      c.runUntil(40_000 + endsAfter * 1000)
      expect(statusOf(c)?.restartCount).toBe(0)
      c.runFor(2100)
      expect(statusOf(c)?.restartCount).toBe(1)
    }
  })
})

describe('startup', () => {
  test('KL-7.3, KL-7.6: killed after the threshold, the others wait; once it succeeds they begin', () => {
    const c = clusterOf()
    const probe = { httpGet, periodSeconds: 5, failureThreshold: 4 }
    c.createPod('p', 'n1', {
      containers: [container({ startupProbe: { ...probe, initialDelaySeconds: 5 }, livenessProbe: probe, readinessProbe: probe })],
    })
    c.runUntil(11_000)
    fails(c, 'startup')
    fails(c, 'liveness')
    // probes at 15, 20, 25, 30 s
    c.runUntil(29_000)
    expect(statusOf(c)).toMatchObject({ restartCount: 0, started: false, ready: false })
    c.runUntil(32_000)
    expect(statusOf(c)?.restartCount).toBe(1)
    expect(c.events('p')).toContain('Unhealthy: Startup probe failed: HTTP probe failed with statuscode: 500 x4')
    expect(c.events('p')).toContain('Killing: Container c failed startup probe, will be restarted')
    expect(c.events('p').join()).not.toContain('Liveness')
    fails(c, 'liveness', false)
    fails(c, 'startup', false)
    c.runUntil(37_000)
    expect(statusOf(c)).toMatchObject({ started: true, ready: true, restartCount: 1 })
  })
})

test('KL-7.8: what a failing probe says depends on how it asks', () => {
  for (const [probe, text] of [
    [{ tcpSocket: { port: 'web' } }, /^Unhealthy: Readiness probe failed: dial tcp 10\.[\d.]+:8080: connect: connection refused/],
    [{ grpc: { port: 1 } }, /^Unhealthy: Readiness probe failed: service unhealthy \(responded with "NOT_SERVING"\)/],
    [{ exec: { command: ['false'] } }, /^Unhealthy: Readiness probe failed: /],
  ] as const) {
    const c = clusterOf()
    const readinessProbe = { ...probe, periodSeconds: 1 } as Probe
    c.createPod('p', 'n1', { containers: [{ ...container({ readinessProbe }), ports: [{ name: 'web', containerPort: 8080 }] }] })
    c.runUntil(15_000)
    fails(c, 'readiness')
    c.runFor(3000)
    expect(unhealthy(c)[0]).toMatch(text)
  }
})

test('KL-8.5, KL-8.7: a stopped kubelet probes nothing; after a reboot the probe still fails', () => {
  const c = clusterOf()
  c.createPod('p', 'n1', { containers: [container({ readinessProbe: { httpGet, periodSeconds: 5, failureThreshold: 1 } })] })
  c.runUntil(31_000)
  c.fault({ fail: 'n1' })
  fails(c, 'readiness')
  c.runUntil(60_000)
  expect(unhealthy(c)).toEqual([])
  c.fault({ recover: 'n1' })
  c.runUntil(67_000)
  expect(c.podIs('p')).toBe('False')
  c.fault({ reboot: 'n1' })
  c.runFor(60_000)
  expect(statusOf(c)).toMatchObject({ restartCount: 1, ready: false, started: true })
  fails(c, 'readiness', false)
  c.runFor(6000)
  expect(c.podIs('p')).toBe('True')
})

test('a probe that is not there cannot fail; the page knows which ones do', () => {
  const c = clusterOf()
  c.createPod('p', 'n1', { containers: [container({ readinessProbe: { httpGet } })] })
  c.runUntil(20_000)
  const check = (args: object) => checkFault({ probeFails: { pod: 'p', ...args } } as never, c.api)
  expect(check({ probe: 'liveness' })).toBe('pod p has no liveness probe; give its template a livenessProbe')
  expect(check({ probe: 'liveness', container: 'c' })).toBe('container c of pod p has no liveness probe; give its template a livenessProbe')
  expect(check({ probe: 'readiness', container: 'd' })).toBe('pod p has no container d')
  expect(check({ probe: 'health' })).toBe('there is no probe health; one of readiness, liveness, startup')
  expect(check({ probe: 'readiness', pod: 'q' })).toBe('there is no pod q in namespace default')
  expect(check({ probe: 'readiness' })).toBeUndefined()
  c.createPod('new', 'n1')
  expect(check({ probe: 'readiness', pod: 'new' })).toBe('no kubelet has taken pod new up yet; wait until it has')
  const view = { componentState: (name: string) => c.core.state.components[name] }
  fails(c, 'readiness')
  expect(failingProbes(view)).toEqual([`${c.pod('p')?.metadata.uid} readiness`])
  fails(c, 'readiness', false)
  expect(failingProbes(view)).toEqual([])
})
