import { expect, test } from 'vitest'
import { FleetTestCluster } from './fleet-test-cluster.ts'

test('smoke', () => {
  const c = new FleetTestCluster('1.36')
  c.fault({ add: [{ name: 'n1' }, { name: 'n2' }, { name: 'n3' }] })
  c.runFor(6000)
  console.log(c.node('n1'), c.events('n1'))
  console.log(JSON.stringify(c.api.node('n1'), null, 1))
  c.createPod('p', 'n1')
  c.runFor(3000)
  console.log(JSON.stringify(c.pod('p'), null, 1), c.events('p'))
  console.log(c.core.state.journal.entries.filter(e=>e.name==='p'))
  console.log('idle fired', c.runFor(3_600_000), c.core.state.heap.length)
  c.api.delete('Pod', 'default', 'p')
  c.runFor(3000)
  console.log(c.pod('p'), c.events('p'))
  expect(1).toBe(1)
})
