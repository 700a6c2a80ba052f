import { expect, test } from 'vitest'
import type { KubeNode } from '#k8s/types.ts'
import { clusterStore } from '#state/cluster.ts'
import { createCardHeights } from './card-height.ts'

const node = { kind: 'Node', metadata: { name: 'a', labels: {} }, spec: {}, status: {} } as unknown as KubeNode
const initial = clusterStore.getState()
const state = { ...initial, nodeNames: ['a'], tables: { ...initial.tables, Node: new Map([['a', node]]) } }

// what subscribes to the list would be drawn again and again for ever
test.each([-24, 36, 60, 200, 264])('cards of %i px have heights, and the list stays the same one', (width) => {
  const heightsOf = createCardHeights()
  const heights = heightsOf(state, width)
  expect(heights[0]).toBeGreaterThan(0)
  expect(heightsOf(state, width)).toBe(heights)
})
