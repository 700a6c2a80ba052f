import { beforeEach, describe, expect, test } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { podCondition } from '#k8s/pod.ts'
import type { Container, KubeEvent, Pod, ResourceRequirements } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'

let cluster: Cluster

function begin(version: KubernetesVersion = '1.36') {
  cluster = new Cluster({ seed: 7, version })
  cluster.fault({ add: [{ name: 'a', cpu: '4', memory: '8Gi' }] }, 'a machine')
  cluster.settle()
}

beforeEach(() => begin())

function create(name: string, resources: ResourceRequirements, more: Partial<Container> = {}, spec: object = {}) {
  const containers = [{ name: 'c', image: 'i', resources, ...more }]
  cluster.client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: { containers, ...spec } } as unknown as Pod)
  cluster.settle()
}

const pod = (name: string): Pod => cluster.client.get({ kind: 'Pod', namespace: 'default', name }) as Pod
const statusOf = (name: string) => pod(name).status.containerStatuses?.[0]
const events = (name: string) =>
  (cluster.client.list('Event').items as KubeEvent[])
    .filter((e) => e.involvedObject?.name === name)
    .map(({ reason, message }) => `${reason}: ${message}`)

function resize(name: string, resources: ResourceRequirements, options = {}) {
  const patch = { spec: { containers: [{ name: 'c', resources }] } }
  return cluster.client.patch({ kind: 'Pod', namespace: 'default', name }, 'strategic', patch, { subresource: 'resize', ...options })
}

describe('a resize that fits', () => {
  test('is allocated at once, and given to the container a moment later without restarting it', () => {
    create('p', { requests: { cpu: '100m' } })
    resize('p', { requests: { cpu: '300m' } })
    cluster.runFor(10)
    expect(podCondition(pod('p'), 'PodResizeInProgress')).toMatchObject({ status: 'True', observedGeneration: 2 })
    expect(statusOf('p')).toMatchObject({ allocatedResources: { cpu: '300m' }, resources: { requests: { cpu: '100m' } } })
    cluster.settle()
    expect(statusOf('p')).toMatchObject({ resources: { requests: { cpu: '300m' } }, restartCount: 0, ready: true })
    expect(pod('p').status.conditions?.map((c) => c.type)).not.toContain('PodResizeInProgress')
    expect(pod('p').status.observedGeneration).toBe(2)
    const summary = '{"containers":[{"name":"c","resources":{"requests":{"cpu":"300m"}}}],"generation":2}'
    expect(events('p').slice(-2)).toEqual([`ResizeStarted: Pod resize started: ${summary}`, `ResizeCompleted: Pod resize completed: ${summary}`])
  })

  test('restarts a container whose policy asks for it', () => {
    create('p', { requests: { cpu: '100m' } }, { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] })
    resize('p', { requests: { cpu: '300m' } })
    cluster.settle()
    expect(statusOf('p')).toMatchObject({ resources: { requests: { cpu: '300m' } }, restartCount: 1, ready: true })
    expect(events('p')).toContain('Killing: Container c resize requires restart')
    expect(pod('p').status.conditions?.map((c) => c.type)).not.toContain('PodResizeInProgress')
  })

  test('waits for a kubelet that is stopped', () => {
    create('p', { requests: { cpu: '100m' } })
    cluster.fault({ fail: 'a' }, 'stops')
    resize('p', { requests: { cpu: '300m' } })
    cluster.runFor(5000)
    expect(statusOf('p')).toMatchObject({ resources: { requests: { cpu: '100m' } } })
    cluster.fault({ recover: 'a' }, 'is back')
    cluster.settle()
    expect(statusOf('p')).toMatchObject({ resources: { requests: { cpu: '300m' } } })
  })
})

describe('a resize that does not fit', () => {
  test('is deferred until another pod gives back what is missing; until then a restart brings what there was', () => {
    create('p', { requests: { cpu: '1' } })
    create('q', { requests: { cpu: '2500m' } })
    resize('p', { requests: { cpu: '2' } })
    cluster.settle()
    const message = "Node didn't have enough resource: cpu, requested: 2000, used: 2500, capacity: 4000"
    expect(podCondition(pod('p'), 'PodResizePending')).toMatchObject({ status: 'True', reason: 'Deferred', message })
    expect(events('p').at(-1)).toMatch(/^ResizeDeferred: Pod resize Deferred: \{.*"error":"Node didn't have enough resource: cpu/)
    cluster.fault({ crash: { pod: 'p' } }, 'ends')
    cluster.settle()
    expect(statusOf('p')).toMatchObject({ resources: { requests: { cpu: '1' } }, restartCount: 1 })
    cluster.client.delete({ kind: 'Pod', namespace: 'default', name: 'q' })
    cluster.settle()
    expect(statusOf('p')).toMatchObject({ resources: { requests: { cpu: '2' } }, allocatedResources: { cpu: '2' } })
    expect(podCondition(pod('p'), 'PodResizePending')).toBeUndefined()
  })

  test('is infeasible when the node could never do it; asking for what there was takes it back', () => {
    create('p', { requests: { cpu: '1' } })
    resize('p', { requests: { cpu: '5' } })
    cluster.settle()
    const message = "Node didn't have enough capacity: cpu, requested: 5000, capacity: 4000"
    expect(podCondition(pod('p'), 'PodResizePending')).toMatchObject({ reason: 'Infeasible', message })
    resize('p', { requests: { cpu: '1' } })
    cluster.settle()
    expect(podCondition(pod('p'), 'PodResizePending')).toBeUndefined()
  })
})

describe('the scheduler', () => {
  test('counts the most of what is asked for, allocated and in use, but not what can never be had', () => {
    create('p', { requests: { cpu: '1' } })
    create('q', { requests: { cpu: '1500m' } })
    // 1 + 1.5 are in use, 3 + 1.5 asked for
    resize('p', { requests: { cpu: '3' } })
    cluster.settle()
    create('late', { requests: { cpu: '1' } })
    expect(podCondition(pod('late'), 'PodScheduled')).toMatchObject({ status: 'False', message: expect.stringContaining('Insufficient cpu') })
    resize('p', { requests: { cpu: '30' } })
    cluster.settle()
    expect(pod('late').spec.nodeName).toBe('a')
  })

  test('looks again at who waits when a pod gives cpu back', () => {
    create('p', { requests: { cpu: '3' } })
    create('late', { requests: { cpu: '2' } })
    expect(pod('late').spec.nodeName).toBeUndefined()
    resize('p', { requests: { cpu: '1' } })
    cluster.settle()
    expect(pod('late').spec.nodeName).toBe('a')
  })
})

describe('the API server', () => {
  const refusal = (act: () => unknown): string => {
    try {
      act()
    } catch (error) {
      return (error as Error).message
    }
    return 'none'
  }

  test('refuses what is no change of cpu and memory', () => {
    create('p', { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } })
    const of = (resources: ResourceRequirements) => refusal(() => resize('p', resources))
    expect(of({ requests: { memory: '128Mi', cpu: '1' }, limits: { cpu: '1' } })).toBe(
      'Pod "p" is invalid: spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing',
    )
    expect(of({ limits: { 'ephemeral-storage': '1Gi' } })).toBe('Pod "p" is invalid: spec: Forbidden: only cpu and memory resources are mutable')
    expect(of({ requests: { cpu: null as unknown as string } })).toBe(
      'Pod "p" is invalid: spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed',
    )
    expect(of({ requests: { memory: '256Mi' } })).toBe(
      'Pod "p" is invalid: spec.containers[0].resources.requests: Invalid value: "256Mi": must be less than or equal to memory limit of 128Mi',
    )
    expect(of({ limits: { memory: '100Mi' } })).toBe('none')
  })

  test('before 1.34 memory limits may be lowered only with a restart', () => {
    begin('1.33')
    create('p', { requests: { memory: '64Mi' }, limits: { memory: '128Mi' } })
    const path = 'spec.containers[0].resources.limits[memory]'
    expect(refusal(() => resize('p', { limits: { memory: '100Mi' } }))).toBe(
      `Pod "p" is invalid: ${path}: Forbidden: memory limits cannot be decreased unless resizePolicy is RestartContainer`,
    )
    create('q', { requests: { memory: '64Mi' } })
    expect(refusal(() => resize('q', { limits: { memory: '100Mi' } }))).toBe(
      `Pod "q" is invalid: ${path}: Forbidden: memory limits cannot be added unless resizePolicy is RestartContainer`,
    )
  })

  test('takes nothing else from the request; has no such part before 1.33, nor of other kinds', () => {
    create('p', { requests: { cpu: '100m' } })
    const patch = {
      metadata: { labels: { a: 'b' } },
      spec: { containers: [{ name: 'c', image: 'other', resources: { requests: { cpu: '200m' } } }] },
    }
    cluster.client.patch({ kind: 'Pod', namespace: 'default', name: 'p' }, 'strategic', patch, { subresource: 'resize' })
    const { metadata, spec } = pod('p')
    expect([metadata.labels, spec.containers[0]?.image, spec.containers[0]?.resources]).toEqual([undefined, 'i', { requests: { cpu: '200m' } }])
    expect(refusal(() => cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', {}, { subresource: 'resize' }))).toContain('could not find')
    begin('1.32')
    create('p', { requests: { cpu: '100m' } })
    expect(refusal(() => resize('p', { requests: { cpu: '200m' } }))).toBe('the server could not find the requested resource')
  })

  test('a dry run changes nothing', () => {
    create('p', { requests: { cpu: '100m' } })
    expect((resize('p', { requests: { cpu: '300m' } }, { dryRun: true }) as Pod).spec.containers[0]?.resources).toEqual({ requests: { cpu: '300m' } })
    expect(pod('p').spec.containers[0]?.resources).toEqual({ requests: { cpu: '100m' } })
  })
})
