import { expect, test } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { Pod } from '#k8s/types.ts'
import { serveApi } from './server.ts'

test('a log is empty; followed, it is open until the run of its container ends', async () => {
  const cluster = new Cluster({ seed: 7 })
  cluster.fault({ add: [{ name: 'w0' }] }, 'a machine')
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'i' }] } }
  cluster.client.create(pod as Pod)
  cluster.settle()
  const server = await serveApi(cluster, 0)
  try {
    const path = `${server.url}/api/v1/namespaces/default/pods/p/log`
    expect(await (await fetch(path)).text()).toBe('')
    const followed = await fetch(`${path}?follow=true`)
    expect(followed.headers.get('content-type')).toBe('text/plain')
    let hasEnded = false
    const ended = followed.text().then((text) => {
      hasEnded = true
      return text
    })
    await fetch(path)
    expect(hasEnded).toBe(false)
    cluster.fault({ crash: { pod: 'p' } }, 'it ends')
    cluster.runFor(1000)
    expect(await ended).toBe('')
  } finally {
    server.close()
  }
})
