import { expect, test } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { fixedClient } from './testing/fixed-client.ts'
import { runWords } from './testing/run-line.ts'

const metadata = { name: 'a', creationTimestamp: '1970-01-01T00:00:00Z', labels: { app: 'x' }, annotations: {} }
const client = fixedClient([{ apiVersion: 'v1', kind: 'Node', metadata, spec: {}, status: {} } as unknown as AnyObject])
const out = (...words: string[]) => runWords(words, client).stdout

test('what every JavaScript object has is no field, label or annotation of a Kubernetes object', () => {
  expect(out('get', 'node', 'a', '-o', 'jsonpath=[{.constructor}{.metadata.labels.toString}]')).toBe('[]')
  expect(out('get', 'node', 'a', '-o', 'go-template={{.constructor}}')).toBe('<no value>')
  expect(out('get', 'node', 'a', '-o', 'go-template=[{{with index .metadata.labels "toString"}}x{{end}}]')).toBe('[]')
  expect(out('get', 'node', 'a', '--no-headers', '-o', 'custom-columns=A:.constructor,B:.metadata.labels.app')).toMatch(/^<none> +x *\n$/)
  expect(out('get', 'node', 'a', '--no-headers', '-L', 'toString,app')).toMatch(/ x *\n$/)
  for (const verb of ['label', 'annotate'])
    expect(out(verb, 'node', 'a', 'constructor=x', '--dry-run=client')).toMatch(/^node\/a (labeled|annotated)/)
})
