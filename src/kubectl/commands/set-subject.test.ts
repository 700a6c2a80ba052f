import { expect, test } from 'vitest'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb}\nroleRef: {kind: Role, name: r}\n'

test('a role binding of the cluster is not found, as there is none; the document can be changed', () => {
  const run = (line: string) => runWords(line.split(' '), fixedClient([], { version: '1.36' }), { readFile: () => binding })
  // what a cluster without this binding answers; it is asked for before the other flags are looked at
  for (const flags of [' --user=u', ' --user=u --dry-run=client', ''])
    expect(run(`set subject -f rb.yaml${flags}`)).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/--local.*\nError from server \(NotFound\): rolebindings\.rbac\.authorization\.k8s\.io "rb" not found\n$/),
      exit: 1,
    })
  expect(run('set subject -f rb.yaml --user=u --local')).toMatchObject({
    stdout: 'rolebinding.rbac.authorization.k8s.io/rb subjects updated\n',
    exit: 0,
  })
})
