/** DS-9, DS-19 section K: the revisions of a DaemonSet. */
import { describe, expect, it } from 'vitest'
import { alreadyExists } from '#k8s/api-error.ts'
import { templateHash } from '#k8s/hash.ts'
import { controllerRef } from '#k8s/owner.ts'
import type { ControllerRevision, DaemonSet, Pod } from '#k8s/types.ts'
import { getPatch } from './history.ts'
import { addPods, createTestBed, daemonSet, L1, L2, node, podOn, setImage, type TestBed } from './test-bed.ts'

const ds = daemonSet()
const hash = templateHash(ds.spec.template)

function revision(
  name: string,
  number: number,
  change: Partial<ControllerRevision['metadata']> = {},
  template = ds.spec.template,
): ControllerRevision {
  const labels = { ...L1, 'controller-revision-hash': name.replace('foo-', '') }
  const metadata = { name, namespace: 'default', labels, ownerReferences: [controllerRef(ds)], ...change }
  return { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, revision: number, data: getPatch(template) }
}

const otherTemplate = (image: string) => ({ ...ds.spec.template, spec: { containers: [{ name: 'foo', image }] } })

/** `name: number` of all revisions, by number. */
function revisions(bed: TestBed): string[] {
  const found = ['foo', 'orphan', 'elsewhere'].flatMap((prefix) =>
    bed.controller.api.list('ControllerRevision').filter((r) => r.metadata.name.startsWith(prefix)),
  )
  return found.sort((a, b) => a.revision - b.revision).map((r) => `${r.metadata.name}: ${r.revision}`)
}

function bedWith(...objects: (ControllerRevision | DaemonSet)[]): TestBed {
  const bed = createTestBed()
  bed.put(node('node-0'))
  bed.put(ds)
  for (const object of objects) bed.put(object)
  return bed
}

describe('which revisions are the DaemonSet’s', () => {
  it('T-120 adopts an orphan of the namespace', () => {
    const bed = bedWith(revision('foo-own', 1, {}, otherTemplate('a')), revision('orphan-1', 2, { ownerReferences: [] }))
    bed.sync()
    const orphan = bed.get<ControllerRevision>('ControllerRevision', 'default/orphan-1')
    expect(orphan.metadata.ownerReferences).toEqual([controllerRef(ds)])
    // it stores the present template, so it is the current revision
    expect(revisions(bed)).toEqual(['foo-own: 1', 'orphan-1: 2'])
    expect(bed.pods()[0]?.metadata.labels?.['controller-revision-hash']).toBe('orphan-1')
  })

  it('T-121 leaves orphans of other namespaces', () => {
    const bed = bedWith(revision('elsewhere-1', 7, { namespace: 'other', ownerReferences: [] }))
    bed.sync()
    expect(revisions(bed)).toEqual([`foo-${hash}: 1`, 'elsewhere-1: 7'])
  })

  it('DS-9.1 releases what the selector no longer matches', () => {
    const bed = bedWith(revision('foo-odd', 1, { labels: L2 }, otherTemplate('a')))
    bed.sync()
    expect(bed.get<ControllerRevision>('ControllerRevision', 'default/foo-odd').metadata.ownerReferences).toEqual([])
  })

  it('DS-9.1 gives a revision without hash label its name as hash', () => {
    const bed = bedWith(revision('foo-bare', 1, { labels: L1 }))
    bed.sync()
    expect(bed.get<ControllerRevision>('ControllerRevision', 'default/foo-bare').metadata.labels?.['controller-revision-hash']).toBe('foo-bare')
  })
})

describe('the current revision', () => {
  it('DS-9.4 is made with the template’s labels and the DaemonSet’s annotations', () => {
    const bed = createTestBed()
    bed.put({ ...ds, metadata: { ...ds.metadata, annotations: { 'kubernetes.io/change-cause': 'first' } } })
    bed.sync()
    expect(bed.get<ControllerRevision>('ControllerRevision', `default/foo-${hash}`)).toMatchObject({
      metadata: {
        labels: { ...L1, 'controller-revision-hash': hash },
        annotations: { 'kubernetes.io/change-cause': 'first' },
        ownerReferences: [controllerRef(ds)],
      },
      revision: 1,
      data: { spec: { template: { $patch: 'replace', ...ds.spec.template } } },
    })
  })

  it('DS-9.5 an old template that comes back gets the next number and keeps its name', () => {
    const bed = bedWith()
    bed.sync()
    setImage(bed, 'second')
    bed.clear()
    bed.sync()
    const second = templateHash(otherTemplate('second'))
    expect(revisions(bed)).toEqual([`foo-${hash}: 1`, `foo-${second}: 2`])
    setImage(bed, 'foo/bar')
    bed.clear()
    bed.sync()
    expect(revisions(bed)).toEqual([`foo-${second}: 2`, `foo-${hash}: 3`])
  })

  it.each<[string, ControllerRevision[], number]>([
    ['none', [], 1],
    ['of others that are not the current one', [revision('foo-a', 4, {}, otherTemplate('a')), revision('foo-b', 9, {}, otherTemplate('b'))], 10],
    ['of a number below 1', [revision('foo-a', 0, {}, otherTemplate('a'))], 1],
  ])('DS-9.3 is numbered behind all others: %s', (_, others, number) => {
    const bed = bedWith(...others)
    bed.sync()
    expect(revisions(bed).at(-1)).toBe(`foo-${hash}: ${number}`)
  })

  it.each([
    ['behind', 3, 10],
    ['equal', 9, 10],
    ['next', 10, 10],
    ['beyond, which only a person can make', 40, 40],
  ])('DS-9.3, DS-9.5 does not count itself: %s', (_, own, number) => {
    const bed = bedWith(revision('foo-a', 9, {}, otherTemplate('a')), revision('foo-current', own))
    bed.sync()
    expect(revisions(bed)).toEqual(['foo-a: 9', `foo-current: ${number}`])
  })

  it('DS-9.6 of equal numbers one stays, and is numbered behind the others', () => {
    const bed = bedWith(revision('foo-a', 2), revision('foo-b', 2), revision('foo-c', 7, {}, otherTemplate('c')))
    bed.sync()
    expect(revisions(bed)).toEqual(['foo-c: 7', 'foo-b: 8'])
  })

  it('DS-9.6 of two of one template the newer stays and all pods take its hash', () => {
    const bed = bedWith(revision('foo-a', 2), revision('foo-b', 5))
    addPods(bed, 'node-0', 1, ds)
    bed.sync()
    expect(revisions(bed)).toEqual(['foo-b: 5'])
    expect(bed.pods().map((pod: Pod) => pod.metadata.labels?.['controller-revision-hash'])).toEqual(['b'])
  })

  it('DS-9.6 orphans are adopted first and take the hash, too', () => {
    const bed = bedWith(revision('foo-a', 2), revision('foo-b', 5))
    const orphan = bed.put(podOn('node-0', undefined, { ...L1, 'controller-revision-hash': 'a' }))
    bed.sync()
    const { labels, ownerReferences } = bed.get<Pod>('Pod', `default/${orphan.metadata.name}`).metadata
    expect([labels?.['controller-revision-hash'], ownerReferences]).toEqual(['b', [controllerRef(ds)]])
  })
})

describe('DS-9.8, NM-2.6 a name that is taken', () => {
  const refusing = (existing: ControllerRevision, collisionCount?: number) => {
    const bed = createTestBed()
    bed.put({ ...ds, status: { ...ds.status, collisionCount } })
    const { api } = bed.controller
    // another DaemonSet's revision: the informers have not shown it yet
    bed.delivers = false
    bed.put(existing)
    bed.delivers = true
    const create = api.create
    api.create = ((kind: 'ControllerRevision', object: ControllerRevision) => {
      if (api.get(kind, 'default', object.metadata.name)) throw alreadyExists('controllerrevisions.apps', object.metadata.name)
      return create(kind, object)
    }) as typeof create
    return bed
  }

  it('is used when it stores the same', () => {
    const bed = refusing(revision(`foo-${hash}`, 4))
    bed.sync()
    expect(bed.error).toBeUndefined()
    expect(revisions(bed)).toEqual([`foo-${hash}: 4`])
  })

  it('raises collisionCount otherwise, and the next sync finds another hash', () => {
    const bed = refusing(revision(`foo-${hash}`, 1, { ownerReferences: [] }, otherTemplate('x')))
    bed.sync()
    expect(bed.error?.message).toBe(`failed to construct revisions of DaemonSet: controllerrevisions.apps "foo-${hash}" already exists`)
    expect(bed.get<DaemonSet>('DaemonSet', 'default/foo').status.collisionCount).toBe(1)
    bed.sync()
    expect(bed.error).toBeUndefined()
    expect(revisions(bed)).toContain(`foo-${templateHash(ds.spec.template, 1)}: 1`)
    expect(bed.get<DaemonSet>('DaemonSet', 'default/foo').status.collisionCount).toBe(1)
  })

  it('says so when the count it knows is not the live one', () => {
    const bed = refusing(revision(`foo-${hash}`, 1, { ownerReferences: [] }, otherTemplate('x')))
    bed.delivers = false
    bed.put({ ...ds, status: { ...ds.status, collisionCount: 3 } })
    bed.sync()
    expect(bed.error?.message).toContain('found a stale collision count (3, expected undefined) of DaemonSet "foo" while processing')
  })
})

describe('DS-9.10 clean-up', () => {
  const old = (count: number) => Array.from({ length: count }, (_, i) => revision(`foo-${i + 1}`, i + 1, {}, otherTemplate(String(i))))

  it('keeps revisionHistoryLimit old ones beside the current', () => {
    const bed = bedWith(...old(4))
    bed.sync()
    expect(revisions(bed)).toEqual(['foo-3: 3', 'foo-4: 4', `foo-${hash}: 5`])
  })

  it('DS-9.10 limit 0 keeps the current one alone', () => {
    const bed = bedWith(...old(3))
    bed.put({ ...ds, spec: { ...ds.spec, revisionHistoryLimit: 0 } })
    bed.sync()
    expect(revisions(bed)).toEqual([`foo-${hash}: 4`])
  })

  it.each([
    ['one that has ended and is going counts, though it stands for no node (DS-5.5)', { nodeName: 'node-0' }, 'Failed', ['foo-1: 1', 'foo-4: 4']],
    ['one on a node that is gone counts', { nodeName: 'gone' }, 'Running', ['foo-1: 1', 'foo-4: 4']],
    ['one that names no node does not', {}, 'Pending', ['foo-3: 3', 'foo-4: 4']],
  ] as const)('DS-9.10, T-39 which pods keep a revision: %s', (_, where, phase, kept) => {
    const bed = bedWith(...old(4))
    const labels = { ...L1, 'controller-revision-hash': '1' }
    const gone = phase === 'Failed' ? { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['x/y'] } : {}
    const pod = podOn('', ds, labels, { ...gone, labels })
    bed.put({ ...pod, spec: { ...pod.spec, nodeName: undefined, ...where }, status: { phase } })
    bed.sync()
    expect(revisions(bed).slice(0, -1)).toEqual(kept)
  })

  it('passes over those that pods carry', () => {
    const bed = bedWith(...old(4))
    const pod = bed.put({
      ...revision('x', 1),
      kind: 'Pod',
      apiVersion: 'v1',
      spec: { nodeName: 'node-0', containers: [] },
      status: {},
    } as never) as Pod
    bed.put({ ...pod, metadata: { ...pod.metadata, labels: { ...L1, 'controller-revision-hash': '1' } } })
    bed.sync()
    expect(revisions(bed)).toEqual(['foo-1: 1', 'foo-4: 4', `foo-${hash}: 5`])
  })
})
