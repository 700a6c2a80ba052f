import { expect, test } from 'vitest'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rb}\nroleRef: {kind: Role, name: r}\n'

test('a role binding of the cluster cannot be changed, as there is none; the document can', () => {
  const run = (line: string) => runWords(line.split(' '), fixedClient([], { version: '1.36' }), { readFile: () => binding })
  expect(run('set subject -f rb.yaml --user=u')).toMatchObject({
    stdout: '',
    stderr: expect.stringMatching(/^error: .*RoleBinding.*--local/),
    exit: 1,
  })
  expect(run('set subject -f rb.yaml --user=u --local')).toMatchObject({
    stdout: 'rolebinding.rbac.authorization.k8s.io/rb subjects updated\n',
    exit: 0,
  })
})
