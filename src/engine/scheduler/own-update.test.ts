import { expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { isOwnUpdateWorthRequeuing } from './own-update.ts'

const pod = (metadata: object, more: object = {}): Pod =>
  ({ kind: 'Pod', metadata: { name: 'p', resourceVersion: '1', ...metadata }, spec: { containers: [] }, status: {}, ...more }) as unknown as Pod

const old = pod({ labels: { a: 'b' }, finalizers: ['x.y/z'] })

it.each([
  ['labels', pod({ labels: { a: 'c' }, finalizers: ['x.y/z'] }), true],
  ['annotations', pod({ labels: { a: 'b' }, finalizers: ['x.y/z'], annotations: { c: 'd' } }), true],
  ['the end', pod({ labels: { a: 'b' }, finalizers: ['x.y/z'], deletionTimestamp: '2024-01-01T00:00:00Z' }), true],
  ['finalizers', pod({ labels: { a: 'b' }, resourceVersion: '2' }), false],
  ['the status', pod({ labels: { a: 'b' }, finalizers: ['x.y/z'], resourceVersion: '2' }, { status: { phase: 'Pending' } }), false],
])('SCH-7.8 until 1.31 %s of a waiting pod: worth another attempt or not', (_what, next, isWorth) => {
  expect(isOwnUpdateWorthRequeuing('1.23', next, old, ['NodeAffinity'])).toBe(isWorth)
  expect(isOwnUpdateWorthRequeuing('1.31', next, old, ['NodeAffinity'])).toBe(isWorth)
})
