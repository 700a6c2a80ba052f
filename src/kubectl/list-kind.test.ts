import { expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { runWords } from './testing/run-line.ts'

const items = 'items: [{apiVersion: v1, kind: Namespace, metadata: {name: one}}]'

function run(words: string, stdin: string) {
  const { client } = new Cluster({ version: '1.36' })
  return runWords(words.split(' '), client, { stdin })
}

const unknown = (kind: string, version: string, name = '', namespace = '') =>
  `error: resource mapping not found for name: "${name}" namespace: "${namespace}" from "STDIN": no matches for kind "${kind}" in version "${version}"\nensure CRDs are installed first\n`

// compared with kubectl 1.36
it.each([
  ['apiVersion: v1\nkind: FooList', 'FooList', 'v1'],
  ['apiVersion: v1\nkind: podList', 'podList', 'v1'],
  ['apiVersion: apps/v1\nkind: PodList', 'PodList', 'apps/v1'],
  ['apiVersion: foo/v1\nkind: List', 'List', 'foo/v1'],
])('%j is no list but a kind that nobody knows', (head, kind, version) => {
  for (const verb of ['create', 'apply', 'delete', 'replace', 'label'])
    expect(run(`${verb} -f -${verb === 'label' ? ' a=b' : ''}`, `${head}\n${items}\n`)).toMatchObject({
      stdout: '',
      stderr: unknown(kind, version),
      exit: 1,
    })
})

it('its name is told, and the documents behind it are read', () => {
  const text = `apiVersion: v1\nkind: FooList\nmetadata: {name: x, namespace: ns}\n${items}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: two}}\n`
  expect(run('create -f -', text)).toMatchObject({ stdout: 'namespace/two created\n', stderr: unknown('FooList', 'v1', 'x', 'ns') })
})

it('an empty one is refused, too; items that are no objects are refused first', () => {
  expect(run('create -f -', 'apiVersion: v1\nkind: FooList\nitems: []\n').stderr).toBe(unknown('FooList', 'v1'))
  expect(run('create -f -', 'apiVersion: v1\nkind: FooList\nitems: [5]\n').stderr).toBe(
    'error: unable to decode "STDIN": json: cannot unmarshal number into Go value of type map[string]interface {}\n',
  )
})

it.each([
  'apiVersion: v1\nkind: List',
  'apiVersion: apps/v1\nkind: List',
  'apiVersion: v1\nkind: PodList',
  'apiVersion: apps/v1\nkind: DaemonSetList',
])('%j is a list', (head) => {
  expect(run('create -f -', `${head}\n${items}\n`)).toMatchObject({ stdout: 'namespace/one created\n', stderr: '' })
})

it('without a cluster to ask every kind may be a list', () => {
  expect(run('label --local -f - a=b -o name', `apiVersion: v1\nkind: FooList\n${items}\n`).stdout).toBe('namespace/one\n')
})
