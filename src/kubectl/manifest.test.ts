import { expect, it } from 'vitest'
import { readManifests } from './manifest.ts'

const names = (text: string) => readManifests(text, 'f.yaml').manifests.map((m) => [(m.value.metadata as { name: string }).name, m.line])

it('splits documents and takes lists apart, with their lines', () => {
  expect(names('---\n# first\nkind: A\nmetadata: {name: a}\n--- # second\n\nkind: B\nmetadata:\n  name: b\n---\n---\n')).toEqual([
    ['a', 3],
    ['b', 7],
  ])
  const list = 'apiVersion: v1\nkind: List\nitems:\n- kind: A\n  metadata: {name: a}\n- kind: B\n  metadata:\n    name: b\n'
  expect(names(list)).toEqual([
    ['a', 4],
    ['b', 6],
  ])
  expect(readManifests(list, 'f').manifests[1]?.lineOf(['metadata', 'name'])).toBe(8)
  expect(readManifests('apiVersion: apps/v1\nkind: DaemonSetList\nitems: [{metadata: {name: a}}]\n', 'f').manifests[0]?.value).toEqual({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'a' },
  })
})

it('reads JSON', () => expect(names('{"kind": "A",\n "metadata": {"name": "a"}}')).toEqual([['a', 1]]))

it('keeps the documents before an error and says where it is', () => {
  const read = readManifests('kind: A\n---\nkind: B\nmetadata: {name: b\nspec: {}\n---\nkind: C\n', 'f.yaml')
  expect(read.manifests.length).toBe(1)
  expect(read.errors).toEqual([
    { message: "error parsing f.yaml: error converting YAML to JSON: yaml: line 2: did not find expected ',' or '}'", line: 5 },
  ])
})

it('reports documents that are no objects and goes on', () => {
  const read = readManifests('- a\n---\nhello\n---\nkind: A\n', 'f.yaml')
  expect(read.errors.map((e) => e.message)).toEqual([
    'unable to decode "f.yaml": json: cannot unmarshal array into Go value of type unstructured.detector',
    'unable to decode "f.yaml": json: cannot unmarshal string into Go value of type unstructured.detector',
  ])
  expect(read.manifests.length).toBe(1)
})

it('reads JSON objects that stand one behind the other, and what follows them', () => {
  const [a, b] = ['a', 'b'].map((name) => `{"kind":"A","metadata":{"name":"${name}"}}`)
  expect(names(`${a}${b}`)).toEqual([
    ['a', 1],
    ['b', 1],
  ])
  expect(names(`${a}\n${b}\n`)).toEqual([
    ['a', 1],
    ['b', 2],
  ])
  expect(names(`${a}\nkind: A\nmetadata: {name: c}\n`)).toEqual([
    ['a', 1],
    ['c', 2],
  ])
  const read = readManifests(`${a} x`, 'f.yaml')
  expect(read.manifests.length).toBe(1)
  expect(read.errors.map((e) => e.message)).toEqual([
    `error parsing f.yaml: json: offset ${`${a} x`.length}: invalid character 'x' looking for beginning of value`,
  ])
})
