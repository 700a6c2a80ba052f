import { expect, it } from 'vitest'
import { missingType, readManifests } from './manifest.ts'

const J = '{"kind":"A","apiVersion":"v1"}'

/** Streams (`J` = that object) and what kubectl 1.33 says of them. */
const said: [stream: string, errors: string[]][] = [
  ['J x', ["error parsing STDIN: json: offset 32: invalid character 'x' looking for beginning of value"]],
  ['J hello\n', ['unable to decode "STDIN": json: cannot unmarshal string into Go value of type unstructured.detector']],
  ['J\n\nx\n', ['unable to decode "STDIN": json: cannot unmarshal string into Go value of type unstructured.detector']],
  ['J\t- a', ["error parsing STDIN: json: offset 33: invalid character ' ' in numeric literal"]],
  ['J\n- a\n', ['unable to decode "STDIN": json: cannot unmarshal array into Go value of type unstructured.detector']],
  ['J\nnull\n', []],
  ['J # c\n', []],
  ['J\n---\nJ\n', []],
  ['J---\na: 1\n', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":1}\'']],
  ['J\n--- x\n', ["error parsing STDIN: json: offset 33: invalid character '-' in numeric literal"]],
  [
    'J\n---  # c\na: 1\n---\n\tx\n',
    [
      'unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":1}\'',
      'error parsing STDIN: error converting YAML to JSON: yaml: found character that cannot start any token',
    ],
  ],
  ['J\n---\na: b: c\n', ["error parsing STDIN: json: offset 33: invalid character '-' in numeric literal"]],
  ['J\n---\nJ\n---\n{x', ["error parsing STDIN: error converting YAML to JSON: yaml: line 1: did not find expected ',' or '}'"]],
  ['JJ\n{x', ["error parsing STDIN: invalid character 'x' looking for beginning of object key string"]],
  ['JJ\n---\nJ', ["error parsing STDIN: invalid character '-' in numeric literal"]],
  ['J\nkind: x\na b', ["error parsing STDIN: json: offset 32: invalid character 'k' looking for beginning of value"]],
  ['J\n\n\n  a: 1\n b: @', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":1}\'']],
  ['J\n"x', ['error parsing STDIN: unexpected EOF']],
  ['J]', ["error parsing STDIN: json: offset 31: invalid character ']' looking for beginning of value"]],
  [
    'J\n5x',
    [
      'unable to decode "STDIN": json: cannot unmarshal number into Go value of type unstructured.detector',
      "error parsing STDIN: invalid character 'x' looking for beginning of value",
    ],
  ],
  [
    'a: 1\n---\n{"b": 1,}\n---\n',
    ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":1}\'', 'unable to decode "STDIN": Object \'Kind\' is missing in \'{"b":1}\''],
  ],
  ['# c\n---\n{- a\n', ['error parsing STDIN: error converting YAML to JSON: yaml: did not find expected node content']],
  ['\t\n', ['error parsing STDIN: error converting YAML to JSON: yaml: found character that cannot start any token']],
  ['{"a": -x}', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":"-x"}\'']],
  ['{"a": 1.}', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":1}\'']],
  ['{"a": 1e+}', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":"1e+"}\'']],
  ['{"a": trve}', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":"trve"}\'']],
  ['{"a": nul', ['error parsing STDIN: unexpected EOF']],
  ['{"a": "\\q" [', ["error parsing STDIN: json: offset 9: invalid character 'q' in string escape code"]],
  ['{"a": "\\u12g4" [', ["error parsing STDIN: json: offset 12: invalid character 'g' in \\u hexadecimal character escape"]],
  ['{"a": "b\nc"}[', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":"b c"}\'']],
  ["{'a': 1}[", ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":1}\'']],
  ['{"a" 1}[', ["error parsing STDIN: json: offset 6: invalid character '1' after object key"]],
  ['{"a": [1 2]}[', ['unable to decode "STDIN": Object \'Kind\' is missing in \'{"a":["1 2"]}\'']],
]

it.each(said)('DS-16.5: %j', (stream, messages) => {
  const { manifests, errors } = readManifests(stream.replaceAll('J', J), 'STDIN')
  const untyped = manifests.map((manifest) => missingType(manifest, false)).filter((message) => message !== undefined)
  expect([...untyped, ...errors.map(({ message }) => message)]).toEqual(messages)
})
