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

it('a pod in CrashLoopBackOff: how often its container was restarted, and how it ended (KL-5)', () => {
  const cluster = clusterWith([{ name: 'a' }], agent())
  const { name } = (podsOf(cluster)[0] as Pod).metadata
  // the first restart comes at once, the second after a wait (KL-5.3)
  for (let exits = 0; exits < 2; exits++) {
    cluster.runFor(5000)
    cluster.fault({ crash: { pod: name, exitCode: 3 } }, 'it ends')
  }
  cluster.runFor(1000)
  const { summary } = explain(cluster, { about: 'pod', namespace: 'default', name })
  expect(summary).toMatch(/is in CrashLoopBackOff \(1 restart so far, the last exit code was 3\)\.$/)
})

it('the message of a failed pod ends with one full stop', () => {
  const cluster = clusterWith([{ name: 'a' }], agent())
  const { name } = (podsOf(cluster)[0] as Pod).metadata
  cluster.fault({ podFails: { name: 'a', app: 'agent', reason: 'Evicted', message: 'The node was low on resource: memory.' } }, 'it fails')
  expect(explain(cluster, { about: 'pod', namespace: 'default', name }).summary).toMatch(/memory\.$/)
  expect(explain(cluster, { about: 'pod', namespace: 'default', name }).summary).not.toMatch(/\.\.$/)
})

it('a pod that was evicted: by whom, and that its ReplicaSet lets it lie (WC-2.5); no word of what it tolerates', () => {
  const cluster = clusterWith([{ name: 'a' }], agent())
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'web:v1' }] } }
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template } }
  cluster.client.create(web as Parameters<typeof cluster.client.create>[0])
  cluster.settle()
  const about = (app: string) => {
    const name = podsOf(cluster).find(({ metadata }) => metadata.labels?.app === app)?.metadata.name ?? ''
    return explain(cluster, { about: 'pod', namespace: 'default', name })
  }
  const rules = () => about('web').reasons.map(({ rule }) => rule)
  expect(rules()).toEqual(['SCH-5', 'NL-6.2'])
  cluster.fault({ podFails: { name: 'a', app: 'web', reason: 'Evicted', message: 'The node was low on resource: memory.' } }, 'it is evicted')
  expect(about('web').summary).toMatch(/was evicted by its kubelet: The node was low on resource: memory\.$/)
  expect(rules()).toEqual(['SCH-5', 'WC-2.5'])
})
