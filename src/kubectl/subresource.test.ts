import { expect, test } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { runWords } from './testing/run-line.ts'

function cluster(version: KubernetesVersion = '1.36') {
  const made = new Cluster({ seed: 7, version })
  made.fault({ add: [{ name: 'a' }] }, 'a machine')
  const containers = [{ name: 'c', image: 'i', resources: { requests: { cpu: '100m' } } }]
  made.client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: { containers } } as unknown as Pod)
  made.settle()
  return made
}

const wanted = (cpu: string) => JSON.stringify({ spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }] } })
const notThere = { stdout: '', stderr: 'Error from server (NotFound): the server could not find the requested resource\n', exit: 1 }

test('--subresource resize shows, patches and replaces what a pod has of cpu and memory', () => {
  const { client } = cluster()
  const run = (words: string[], readFile?: () => string) => runWords(words, client, readFile && { readFile })
  const cpu = () => run(['get', 'pod', 'p', '--subresource', 'resize', '-o', 'jsonpath={.spec.containers[0].resources.requests.cpu}']).stdout
  expect(run(['get', 'pod', 'p', '--subresource', 'resize']).stdout).toMatch(/^NAME +READY/)
  expect(run(['patch', 'pod', 'p', '--subresource', 'resize', '-p', wanted('200m')])).toMatchObject({ stdout: 'pod/p patched\n', exit: 0 })
  expect(cpu()).toBe('200m')
  const sent = JSON.stringify({ ...client.get({ kind: 'Pod', namespace: 'default', name: 'p' }), ...JSON.parse(wanted('300m')) })
  expect(run(['replace', '--subresource', 'resize', '-f', 'p.json'], () => sent)).toMatchObject({ stdout: 'pod/p replaced\n', exit: 0 })
  expect(cpu()).toBe('300m')
  expect(run(['patch', 'pod', 'p', '-p', wanted('400m')]).stderr).toContain('pod updates may not change fields other than')
})

test('other kinds have no such part, nor pods before 1.33; a part nobody has is not found', () => {
  const { client } = cluster()
  expect(runWords(['get', 'node', 'a', '--subresource', 'resize'], client)).toMatchObject(notThere)
  expect(runWords(['get', 'pod', 'p', '--subresource', 'nope'], client)).toMatchObject(notThere)
  expect(runWords(['get', 'pod', 'p', '--subresource', 'resize'], cluster('1.32').client)).toMatchObject(notThere)
  const file = { readFile: () => JSON.stringify(client.get({ kind: 'Pod', namespace: 'default', name: 'p' })) }
  expect(runWords(['replace', '--subresource', 'nope', '-f', 'p.json'], client, file).stderr).toBe(
    'Error from server (NotFound): error when replacing "p.json": the server could not find the requested resource\n',
  )
})

test('of what is not there the scale is not found, not the object', () => {
  const { client } = cluster()
  const missing = 'Error from server (NotFound): deployments/scale.apps "zz" not found\n'
  expect(runWords(['get', 'deploy', 'zz', '--subresource', 'scale'], client).stderr).toBe(missing)
  expect(runWords(['patch', 'deploy', 'zz', '--subresource', 'scale', '--type', 'merge', '-p', '{}'], client).stderr).toBe(missing)
  expect(runWords(['get', 'deploy', 'zz', '--subresource', 'status'], client).stderr).toContain('deployments.apps "zz" not found')
})
