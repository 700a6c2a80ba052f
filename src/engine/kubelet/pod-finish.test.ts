/** Sidecars of pods that are not to run for ever (KL-2.1, KL-8.1). */
import { describe, expect, test } from 'vitest'
import { clusterWith, type FleetTestCluster, phase } from './fleet-test-cluster.ts'

const sidecar = (name: string) => ({ name, image: `${name}:v1`, restartPolicy: 'Always' as const })
const initContainers = [sidecar('a'), sidecar('b')]

function podOf(restartPolicy: 'Never' | 'OnFailure' | 'Always', version?: ConstructorParameters<typeof FleetTestCluster>[0]): FleetTestCluster {
  const c = clusterWith([{ name: 'n1' }], version)
  c.createPod('p', 'n1', { restartPolicy, initContainers, containers: ['c', 'd'].map((name) => ({ name, image: `${name}:v1` })) })
  c.runFor(10_000)
  return c
}

const end = (c: FleetTestCluster, container: string, exitCode = 0) => c.fault({ crash: { pod: 'p', container, exitCode } })
const killed = (c: FleetTestCluster) => c.events('p').filter((text) => text.startsWith('Killing'))
const stateOf = (c: FleetTestCluster, name: string) => {
  const { initContainerStatuses = [], containerStatuses = [] } = c.pod('p')?.status ?? {}
  return [...initContainerStatuses, ...containerStatuses].find((status) => status.name === name)
}

describe('when all regular containers have ended for good, the sidecars are stopped', () => {
  test.each([
    ['Never', 0, 'Succeeded'],
    ['Never', 1, 'Failed'],
    ['OnFailure', 0, 'Succeeded'],
  ] as const)('%s, exit code %d: the pod runs until they have, then it is %s', (policy, exitCode, ended) => {
    const c = podOf(policy)
    end(c, 'c', exitCode)
    c.runFor(5000)
    expect([phase(c), killed(c)]).toEqual(['Running', []])
    end(c, 'd')
    expect([phase(c), stateOf(c, 'b')?.state.running !== undefined]).toEqual(['Running', true])
    expect(killed(c)).toEqual(['Killing: Stopping container a', 'Killing: Stopping container b'])
    c.runFor(5000)
    expect(phase(c)).toBe(ended)
    for (const name of ['a', 'b'])
      expect(stateOf(c, name)).toMatchObject({ state: { terminated: { exitCode: 0, reason: 'Completed' } }, ready: false, restartCount: 0 })
    expect(killed(c)).toHaveLength(2)
  })

  test('one that fails, before or meanwhile, does not fail the pod and is not restarted', () => {
    const c = podOf('Never')
    end(c, 'c')
    end(c, 'a', 7)
    end(c, 'd')
    expect(killed(c)).toEqual(['Killing: Stopping container b'])
    end(c, 'b', 8)
    c.runFor(30_000)
    expect([phase(c), stateOf(c, 'a')?.state.terminated?.exitCode, stateOf(c, 'b')?.state.terminated?.exitCode]).toEqual(['Succeeded', 7, 8])
    expect(stateOf(c, 'a')?.restartCount).toBe(0)
  })

  test('a step before the regular ones that fails for good: the pod is Failed when they have stopped', () => {
    const c = clusterWith([{ name: 'n1' }])
    const step = { name: 'step', image: 'step:v1' }
    c.createPod('p', 'n1', { restartPolicy: 'Never', initContainers: [sidecar('a'), step], containers: [{ name: 'c', image: 'c:v1' }] })
    while (!stateOf(c, 'step')?.state.running) c.runFor(50)
    end(c, 'step', 1)
    expect([phase(c), killed(c)]).toEqual(['Pending', ['Killing: Stopping container a']])
    c.runFor(30_000)
    expect([phase(c), stateOf(c, 'a')?.state.terminated?.exitCode, stateOf(c, 'c')?.state.waiting?.reason]).toEqual(['Failed', 0, 'PodInitializing'])
    expect(killed(c)).toHaveLength(1)
  })

  test('a deletion meanwhile ends them as ever', () => {
    const c = podOf('Never')
    end(c, 'c')
    end(c, 'd')
    c.api.delete('Pod', 'default', 'p')
    c.runFor(10_000)
    expect(c.pod('p')).toBeUndefined()
  })

  test('the machine restarts meanwhile: nothing is started again', () => {
    const c = podOf('Never')
    end(c, 'c')
    end(c, 'd')
    c.fault({ reboot: 'n1' })
    c.runFor(20_000)
    expect([phase(c), stateOf(c, 'a')?.state.terminated?.exitCode]).toEqual(['Succeeded', 255])
  })

  test('a kubelet that was away stops them when it is back (KL-8.5)', () => {
    const c = podOf('Never')
    c.fault({ fail: 'n1' })
    end(c, 'c')
    end(c, 'd')
    c.runFor(10_000)
    expect(phase(c)).toBe('Running')
    c.fault({ recover: 'n1' })
    c.runFor(10_000)
    expect(phase(c)).toBe('Succeeded')
  })
})

test.each([
  ['OnFailure', 1],
  ['Always', 0],
] as const)('KL-5.9: %s, exit code %d: what is started again has not ended', (policy, exitCode) => {
  const c = podOf(policy)
  end(c, 'c', exitCode)
  end(c, 'd', exitCode)
  c.runFor(20_000)
  expect([phase(c), killed(c), stateOf(c, 'c')?.state.running !== undefined]).toEqual(['Running', [], true])
})

test('CH-5: before 1.29 they are init containers like others', () => {
  const c = podOf('Never', '1.28')
  end(c, 'c')
  end(c, 'd', 1)
  expect([phase(c), killed(c)]).toEqual(['Failed', []])
})
