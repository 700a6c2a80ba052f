import { expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { runWords } from './testing/run-line.ts'

it.each([
  ['an apiVersion that is a property of every object', { apiVersion: '__proto__', kind: 'Service', metadata: { name: 's' } }],
  ['items that are no objects', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'p' }, items: ['a', null, 1] }],
])('a document with %s is answered', (_what, document) => {
  for (const line of ['apply -f - --validate=false', 'apply --dry-run=client -f - -o yaml', 'create -f -', 'diff -f -']) {
    const { stdout, stderr } = runWords(line.split(' '), new Cluster({ version: '1.36' }).client, { stdin: JSON.stringify(document) })
    expect(stdout + stderr, line).not.toBe('')
  }
})
