import { expect, it } from 'vitest'
import type { KubeEvent, KubeObject, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Cluster } from './cluster.ts'

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'c:v1' }] } } as KubeObject

/** A pod that no node can take is deleted: what watchers are told, and what the scheduler says. */
function deletePending(version: KubernetesVersion): { watched: string[]; said: string[] } {
  const cluster = new Cluster({ version, kubelets: 'stand-in' })
  cluster.client.create(pod)
  cluster.runFor(15_000)
  const watched: string[] = []
  cluster.core.listen((type, object) => {
    if (object.kind === 'Pod') watched.push(`${type} ${(object as Pod).metadata.deletionGracePeriodSeconds}`)
  })
  cluster.client.delete({ kind: 'Pod', namespace: 'default', name: 'p' })
  cluster.runFor(1000)
  const events = cluster.client.list('Event', { namespace: 'default' }).items as KubeEvent[]
  return { watched, said: events.filter((e) => e.reason === 'FailedScheduling').map((e) => e.message) }
}

it('API-2.3 a pod that is deleted at once ends before it is gone', () => {
  expect(deletePending('1.36').watched).toEqual(['MODIFIED 0', 'DELETED 0'])
})

it('SCH-1.4, SCH-7.8 the scheduler takes its end for a change and skips it; from 1.32 on it knows better', () => {
  const skipped = 'skip schedule deleting pod: default/p'
  expect(deletePending('1.23').said).toContain(skipped)
  expect(deletePending('1.31').said).toContain(skipped)
  expect(deletePending('1.32').said).not.toContain(skipped)
})
