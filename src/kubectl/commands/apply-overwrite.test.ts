import { expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { runWords } from '../testing/run-line.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'
const pod = (image: string) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image }] } })

function applied() {
  const { client } = new Cluster({ version: '1.36' })
  const run = (line: string, stdin = '') => runWords(line.split(' '), client, { stdin })
  run('apply -f -', pod('a:1'))
  return run
}

it('--overwrite=false refuses to change what somebody else has changed, and says both', () => {
  const run = applied()
  expect(run('apply -f - --overwrite=false', pod('a:1')).stdout).toBe('pod/p unchanged\n')
  run('set image pod/p c=live:9')
  const { stdout, stderr, exit } = run('apply -f - --overwrite=false', pod('a:1'))
  expect([stdout, exit]).toEqual(['', 1])
  // as kubectl 1.36 has it
  expect(stderr).toMatch(/^error: error when applying patch:\n\nto:\nResource: /)
  expect(stderr).toContain(`for: patch:
spec:
  $setElementOrder/containers:
  - name: c
  containers:
  - image: a:1
    name: c

conflicts with changes made from original to current:
metadata:
  annotations:
    ${lastApplied}: |
`)
  expect(stderr).not.toContain('- image: a:1\n    imagePullPolicy')
  expect(run('get pod p -o jsonpath={.spec.containers[0].image}').stdout).toBe('live:9')
  expect(run('apply -f -', pod('a:1')).stdout).toBe('pod/p configured\n')
})

it.each(['nojson', '[]', '5', '{"spec":5}'])('what was applied last may be anything: %s', (text) => {
  const run = applied()
  run(`annotate pod p --overwrite ${lastApplied}=${text}`)
  expect(run('apply -f - --server-side', pod('b:1')).stderr).toMatch(/^error: Apply failed with 1 conflict/)
  const { stdout, stderr } = run('apply -f -', pod('b:1'))
  if (text.startsWith('{')) expect(stdout).toBe('pod/p configured\n')
  else expect(stderr).toContain('for: invalid JSON document\n')
  expect(run('apply -f - --server-side --force-conflicts', pod('b:2')).stdout).toBe('pod/p serverside-applied\n')
})

it('view-last-applied reads it as YAML, or says what is no JSON', () => {
  const run = applied()
  run(`annotate pod p --overwrite ${lastApplied}=nojson`)
  expect(run('apply view-last-applied pod p').stdout).toBe('nojson\n')
  expect(run('apply view-last-applied pod p -o json').stderr).toBe("error: invalid character 'o' in literal null (expecting 'u')\n")
})

it.each([
  ['merge', '5', 'Invalid JSON Patch'],
  ['merge', 'null', 'Invalid JSON Patch'],
  ['strategic', '5', 'invalid JSON document'],
  ['strategic', '[]', 'invalid JSON document'],
])('--override-type=%s with %s', (type, overrides, message) => {
  expect(applied()(`run r --image=i --dry-run=client -o yaml --override-type=${type} --overrides=${overrides}`).stderr).toBe(`error: ${message}\n`)
})
