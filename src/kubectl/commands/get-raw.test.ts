import { expect, test } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import { runKubectl } from '../kubectl.ts'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'default', labels: { app: 'a' } },
  spec: {},
  status: {},
} as unknown as Pod
const run = (...words: string[]) => runWords(words, fixedClient([pod], { version: '1.36' }))
const raw = (path: string) => JSON.parse(run('get', '--raw', path).stdout)

test('health, version, discovery', () => {
  expect(run('get', '--raw', '/readyz')).toEqual({ stdout: 'ok', stderr: '', exit: 0 })
  expect(raw('/version')).toMatchObject({ major: '1', minor: '36' })
  expect(raw('/api')).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
  expect(raw('/apis/apps/v1').resources.map((r: { name: string }) => r.name)).toContain('daemonsets/status')
})

test('api-versions are the groups of discovery', () => {
  const groups = raw('/apis').groups.map((g: { preferredVersion: { groupVersion: string } }) => `${g.preferredVersion.groupVersion}\n`)
  expect(groups).toContain('policy/v1\n')
  expect(run('api-versions').stdout).toBe([...groups, 'v1\n'].join(''))
})

test('objects and lists', () => {
  expect(raw('/api/v1/namespaces/default/pods/a')).toEqual(pod)
  expect(raw('/api/v1/pods?labelSelector=app%3Da')).toMatchObject({ kind: 'PodList', apiVersion: 'v1', items: [pod] })
  expect(raw('/api/v1/pods?labelSelector=app%3Db').items).toEqual([])
})

test('what is measured', () => {
  const running = { ...pod, spec: { containers: [{ name: 'c' }] }, status: { containerStatuses: [{ name: 'c', state: { running: {} } }] } }
  const client = fixedClient([running as unknown as Pod], { version: '1.36' })
  const measured = (path: string) => JSON.parse(runWords(['get', '--raw', `/apis/metrics.k8s.io/v1beta1${path}`], client).stdout)
  expect(measured('').resources.map((r: { kind: string }) => r.kind)).toEqual(['NodeMetrics', 'PodMetrics'])
  const container = { name: 'c', usage: { cpu: expect.stringMatching(/^\d+m$/), memory: expect.stringMatching(/^\d+Ki$/) } }
  expect(measured('/namespaces/default/pods/a')).toMatchObject({ kind: 'PodMetrics', metadata: { name: 'a' }, containers: [container] })
  expect(measured('/pods?labelSelector=app%3Db')).toMatchObject({ kind: 'PodMetricsList', items: [] })
})

test('a watch tells what there is, one JSON object a line', () => {
  const printed: string[] = []
  const io = { out: (text: string) => void printed.push(text), err() {}, readFile: () => undefined }
  const client = fixedClient([pod], { version: '1.36' })
  const running = runKubectl(['get', '--raw', '/api/v1/namespaces/default/pods?watch=1'], { client, io, namespace: 'default' })
  expect(running.next().value).toEqual({ kind: 'change' })
  running.return(130)
  expect(JSON.parse(printed.join(''))).toEqual({ type: 'ADDED', object: pod })
})

test('schemas', () => {
  expect(raw('/openapi/v3').paths['apis/apps/v1']).toEqual({ serverRelativeURL: '/openapi/v3/apis/apps/v1?hash=1.36' })
  expect(Object.keys(raw('/openapi/v3/apis/apps/v1').components.schemas)).toContain('io.k8s.api.apps.v1.DaemonSet')
  expect(raw('/openapi/v2')).toMatchObject({ swagger: '2.0', definitions: { 'io.k8s.api.core.v1.Toleration': { type: 'object' } } })
})

// words of kubectl 1.36
test.each([
  [['/nope'], 'Error from server (NotFound): the server could not find the requested resource\n'],
  [['/api/v1/nodes/x'], 'Error from server (NotFound): nodes "x" not found\n'],
  [['nope'], 'error: --raw must be a valid URL path: parse "nope": invalid URI for request\n'],
  [['/version', 'pods'], 'error: arguments may not be passed when --raw is specified\n'],
  [['/version', '-o', 'yaml'], 'error: --raw and --output are mutually exclusive\n'],
  [['/version', '-w'], 'error: --raw may not be specified with other flags that filter the server request or alter the output\n'],
])('get --raw %j: %s', (words, stderr) => {
  expect(run('get', '--raw', ...words)).toEqual({ stdout: '', stderr, exit: 1 })
})
