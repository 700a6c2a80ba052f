import { describe, expect, it } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { changesBetween, watchKey } from './watch-changes.ts'

const nowMs = Date.parse('2024-01-01T00:00:10Z')
const object = (kind: string, metadata: object): AnyObject =>
  ({ kind, metadata: { name: 'x', uid: 'u', resourceVersion: '5', ...metadata } }) as AnyObject

/** What is told once the object is no longer seen. */
const end = (gone: AnyObject) =>
  changesBetween(new Map([[watchKey(gone), gone]]), [], nowMs).map(({ type, object: { metadata } }) => [
    type,
    metadata.deletionTimestamp,
    metadata.deletionGracePeriodSeconds,
    metadata.generation,
  ])

describe('what a watch tells of an object that is gone', () => {
  it('API-2.3 a pod that was not deleted before: its end, then that it is gone', () => {
    const told = ['2024-01-01T00:00:10Z', 0, 2]
    expect(end(object('Pod', { generation: 1 }))).toEqual([
      ['MODIFIED', ...told],
      ['DELETED', ...told],
    ])
  })

  it('API-2.4 a pod that had its grace: the same, at the time it was deleted', () => {
    const told = ['2024-01-01T00:00:07Z', 0, 2]
    expect(end(object('Pod', { deletionTimestamp: '2024-01-01T00:00:37Z', deletionGracePeriodSeconds: 30, generation: 2 }))).toEqual([
      ['MODIFIED', ...told],
      ['DELETED', ...told],
    ])
  })

  it('API-2.5 a pod that only a finalizer held: only that it is gone', () => {
    expect(end(object('Pod', { deletionTimestamp: '2024-01-01T00:00:07Z', deletionGracePeriodSeconds: 0 }))).toEqual([
      ['DELETED', '2024-01-01T00:00:07Z', 0, undefined],
    ])
  })

  it('API-2.7 another object: only that it is gone', () => {
    expect(end(object('DaemonSet', { generation: 3 }))).toEqual([['DELETED', undefined, undefined, 3]])
  })
})
