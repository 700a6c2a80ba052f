import { describe, expect, it } from 'vitest'
import { defaultPod } from './defaults/pod.ts'
import { nonZeroRequests, podRequests, qosClass } from './pod-resources.ts'
import type { Container, Pod, PodSpec, ResourceList, ResourceRequirements } from './types.ts'

const container = (requests?: ResourceList, limits?: ResourceList): Container => ({ name: 'c', resources: { requests, limits } })
const mebi = 1024 * 1024

describe('podRequests (SCH-3.15)', () => {
  it('sums containers and takes the largest init container', () => {
    const spec: PodSpec = {
      containers: [container({ cpu: '100m', memory: '64Mi' }), container({ cpu: '0.5', 'example.com/gpu': '2' })],
      initContainers: [container({ cpu: '200m', memory: '128Mi' }), container({ memory: '32Mi' })],
      overhead: { cpu: '10m' },
    }
    expect(podRequests(spec)).toEqual({ cpuMillis: 610, memoryBytes: 128 * mebi, ephemeralBytes: 0, extended: { 'example.com/gpu': 2 } })
    expect(podRequests(spec)).toBe(podRequests(spec))
  })

  it('counts sidecars with the containers and with the init containers after them', () => {
    const sidecar: Container = { ...container({ cpu: '100m' }), restartPolicy: 'Always' }
    const spec: PodSpec = { containers: [container({ cpu: '200m' })], initContainers: [sidecar, container({ cpu: '250m' })] }
    expect(podRequests(spec).cpuMillis).toBe(350)
  })

  it('asks for nothing when nothing is written', () => {
    expect(podRequests({ containers: [{ name: 'c' }] })).toEqual({ cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} })
  })
})

it('nonZeroRequests counts 100m and 200Mi where nothing is asked, 0 where 0 is (SCH-5.4)', () => {
  const spec: PodSpec = { containers: [container(), container({ cpu: '0', memory: '1Mi' })] }
  expect(nonZeroRequests(spec)).toMatchObject({ cpuMillis: 100, memoryBytes: 201 * mebi })
})

describe('qosClass (KL-11.1)', () => {
  const full = { cpu: '1', memory: '1Gi' }
  const cases: [what: string, containers: Container[], expected: string][] = [
    ['nothing asked', [container()], 'BestEffort'],
    ['only other resources', [container({ 'ephemeral-storage': '1Gi' })], 'BestEffort'],
    ['limits equal to requests', [container(full, full)], 'Guaranteed'],
    ['the same amount in other words', [container({ cpu: '1000m', memory: '1024Mi' }, full)], 'Guaranteed'],
    ['requests below limits', [container({ cpu: '1', memory: '1Mi' }, full)], 'Burstable'],
    ['only requests', [container(full)], 'Burstable'],
    ['no memory limit', [container({ cpu: '1' }, { cpu: '1' })], 'Burstable'],
    ['one container without limits', [container(full, full), container()], 'Burstable'],
  ]
  it.each(cases)('%s', (_, containers, expected) => {
    expect(qosClass({ containers })).toBe(expected)
  })

  it('counts init containers too', () => {
    expect(qosClass({ containers: [container(full, full)], initContainers: [container()] })).toBe('Burstable')
  })
})

describe('resources of the pod as a whole', () => {
  const spec = (pod: ResourceRequirements, container: ResourceRequirements = {}): PodSpec => {
    const own = { containers: [{ name: 'c', resources: container }], resources: pod, overhead: { cpu: '10m' } }
    return defaultPod({ kind: 'Pod', metadata: { name: 'p' }, spec: own } as unknown as Pod, '1.36').spec
  }

  it('count instead of the sum of its containers, overhead on top (SCH-3.15)', () => {
    expect(podRequests(spec({ requests: { cpu: '1' } }, { requests: { cpu: '100m', memory: '1Ki' } }))).toMatchObject({
      cpuMillis: 1010,
      memoryBytes: 1024,
    })
    expect(podRequests(spec({ limits: { cpu: '1', memory: '1Ki' } }, { requests: { cpu: '100m' } }))).toMatchObject({
      cpuMillis: 110,
      memoryBytes: 1024,
    })
  })

  it('decide the class', () => {
    expect(qosClass(spec({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } }))).toBe('Guaranteed')
    expect(qosClass(spec({ limits: { cpu: '1', memory: '1Gi' } }))).toBe('Guaranteed')
    expect(qosClass(spec({ limits: { cpu: '1' } }))).toBe('Burstable')
  })
})
