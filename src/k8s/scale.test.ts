import { expect, it } from 'vitest'
import { scaleOf } from './scale.ts'
import type { AnyObject, Deployment } from './types.ts'

it('a Scale leaves out no replicas and tells the selector, sorted', () => {
  const matchExpressions = [
    { key: 'z', operator: 'In', values: ['y', 'x'] },
    { key: 'k', operator: 'Exists' },
    { key: 'n', operator: 'DoesNotExist' },
    { key: 'o', operator: 'NotIn', values: ['q'] },
  ]
  const of = (spec: object, status: object) =>
    scaleOf({ kind: 'Deployment', metadata: { name: 'a' }, spec, status } as unknown as Deployment as AnyObject)
  const selector = { matchLabels: { b: 'c', app: 'a' }, matchExpressions }
  expect(of({ replicas: 0, selector }, {})).toMatchObject({ spec: {}, status: { replicas: 0, selector: 'app=a,b=c,k,!n,o notin (q),z in (x,y)' } })
  expect(of({ replicas: 0, selector }, {}).spec).toEqual({})
  expect(of({ replicas: 2, selector: {} }, { replicas: 1 })).toMatchObject({ spec: { replicas: 2 }, status: { replicas: 1 } })
  expect(of({ replicas: 2, selector: {} }, {}).status).not.toHaveProperty('selector')
})
