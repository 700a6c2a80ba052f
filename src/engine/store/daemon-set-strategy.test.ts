/** What the API server does to a DaemonSet that is written (DS-14.3 to DS-14.7); T-142's template generation. */
import { describe, expect, it } from 'vitest'
import type { DaemonSet, KubeObject } from '#k8s/types.ts'
import { Cluster } from '../cluster.ts'

const ref = { kind: 'DaemonSet', namespace: 'default', name: 'agent' } as const
const generationAnnotation = 'deprecated.daemonset.template.generation'
const manifest = (change: { annotations?: Record<string, string>; status?: object } = {}) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default', ...(change.annotations && { annotations: change.annotations }) },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'c', image: 'agent:v1' }] } },
    },
    ...(change.status && { status: change.status }),
  }) as unknown as DaemonSet

function created(change?: Parameters<typeof manifest>[0]): {
  cluster: Cluster
  read: () => DaemonSet
  generations: () => [number | undefined, string | undefined]
} {
  const cluster = new Cluster({ seed: 1 })
  cluster.client.create(manifest(change))
  const read = () => cluster.client.get(ref) as DaemonSet
  return { cluster, read, generations: () => [read().metadata.generation, read().metadata.annotations?.[generationAnnotation]] }
}

describe('DS-14.3 create', () => {
  it('begins with generation 1 and without a status', () => {
    const { read, generations } = created({ status: { numberReady: 7, desiredNumberScheduled: 7, currentNumberScheduled: 7, numberMisscheduled: 0 } })
    expect(generations()).toEqual([1, '1'])
    expect(read().status).toEqual({ currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 })
  })

  it('keeps a template generation that is given, if it is at least 1', () => {
    expect(created({ annotations: { [generationAnnotation]: '5' } }).generations()).toEqual([1, '5'])
    expect(created({ annotations: { [generationAnnotation]: '0' } }).generations()).toEqual([1, '1'])
  })
})

describe('DS-14.4, T-142 update', () => {
  const cases: [string, object, [number, string]][] = [
    ['metadata only', { metadata: { labels: { a: 'b' } } }, [1, '1']],
    ['nothing', {}, [1, '1']],
    ['another part of the spec', { spec: { minReadySeconds: 5 } }, [2, '1']],
    ['the template', { spec: { template: { metadata: { annotations: { a: 'b' } } } } }, [2, '2']],
    ['an empty list for none', { spec: { template: { spec: { tolerations: [] } } } }, [1, '1']],
    ['a template generation by hand', { metadata: { annotations: { [generationAnnotation]: '9' } } }, [1, '1']],
    ['its annotation taken away', { metadata: { annotations: { [generationAnnotation]: null } } }, [1, '1']],
    ['all annotations taken away', { metadata: { annotations: null } }, [1, '1']],
  ]
  it.each(cases)('%s', (_, patch, expected) => {
    const { cluster, generations } = created()
    cluster.client.patch(ref, 'merge', patch)
    expect(generations()).toEqual(expected)
  })
})

describe('DS-14.5 the template generation', () => {
  it('is an annotation on every read: the answers to create, get, list and patch', () => {
    const cluster = new Cluster({ seed: 1 })
    const shown = (object: KubeObject | undefined) => object?.metadata.annotations?.[generationAnnotation]
    expect(shown(cluster.client.create(manifest()))).toBe('1')
    expect(shown(cluster.client.get(ref))).toBe('1')
    expect(shown(cluster.client.list('DaemonSet').items[0])).toBe('1')
    expect(shown(cluster.client.patch(ref, 'merge', { spec: { template: { metadata: { annotations: { a: 'b' } } } } }))).toBe('2')
  })

  it.each([
    ['x', 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['', 'strconv.ParseInt: parsing "": invalid syntax'],
    ['1.5', 'strconv.ParseInt: parsing "1.5": invalid syntax'],
    ['9223372036854775808', 'strconv.ParseInt: parsing "9223372036854775808": value out of range'],
  ])('that is no integer of 64 bits is refused: %j', (text, why) => {
    expect(() => created({ annotations: { [generationAnnotation]: text } })).toThrow(
      `DaemonSet in version "v1" cannot be handled as a DaemonSet: ${why}`,
    )
  })
})

it('DS-14.6 a write of the spec keeps the status, a write of the status keeps the spec', () => {
  const { cluster, read } = created()
  const spec = (minReadySeconds: number) => ({
    ...read(),
    spec: { ...read().spec, minReadySeconds },
    status: { ...read().status, numberReady: minReadySeconds },
  })
  cluster.client.update(spec(3) as KubeObject)
  expect([read().spec.minReadySeconds, read().status.numberReady]).toEqual([3, 0])
  cluster.client.update(spec(9) as KubeObject, { subresource: 'status' })
  expect([read().spec.minReadySeconds, read().status.numberReady]).toEqual([3, 9])
  expect(read().metadata.generation).toBe(2)
})

it('DS-14.7 a write to what does not exist makes nothing; one without resourceVersion is allowed', () => {
  const { cluster, read } = created()
  const { resourceVersion, ...metadata } = read().metadata
  const unversioned = { ...read(), metadata, spec: { ...read().spec, minReadySeconds: 3 } }
  expect(cluster.client.update(unversioned as KubeObject, { dryRun: true }).metadata.resourceVersion).toBe(resourceVersion)
  cluster.client.update(unversioned as KubeObject)
  expect(read().spec.minReadySeconds).toBe(3)
  cluster.client.delete(ref)
  expect(() => cluster.client.update(manifest() as KubeObject)).toThrow('daemonsets.apps "agent" not found')
})

it('DS-14.6 a status that is sent without its counters, or not at all, has them as 0, and the controller mends it', () => {
  for (const status of [undefined, {}, { numberReady: 7 }]) {
    const { cluster, read } = created()
    cluster.client.update({ ...read(), status } as unknown as KubeObject, { subresource: 'status' })
    const zeros = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 }
    expect(read().status).toEqual({ ...zeros, ...status })
    cluster.settle()
    expect(read().status).toMatchObject({ ...zeros, observedGeneration: 1 })
  }
})
