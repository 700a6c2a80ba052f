import { expect, it } from 'vitest'
import { conditionOf, isNodeReady } from './node.ts'
import { controllerOf, controllerRef, isControlledBy } from './owner.ts'
import type { KubeNode, KubeObject } from './types.ts'

it('the controller is the owner that says so (DS-7.5)', () => {
  const owner: KubeObject = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'ds', uid: 'u1' } }
  const reference = controllerRef(owner)
  expect(reference).toEqual({ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'ds', uid: 'u1', controller: true, blockOwnerDeletion: true })
  const bystander = { ...reference, uid: 'u2', controller: undefined }
  const owned: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ownerReferences: [bystander, reference] } }
  expect(controllerOf(owned)).toBe(reference)
  expect([isControlledBy(owned, 'u1'), isControlledBy(owned, 'u2'), isControlledBy(owned, undefined)]).toEqual([true, false, false])
})

it('a node is ready when it says so', () => {
  const node = (status?: 'True' | 'Unknown'): KubeNode => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n' },
    spec: {},
    status: { conditions: status && [{ type: 'Ready', status }] },
  })
  expect([isNodeReady(node('True')), isNodeReady(node('Unknown')), isNodeReady(node())]).toEqual([true, false, false])
  expect(conditionOf(node('Unknown'), 'Ready')?.status).toBe('Unknown')
})
