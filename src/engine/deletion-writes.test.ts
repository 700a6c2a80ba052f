import { describe, expect, it } from 'vitest'
import type { KubeObject, Pod } from '#k8s/types.ts'
import { Cluster } from './cluster.ts'

const ref = { kind: 'Pod', namespace: 'default', name: 'p' } as const

/** A pod on a machine, and a line for each write to it from here on: what watchers see. */
function watched(metadata: Partial<Pod['metadata']> = {}) {
  const cluster = new Cluster({ version: '1.36', kubelets: 'stand-in' })
  cluster.fault({ add: [{ name: 'a' }] }, 'a machine joins')
  const spec = { nodeName: 'a', containers: [{ name: 'c', image: 'c:v1' }] }
  cluster.client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ...metadata }, spec } as KubeObject)
  cluster.runFor(5000)
  const writes: string[] = []
  cluster.core.listen((type, object) => {
    if (object.kind !== 'Pod') return
    const { deletionGracePeriodSeconds, generation, finalizers = [] } = (object as Pod).metadata
    writes.push([type, deletionGracePeriodSeconds, `generation ${generation}`, ...finalizers].join(' '))
  })
  return { cluster, writes, remove: (request: Parameters<typeof cluster.client.delete>[1] = {}) => cluster.client.delete(ref, request) }
}

describe('what is written when a pod is deleted', () => {
  it('API-2.2, API-2.3, API-2.6 the kubelet’s final delete takes the grace away before the pod is gone', () => {
    const { cluster, writes, remove } = watched()
    remove()
    cluster.runFor(5000)
    expect(writes).toEqual(['MODIFIED 30 generation 2', 'MODIFIED 0 generation 2', 'DELETED 0 generation 2'])
  })

  it('API-2.3 a forced delete raises the generation as any first delete does', () => {
    const { writes, remove } = watched()
    remove({ gracePeriodSeconds: 0 })
    expect(writes).toEqual(['MODIFIED 0 generation 2', 'DELETED 0 generation 2'])
  })

  it('API-2.4 a forced delete of a pod whose kubelet is silent writes twice; the time is that of the first delete', () => {
    const { cluster, writes, remove } = watched()
    cluster.fault({ fail: 'a' }, 'its kubelet stops')
    remove()
    const askedAt = cluster.core.timestamp()
    cluster.runFor(10_000)
    const last = remove({ gracePeriodSeconds: 0 }) as Pod
    expect(writes).toEqual(['MODIFIED 30 generation 2', 'MODIFIED 0 generation 2', 'DELETED 0 generation 2'])
    expect(last.metadata.deletionTimestamp).toBe(askedAt)
  })

  it('NL-7.3 so does the garbage collector of pods whose node is gone', () => {
    const { cluster, writes } = watched()
    cluster.fault({ remove: 'a' }, 'the machine goes')
    cluster.runFor(120_000)
    expect(writes.slice(-2)).toEqual(['MODIFIED 0 generation 2', 'DELETED 0 generation 2'])
  })

  it('API-2.5 a finalizer stands between the two', () => {
    const { cluster, writes, remove } = watched({ finalizers: ['x.y/z'] })
    remove()
    cluster.runFor(5000)
    expect(writes).toEqual(['MODIFIED 30 generation 2 x.y/z', 'MODIFIED 0 generation 2 x.y/z'])
    cluster.client.patch(ref, 'merge', { metadata: { finalizers: null } })
    expect(writes.slice(2)).toEqual(['DELETED 0 generation 2 x.y/z'])
  })

  it.each([
    ['Foreground', 'foregroundDeletion'],
    ['Orphan', 'orphan'],
  ] as const)('GC-3.1, GC-4.1 a pod deleted with %s waits for the garbage collector as other objects do', (propagationPolicy, finalizer) => {
    const { cluster, writes, remove } = watched()
    remove({ propagationPolicy })
    cluster.runFor(5000)
    expect(writes).toEqual([`MODIFIED 30 generation 2 ${finalizer}`, 'MODIFIED 30 generation 2', 'MODIFIED 0 generation 2', 'DELETED 0 generation 2'])
  })

  it.each(['orphan', 'foregroundDeletion'])('GC-3.1, GC-4.1 who deletes without a policy leaves the finalizer %s that is there', (finalizer) => {
    const { cluster, writes, remove } = watched({ finalizers: [finalizer] })
    remove()
    expect(writes).toEqual([`MODIFIED 30 generation 2 ${finalizer}`])
    remove({ propagationPolicy: 'Background', gracePeriodSeconds: 1 })
    expect(writes.slice(1)).toEqual(['MODIFIED 1 generation 2'])
    cluster.runFor(5000)
    expect(writes.at(-1)).toBe('DELETED 0 generation 2')
  })

  it('an eviction is marked by the API server before the pod is deleted (CH-3)', () => {
    const { cluster } = watched()
    cluster.client.evict(ref)
    const [mark, deletion] = cluster.core.state.journal.entries.slice(-2)
    expect([mark?.by, mark?.verb, mark?.text]).toEqual(['kube-apiserver', 'status', 'marked for eviction'])
    expect([deletion?.by, deletion?.verb]).toEqual(['user', 'delete'])
    const pod = cluster.client.get(ref) as Pod
    expect(pod.status.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({ status: 'True', reason: 'EvictionByEvictionAPI' })
  })
})
