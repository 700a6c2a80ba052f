import { expect, test } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const configuration = '{"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{},"name":"applied"}}\n'

const pod = (name: string, annotations?: Record<string, string>) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', annotations }, spec: { containers: [] } }) as unknown as AnyObject

const client = fixedClient([pod('applied', { 'kubectl.kubernetes.io/last-applied-configuration': configuration }), pod('made')], { version: '1.36' })

test('edit-last-applied opens what was applied last, as a document that set-last-applied takes', () => {
  const opened: [name: string, text: string][] = []
  const { stdout, stderr, exit } = runWords('apply edit-last-applied pod/applied'.split(' '), client, {
    edit: (text, name) => opened.push([name, text]),
  })
  expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 })
  expect(opened).toEqual([['pod/applied.last-applied.yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  annotations: {}\n  name: applied\n']])
  expect(stdout).toContain('"kubectl apply set-last-applied -f pod/applied.last-applied.yaml"')
})

test('an object that was not applied has nothing to edit', () => {
  expect(runWords('apply edit-last-applied pod/made'.split(' '), client, { edit: () => undefined })).toMatchObject({
    stderr: expect.stringMatching(/^error: no last-applied-configuration annotation found on resources/),
    exit: 1,
  })
})
