import { expect, test } from 'vitest'
import type { Container } from '#k8s/types.ts'
import { FleetTestCluster } from './fleet-test-cluster.ts'
import { preStopMs, stopTimeMs } from './stop-time.ts'

const hook = (preStop: object, name = 'c'): Container => ({ name, image: 'c:v1', lifecycle: { preStop } })
const sidecar = (name: string, preStop?: object): Container => ({
  ...(preStop ? hook(preStop, name) : { name, image: 'c:v1' }),
  restartPolicy: 'Always',
})
const sleep = (seconds: number) => ({ sleep: { seconds } })

test.each([
  ['a sleep', sleep(5), 5000],
  ['a command that sleeps', { exec: { command: ['sleep', '7'] } }, 7000],
  ['a shell that sleeps', { exec: { command: ['/bin/sh', '-c', 'sleep 15'] } }, 15_000],
  ['any other command', { exec: { command: ['nginx', '-s', 'quit'] } }, 0],
  ['a request', { httpGet: { port: 80 } }, 0],
])('KL-8.1: how long a preStop hook runs: %s', (_, preStop, ms) => {
  expect(preStopMs(hook(preStop))).toBe(ms)
})

test.each<[string, Container[], Container[], number, number]>([
  ['nothing special', [{ name: 'c', image: 'c:v1' }], [], 30, 900],
  ['hooks run side by side', [hook(sleep(5)), hook(sleep(3), 'd')], [], 30, 5900],
  ['a hook that uses the grace period up: 2 s are left (KL-8.2)', [hook(sleep(60))], [], 10, 10_900],
  ['sidecars stop after the others, one after the other', [hook(sleep(5))], [sidecar('a'), sidecar('b')], 30, 5000 + 3 * 900],
  ['a hook of a sidecar runs from the start', [{ name: 'c', image: 'c:v1' }], [sidecar('a', sleep(4))], 30, 4900],
])('KL-8.1: until the last container has stopped: %s', (_, containers, initContainers, graceSeconds, ms) => {
  expect(stopTimeMs({ containers, initContainers }, () => true, 900, graceSeconds * 1000)).toBe(ms)
})

test('KL-3.6, KL-8.1: a pod with a preStop hook stays Ready while it sleeps; a shorter grace period ends it sooner', () => {
  const c = new FleetTestCluster()
  c.fault({ add: { name: 'n1' } })
  c.runUntil(10_000)
  for (const name of ['p', 'q']) c.createPod(name, 'n1', { containers: [hook(sleep(20))] })
  c.runFor(5000)
  c.api.delete('Pod', 'default', 'p')
  c.api.delete('Pod', 'default', 'q')
  c.runFor(5000)
  c.api.delete('Pod', 'default', 'q', { gracePeriodSeconds: 1 })
  c.runFor(4000)
  expect(c.pod('q')).toBeUndefined()
  expect(c.podIs('p')).toBe('True')
  c.runFor(10_000)
  expect(c.podIs('p')).toBe('True')
  c.runFor(4000)
  expect(c.pod('p')).toBeUndefined()
})
