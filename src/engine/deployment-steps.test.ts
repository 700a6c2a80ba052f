import { expect, it } from 'vitest'
import type { KubeEvent, KubeObject } from '#k8s/types.ts'
import { Cluster } from './cluster.ts'

const labels = { app: 'web' }
const template = (image: string) => ({ metadata: { labels }, spec: { containers: [{ name: 'web', image }] } })

it('WC-3.3 pods that become ready one after the other move a rollout on one by one, as on a real cluster', () => {
  const cluster = new Cluster({ version: '1.23', kubelets: 'stand-in' })
  cluster.fault({ add: [{ name: 'a' }, { name: 'b' }] }, 'two machines join')
  cluster.runFor(5000)
  const spec = { replicas: 4, selector: { matchLabels: labels }, template: template('web:v1') }
  cluster.client.create({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec } as KubeObject)
  cluster.runFor(5000)
  const steps: string[] = []
  cluster.core.listen((_type, object) => {
    const text = /^Scaled (up|down) replica set web-\w+ (?:from \d+ )?to (\d)$/.exec((object as KubeEvent).message ?? '')
    if (text) steps.push(`${text[1]} ${text[2]}`)
  })
  cluster.client.patch({ kind: 'Deployment', namespace: 'default', name: 'web' }, 'merge', { spec: { template: template('web:v2') } })
  cluster.runFor(5000)
  // three runs of a real control plane agree up to the last two pods, of which both may be seen at once
  expect(steps.slice(0, 6)).toEqual(['up 1', 'down 3', 'up 2', 'down 2', 'up 3', 'down 1'])
  expect(steps.slice(6).toSorted()).toEqual(['down 0', 'up 4'])
})
