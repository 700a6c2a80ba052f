import { expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { explain } from './explain.ts'
import { agent, clusterWith, podsOf } from './explain-test-cluster.ts'

it('a node under pressure: that its kubelet evicts, and whom it turns away (KL-9.5, KL-10)', () => {
  const cluster = clusterWith([{ name: 'a' }], agent())
  const said = () => explain(cluster, { about: 'node', name: 'a' }).reasons.filter(({ rule }) => rule === 'KL-10')
  expect(said()).toEqual([])
  cluster.fault({ condition: { name: 'a', set: { DiskPressure: true } } }, 'the disk is full')
  expect(said()).toMatchObject([{ verdict: 'no', text: expect.stringMatching(/^`DiskPressure`: .*turns new ones away$/) }])
  cluster.fault({ condition: { name: 'a', set: { DiskPressure: false, MemoryPressure: true } } }, 'the memory is full')
  expect(said()).toMatchObject([{ verdict: 'no', text: expect.not.stringContaining('turns new ones away') }])
})

it('a pod that is not Ready because its readiness probe fails (KL-7)', () => {
  const containers = [{ name: 'c', image: 'agent:v1', readinessProbe: { tcpSocket: { port: 1 }, periodSeconds: 1 } }]
  const cluster = clusterWith([{ name: 'a' }], agent({}, { containers }))
  const { name } = (podsOf(cluster)[0] as Pod).metadata
  const summary = () => explain(cluster, { about: 'pod', namespace: 'default', name }).summary
  cluster.runFor(5000)
  expect(summary()).toContain('Running and Ready')
  cluster.fault({ probeFails: { pod: name, probe: 'readiness' } }, 'the probe fails')
  cluster.runFor(5000)
  expect(summary()).toContain('its readiness probe fails')
})
