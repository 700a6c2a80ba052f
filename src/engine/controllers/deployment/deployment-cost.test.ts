import { expect, it } from 'vitest'
import type { Deployment } from '#k8s/types.ts'
import { replicaSetController } from '../replicaset/replicaset-controller.ts'
import { createWorkloadTestCluster } from '../replicaset/workload-test-cluster.ts'
import { deploymentController } from './deployment-controller.ts'

it('the events of 500 pods on 50 nodes lead to few writes', () => {
  const cluster = createWorkloadTestCluster([deploymentController, replicaSetController], { nodes: 50 })
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:v1' }] } }
  cluster.create('Deployment', { metadata: { name: 'web' }, spec: { replicas: 500, selector: { matchLabels: { app: 'web' } }, template } })
  cluster.runFor(5000)
  expect((cluster.api.get('Deployment', 'default', 'web') as Deployment).status.availableReplicas).toBe(500)
  const writes = (by: string) => cluster.core.state.journal.entries.filter((e) => e.by === by && e.verb !== 'create').length
  expect(writes('replicaset-controller')).toBeLessThan(20)
  expect(writes('deployment-controller')).toBeLessThan(20)
})
