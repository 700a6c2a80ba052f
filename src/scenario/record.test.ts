import { expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { KubeObject } from '#k8s/types.ts'
import { recordCluster } from './record.ts'

it('a revision that somebody made by hand may store no template', () => {
  const { client } = new Cluster()
  const named = (name: string) => ({ apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name, namespace: 'default' } })
  client.create({ ...named('empty'), revision: 1, data: {} } as unknown as KubeObject)
  const template = { spec: { containers: [{ name: 'c', image: 'a:v1' }] }, $patch: 'replace' }
  client.create({ ...named('full'), revision: 2, data: { spec: { template } } } as unknown as KubeObject)
  expect(recordCluster(client).controllerrevisions).toEqual([
    { owner: null, revision: 1, image: '' },
    { owner: null, revision: 2, image: 'a:v1' },
  ])
})
