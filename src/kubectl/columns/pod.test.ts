import { describe, expect, it } from 'vitest'
import type { ContainerStatus, Pod } from '#k8s/types.ts'
import { podPrinter } from './pod.ts'

const nowMs = Date.UTC(2026, 0, 1, 0, 10)

interface Shape {
  metadata?: Partial<Pod['metadata']>
  spec?: Partial<Pod['spec']>
  status?: Pod['status']
}

function pod({ metadata, spec, status }: Shape): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    spec: { containers: [{ name: 'a' }, { name: 'b' }], ...spec },
    status: status ?? {},
  }
}

const container = (name: string, rest: Partial<ContainerStatus> = {}): ContainerStatus => ({
  name,
  state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
  lastState: {},
  ready: true,
  restartCount: 0,
  image: '',
  imageID: '',
  ...rest,
})

/** READY, STATUS and RESTARTS. */
const shown = (shape: Shape, version: '1.23' | '1.36' = '1.36') => podPrinter.cells(pod(shape), { nowMs, version }).slice(1, 4).join(' ')

describe('STATUS of a pod', () => {
  it('PR-1.1 is the phase, or the reason of the status', () => {
    expect(shown({ status: { phase: 'Pending' } })).toBe('0/2 Pending 0')
    expect(shown({ status: { phase: 'Failed', reason: 'Evicted' } })).toBe('0/2 Evicted 0')
    const gated = { phase: 'Pending' as const, conditions: [{ type: 'PodScheduled', status: 'False' as const, reason: 'SchedulingGated' }] }
    expect(shown({ status: gated })).toBe('0/2 SchedulingGated 0')
  })

  it('PR-1.2 tells how far the init containers are', () => {
    const spec = { initContainers: [{ name: 'i' }, { name: 'j' }] }
    const done = container('i', { state: { terminated: { exitCode: 0 } } })
    const at = (...initContainerStatuses: ContainerStatus[]) => shown({ spec, status: { phase: 'Pending', initContainerStatuses } })
    expect(at(done, container('j', { state: { waiting: { reason: 'PodInitializing' } } }))).toBe('0/2 Init:1/2 0')
    expect(at(container('i', { state: { waiting: { reason: 'ImagePullBackOff' } } }))).toBe('0/2 Init:ImagePullBackOff 0')
    expect(at(done, container('j', { state: { terminated: { exitCode: 3 } } }))).toBe('0/2 Init:ExitCode:3 0')
    expect(at(container('i', { state: { terminated: { exitCode: 1, signal: 9 } } }))).toBe('0/2 Init:Signal:9 0')
    expect(at(container('i', { state: { terminated: { exitCode: 1, reason: 'Error' } }, restartCount: 2 }))).toBe('0/2 Init:Error 2')
  })

  it('PR-1.2 counts a started sidecar as ready and goes on', () => {
    const spec = { initContainers: [{ name: 's', restartPolicy: 'Always' }] }
    const status = {
      phase: 'Running' as const,
      initContainerStatuses: [container('s', { started: true })],
      containerStatuses: [container('a'), container('b')],
    }
    expect(shown({ spec, status })).toBe('3/3 Running 0')
  })

  it('PR-1.3 lets the first container with something to say win', () => {
    const containerStatuses = [
      container('a', { ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } }, restartCount: 3 }),
      container('b', { ready: false, state: { terminated: { exitCode: 1, reason: 'Error' } } }),
    ]
    expect(shown({ status: { phase: 'Running', containerStatuses } })).toBe('0/2 CrashLoopBackOff 3')
    expect(shown({ status: { phase: 'Running', containerStatuses: [...containerStatuses].reverse() } })).toBe('0/2 Error 3')
    expect(
      shown({ status: { phase: 'Running', containerStatuses: [container('a', { ready: false, state: { terminated: { exitCode: 137 } } })] } }),
    ).toBe('0/2 ExitCode:137 0')
  })

  it('PR-1.4 says NotReady when one container completed and another runs in a pod that is not Ready', () => {
    const containerStatuses = [container('a', { ready: false, state: { terminated: { exitCode: 0, reason: 'Completed' } } }), container('b')]
    expect(shown({ status: { phase: 'Running', containerStatuses } })).toBe('1/2 NotReady 0')
    expect(shown({ status: { phase: 'Running', containerStatuses, conditions: [{ type: 'Ready', status: 'True' }] } })).toBe('1/2 Running 0')
  })

  it('PR-1.5 says Terminating, of finished pods only before 1.30', () => {
    const metadata = { deletionTimestamp: '2026-01-01T00:00:30Z' }
    expect(shown({ metadata, status: { phase: 'Running' } })).toBe('0/2 Terminating 0')
    expect(shown({ metadata, status: { phase: 'Failed' } })).toBe('0/2 Failed 0')
    expect(shown({ metadata, status: { phase: 'Failed' } }, '1.23')).toBe('0/2 Terminating 0')
    expect(shown({ metadata, status: { phase: 'Running', reason: 'NodeLost' } })).toBe('0/2 Unknown 0')
  })

  it('PR-1.6 adds when a container last ended', () => {
    const ended = (finishedAt: string, restartCount: number) =>
      container('a', { restartCount, lastState: { terminated: { exitCode: 1, finishedAt } } })
    const containerStatuses = [ended('2026-01-01T00:05:00Z', 2), ended('2026-01-01T00:07:00Z', 1)]
    expect(shown({ status: { phase: 'Running', containerStatuses } })).toBe('2/2 Running 3 (3m ago)')
  })

  it('PR-1.8 shows <none> for what is not there', () => {
    const cells = podPrinter.cells(pod({ spec: { readinessGates: [{ conditionType: 'x' }] } }), { nowMs, version: '1.36' })
    expect(cells.slice(5)).toEqual(['<none>', '<none>', '<none>', '0/1'])
  })
})
