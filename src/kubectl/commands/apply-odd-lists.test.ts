import { expect, test } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { runWords } from '../testing/run-line.ts'

const pod = (containers: unknown[]) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers } })

/** What stderr says when a pod that was applied is to have these containers. */
function refusal(line: string, containers: unknown[]): string {
  const { client } = new Cluster({ version: '1.36' })
  const run = (words: string, stdin: string) => runWords(words.split(' '), client, { stdin })
  expect(run('apply -f -', pod([{ name: 'c', image: 'i' }])).exit).toBe(0)
  const { stdout, stderr, exit } = run(line, pod(containers))
  expect([stdout, exit]).toEqual(['', line.startsWith('diff') ? 2 : 1])
  return stderr
}

// kubectl 1.34 to 1.36
test('items that are no objects, among those that are there: kubectl tells all that it compared, and what it stumbled over', () => {
  const text = refusal('apply -f -', [null])
  expect(text).toContain(
    'error: error when applying patch:\n\nto:\nResource: "/v1, Resource=pods", GroupVersionKind: "/v1, Kind=Pod"\nName: "p", Namespace: "default"\n' +
      'for: "STDIN": error when patching "STDIN": creating patch with:\noriginal:\n{"apiVersion":"v1",',
  )
  expect(text).toContain('"spec":{"containers":[{"image":"i","name":"c"}]}}\n\nmodified:\n{"apiVersion":"v1",')
  expect(text).toContain('"spec":{"containers":[null]}}\n\ncurrent:\n{"apiVersion":"v1",')
  expect(text).toMatch(/"managedFields":\[.*\}\n\nfor: list element types are not identical: \[\[map\[image:i .*\]\] \[<nil>\]\]\n$/)
})

test.each([
  ['a text', ['x'], /for: list element types are not identical: \[\[map\[.*\]\] \[x\]\]\n$/],
  ['a list', [[]], /for: list element types are not identical: \[\[map\[.*\]\] \[\[\]\]\]\n$/],
  ['an object without a name', [{ image: 'x' }], /for: map: map\[image:x\] does not contain declared merge key: name\n$/],
])('%s in the place of a container', (_what, containers, end) => {
  expect(refusal('apply -f -', containers)).toMatch(end)
  expect(refusal('apply --dry-run=client -f -', containers)).toMatch(
    /^error: error when applying patch:\n\nto:\n[\s\S]*\nfor: "STDIN": creating patch with:/,
  )
  expect(refusal('diff -f -', containers)).toMatch(/^error: error when patching "STDIN": creating patch with:/)
})
