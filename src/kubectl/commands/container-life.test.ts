import { expect, test } from 'vitest'
import type { KubeEvent, Pod } from '#k8s/types.ts'
import { fixedClient } from '../testing/fixed-client.ts'
import { containerLife, momentLine } from './container-life.ts'

const at = (second: number) => `2026-01-01T00:00:0${second}Z`

const podWith = (status: object): Pod =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', uid: 'u' },
    spec: { containers: [{ name: 'main' }, { name: 'side' }] },
    status: { containerStatuses: [{ name: 'main', ...status }] },
  }) as unknown as Pod

const lines = (objects: Parameters<typeof fixedClient>[0], pod: Pod, name: string) => containerLife(fixedClient(objects), pod, name).map(momentLine)

const event = (name: string, container: string, message: string, second: number, count?: number): KubeEvent =>
  ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: 'default' },
    involvedObject: { kind: 'Pod', name: 'p', namespace: 'default', uid: 'u', fieldPath: `spec.containers{${container}}` },
    message,
    count,
    lastTimestamp: at(second),
  }) as unknown as KubeEvent

test('the life of a container: what the kubelet did, how runs ended, and what runs now', () => {
  const pod = podWith({
    restartCount: 1,
    state: { running: { startedAt: at(7) } },
    lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: at(5) } },
  })
  const events = [event('b', 'main', 'Container started', 2), event('a', 'main', 'Pulling image "i"', 1), event('c', 'side', 'Container started', 2)]
  expect(lines([pod, ...events, event('d', 'main', 'Back-off', 6, 3)], pod, 'main')).toEqual([
    `${at(1)} Pulling image "i"`,
    `${at(2)} Container started`,
    `${at(5)} Ended with exit code 137 (OOMKilled)`,
    `${at(6)} Back-off (3 times)`,
    `${at(7)} Runs for the 2nd time`,
  ])
})

test('without events its status tells', () => {
  const running = podWith({ restartCount: 0, state: { running: { startedAt: at(3) } } })
  expect(lines([running], running, 'main')).toEqual([`${at(3)} Runs`])
  const ended = podWith({ restartCount: 0, state: { terminated: { exitCode: 0, finishedAt: at(4) } } })
  expect(lines([ended], ended, 'main')).toEqual([`${at(4)} Ended with exit code 0`])
  expect(lines([ended], ended, 'side')).toEqual([])
})
