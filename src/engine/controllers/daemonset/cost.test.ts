/** What a sync costs in a large cluster: what changed, not what there is. */
import { expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { addNodes, createTestBed, daemonSet, setAllReady, setReady } from './test-bed.ts'

const nodes = 15_000

it(`a sync after 3 of ${nodes} pods changed looks at 3 nodes`, () => {
  const bed = createTestBed()
  addNodes(bed, 0, nodes)
  bed.put(daemonSet({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } }))
  for (let creates = 250; creates === 250; bed.clear()) creates = bed.sync()[0]
  expect(bed.pods()).toHaveLength(nodes)
  setAllReady(bed)
  expect(bed.sync()).toEqual([0, 0, 0])

  const pods = bed.pods()
  const syncs = 500
  let spentMs = 0
  for (let i = 0; i < syncs; i++) {
    const changed = [i, 5000 + i, 12_000 + i].map((at) => pods[at] as Pod)
    for (const pod of changed) setReady(bed, pod, false)
    const before = performance.now()
    bed.sync()
    spentMs += performance.now() - before
  }
  const { numberReady, desiredNumberScheduled } = bed.get<ReturnType<typeof daemonSet>>('DaemonSet', 'default/foo').status
  expect([desiredNumberScheduled, numberReady]).toEqual([nodes, nodes - 3 * syncs])
  // tens of microseconds here; looking at every node would take milliseconds
  expect(spentMs / syncs).toBeLessThan(1)
})
