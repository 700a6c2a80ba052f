import { expect, test } from 'vitest'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const run = (line: string) => runWords(line.split(' '), fixedClient([], { version: '1.36' }))

// checked with kubectl 1.36
test.each([
  ['create pods', 'yes\n', ''],
  ['* *', 'yes\n', ''],
  ['get nodes', 'yes\n', "Warning: resource 'nodes' is not namespace scoped\n\n"],
  ['get pc', 'yes\n', "Warning: resource 'priorityclasses' is not namespace scoped in group 'scheduling.k8s.io'\n\n"],
  ['get nodes -A', 'yes\n', ''],
  ['get foo.bar', 'yes\n', "Warning: the server doesn't have a resource type 'foo' in group 'bar'\n\n"],
  ['foo pods', 'yes\n', "Warning: verb 'foo' is not a known verb\n\n"],
  ['get /healthz', 'yes\n', ''],
  ['get pods -q', '', ''],
])('auth can-i %s', (words, stdout, stderr) => {
  expect(run(`auth can-i ${words}`)).toEqual({ stdout, stderr, exit: 0 })
})

test('auth can-i asks for a verb and a type', () => {
  const stderr =
    "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.\n"
  expect(run('auth can-i get')).toEqual({ stdout: '', stderr, exit: 1 })
})

test('auth can-i --list, auth whoami', () => {
  expect(run('auth can-i --list').stdout.split('\n')[0]).toMatch(/^Resources +Non-Resource URLs +Resource Names +Verbs$/)
  expect(run('auth whoami').stdout).toMatch(/^ATTRIBUTE +VALUE\nUsername +kubernetes-admin\nGroups +\[system:masters system:authenticated\]\n$/)
})

test('auth alone says on stderr what there is', () => {
  expect(run('auth')).toMatchObject({ stdout: '', stderr: expect.stringContaining('can-i'), exit: 1 })
})
