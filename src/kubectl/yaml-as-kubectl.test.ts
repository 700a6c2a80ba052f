import { describe, expect, it } from 'vitest'
import { missingType, readManifests } from './manifest.ts'
import { parseYaml } from './yaml-as-kubectl.ts'

/** Texts and what kubectl 1.33 says about them behind `error parsing STDIN: `. */
const refused: Record<string, [string, string]> = {
  tab: ['a:\n\tb: 1\n', 'error converting YAML to JSON: yaml: line 2: found character that cannot start any token'],
  tab2: ['a: 1\nb:\n\t- x\n', 'error converting YAML to JSON: yaml: line 3: found character that cannot start any token'],
  tabval: [
    'kind: X\nmetadata:\n  name: a\n\tlabels: b\n',
    'error converting YAML to JSON: yaml: line 4: found a tab character that violates indentation',
  ],
  flowmap: [
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: x\nspec: {}\n',
    "error converting YAML to JSON: yaml: line 3: did not find expected ',' or '}'",
  ],
  flowmap2: ['a: {b: 1, c: 2\n', "error converting YAML to JSON: yaml: line 1: did not find expected ',' or '}'"],
  flowseq: ['a: [1, 2\nb: 3\n', "error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'"],
  flowseq2: ['a: [1, 2\n', "error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'"],
  nocolon: ['a: 1\nb\nc: 2\n', "error converting YAML to JSON: yaml: line 3: could not find expected ':'"],
  nocolonlast: ['a: 1\nb\n', "error converting YAML to JSON: yaml: line 3: could not find expected ':'"],
  nocolon3: [
    'spec:\n  template\n    metadata:\n      a: b\n',
    'error converting YAML to JSON: yaml: line 3: mapping values are not allowed in this context',
  ],
  mapinval: ['a: b: c\n', 'error converting YAML to JSON: yaml: mapping values are not allowed in this context'],
  mapinval2: ['kind: X\nname: a\n  b: c\n', 'error converting YAML to JSON: yaml: line 3: mapping values are not allowed in this context'],
  badindent: ['a:\n    b: 1\n  c: 2\n', 'error converting YAML to JSON: yaml: line 2: did not find expected key'],
  badindent2: ['metadata:\n  name: x\n labels:\n  a: b\n', 'error converting YAML to JSON: yaml: line 2: did not find expected key'],
  badindent3: ['a:\n  b: 1\n   c: 2\nd: 3\n', 'error converting YAML to JSON: yaml: line 3: mapping values are not allowed in this context'],
  seqindent: ['a:\n  - b: 1\n - c: 2\n', 'error converting YAML to JSON: yaml: line 2: did not find expected key'],
  seqinmap: ['a:\n  b: 1\n  - c\n', 'error converting YAML to JSON: yaml: line 2: did not find expected key'],
  mapinseq: ['a:\n  - b\n  c: 1\n', "error converting YAML to JSON: yaml: line 2: did not find expected '-' indicator"],
  unclosedq: ['a: "b\nc: d\n', 'error converting YAML to JSON: yaml: line 3: found unexpected end of stream'],
  unclosedq1: ["a: 'b\nc: d\n", 'error converting YAML to JSON: yaml: line 3: found unexpected end of stream'],
  badesc: ['a: "\\q"\n', 'error converting YAML to JSON: yaml: found unknown escape character'],
  anchor: ['a: *x\n', "error converting YAML to JSON: yaml: unknown anchor 'x' referenced"],
  at: ['a: @x\n', 'error converting YAML to JSON: yaml: found character that cannot start any token'],
  backtick: ['a: `x`\n', 'error converting YAML to JSON: yaml: found character that cannot start any token'],
  fence: ['```yaml\na: 1\n```\n', 'error converting YAML to JSON: yaml: found character that cannot start any token'],
  fence3: ['Text:\n\n```yaml\na: 1\n```\n', 'error converting YAML to JSON: yaml: line 3: found character that cannot start any token'],
  helm: ['a:\n  {{- with .x }}\n  b: c\n  {{- end }}\n', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
  flowitem: ['spec: [\n  - a\n]\n', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
  flowopen: [
    'kind: A\nspec: [\n  selector:\n    matchLabels: {app: x}\n  template: 1\n',
    "error converting YAML to JSON: yaml: line 3: did not find expected ',' or ']'",
  ],
  flowcomma: ['a: {b: 1 c: 2}\n', "error converting YAML to JSON: yaml: did not find expected ',' or '}'"],
  pct: ['a: %x\n', 'error converting YAML to JSON: yaml: found character that cannot start any token'],
  seqval: ['a: - b\n', 'error converting YAML to JSON: yaml: block sequence entries are not allowed in this context'],
  template: [
    'a: {{ .Values.x }}\n',
    'error converting YAML to JSON: yaml: invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}',
  ],
  template2: ['{{- if x }}\na: 1\n', "json: offset 2: invalid character '{' looking for beginning of object key string"],
  extraclose: ['a: {b: 1}}\n', 'error converting YAML to JSON: yaml: did not find expected key'],
  colonkey: [': a\n', 'error converting YAML to JSON: yaml: did not find expected key'],
  mapkey: ['? [a]\n: b\n', 'error converting YAML to JSON: yaml: invalid map key: []interface {}{"a"}'],
  nullkey: ['null: 3\n', 'error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: 3'],
  nullkey2: ['a: {~: }\n', 'error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>'],
  nullkey3: [
    'null: {a: b, c: [1, 2.5, true, null]}\n',
    'error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: map[interface {}]interface {}{"a":"b", "c":[]interface {}{1, 2.5, true, interface {}(nil)}}',
  ],
  inf: ['a: .inf\n', 'error converting YAML to JSON: json: unsupported value: +Inf'],
  sepbad: ['a: 1\n--- x\nb: 2\n', 'invalid Yaml document separator: x'],
  afterq: ['a: "x" y\n', 'error converting YAML to JSON: yaml: did not find expected key'],
  multi3: ['---\na: 1\n  b: 2\n', 'error converting YAML to JSON: yaml: line 3: mapping values are not allowed in this context'],
  jsonbad2: ['{"a": 1\n', 'unexpected EOF'],
  jsonbad3: ['{"apiVersion": "v1" "kind": "x"}\n', "json: offset 21: invalid character '\"' after object key:value pair"],
  list2: ['containers:\n- name: a\n image: b\n', 'error converting YAML to JSON: yaml: line 2: did not find expected key'],
  list3: [
    'containers:\n  - name: a\n    image: b\n   ports:\n    - x\n',
    "error converting YAML to JSON: yaml: line 3: did not find expected '-' indicator",
  ],
  deep: [
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  selector:\n    matchLabels: {app: agent}\n  template:\n    metadata:\n      labels: {app: agent}\n   spec:\n      containers:\n        - name: a\n',
    'error converting YAML to JSON: yaml: line 10: did not find expected key',
  ],
  colonstr: ['command: echo foo: bar\n', 'error converting YAML to JSON: yaml: mapping values are not allowed in this context'],
  star: ['a: *\n', 'error converting YAML to JSON: yaml: did not find expected alphabetic or numeric character'],
  amp: ['a: &\n', 'error converting YAML to JSON: yaml: did not find expected alphabetic or numeric character'],
  pipe: ['a: |x\n  b\n', 'error converting YAML to JSON: yaml: did not find expected comment or line break'],
  gtbad: ['a: |\n  b\n c\nd: e\n', 'error converting YAML to JSON: yaml: line 2: did not find expected key'],
  qunclast: ['a: "x', 'error converting YAML to JSON: yaml: line 2: found unexpected end of stream'],
  qunc: ['a: "x\n', 'error converting YAML to JSON: yaml: line 2: found unexpected end of stream'],
  mergebad: ['c:\n  <<: 3\n', 'error converting YAML to JSON: yaml: map merge requires map or sequence of maps as the value'],
  eqq2: ['kind: x\na = b\nc: d\n', "error converting YAML to JSON: yaml: line 3: could not find expected ':'"],
  openlast: ['a: 1\nb', "error converting YAML to JSON: yaml: line 3: could not find expected ':'"],
  nocolonblank: ['a: 1\nb\n\n', "error converting YAML to JSON: yaml: line 4: could not find expected ':'"],
  nocoloncomment: ['a: 1\nb\n\n# c\nd: 1\n', "error converting YAML to JSON: yaml: line 4: could not find expected ':'"],
  twowords: ['spec:\n  a: 1\n  node Sel\n  b: 1\n', "error converting YAML to JSON: yaml: line 4: could not find expected ':'"],
  bracekey: ['a:\n{\n  b: c\n}\n', "error converting YAML to JSON: yaml: line 3: could not find expected ':'"],
  braces: ['a: {\n  b: c\n  d: e\n}\n', "error converting YAML to JSON: yaml: line 2: did not find expected ',' or '}'"],
  bracesblank: ['a: {\n  b: c\n\n  d: e\n}\n', "error converting YAML to JSON: yaml: line 3: did not find expected ',' or '}'"],
  brackets: ['a: [\n  b\n  c: d\n]\n', "error converting YAML to JSON: yaml: line 2: did not find expected ',' or ']'"],
  openbracket: ['a: [', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
  openbrace: ['x: {a: b,\n', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
  openvalue: ['a: {b: ', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
  openname: ['a: {b', "error converting YAML to JSON: yaml: line 1: did not find expected ',' or '}'"],
  onlyclose: ['a: }\n', 'error converting YAML to JSON: yaml: did not find expected node content'],
  nokey: ['a:\n  b\n  c: d\n', 'error converting YAML to JSON: yaml: line 3: mapping values are not allowed in this context'],
}

describe('refused', () => {
  it.each(Object.entries(refused))('%s', (_, [text, message]) => {
    expect(readManifests(text, 'STDIN').errors.map((e) => e.message)).toEqual([`error parsing STDIN: ${message}`])
  })
})

it('DS-16.5: of a part only the first node is read, whatever stands behind it further left', () => {
  const { manifests, errors } = readManifests('a: 1\n---\n          operator: Exists\n      containers:\n        - name: c\n', 'STDIN')
  expect(errors).toEqual([])
  expect(missingType(manifests[1]!, false)).toBe(`unable to decode "STDIN": Object 'Kind' is missing in '{"operator":"Exists"}'`)
})

it('a last line without a line break is read with one', () => {
  expect(readManifests('kind: ConfigMap\ndata:\n  a: |\n    x', 'STDIN').manifests[0]?.value).toEqual({ kind: 'ConfigMap', data: { a: 'x\n' } })
})

it.each([
  ['a: 1\nb:\n  - c\n  - .nan\n', 4],
  ['a: 1\nb: @\n', 2],
  ['a:\n    b: 1\n  c: 2\n', 3],
  ['a: 1\nb: *x\n', 2],
  ['a: 1\nnull: 2\n', 2],
  ['a: &x [1]\nb:\n  <<: *x\n', 3],
])('the editor marks the line of %j', (text, line) => {
  expect(readManifests(`kind: X\n---\n${text}`, 'STDIN').errors[0]?.line).toBe(line + 2)
})

describe('values', () => {
  it.each([
    ['yes', true],
    ['on', true],
    ['Y', true],
    ['010', 8],
    ['0o17', 15],
    ['1_000', 1000],
    ['1e3', 1000],
    ['12:30', '12:30'],
    ['2001-01-01', '2001-01-01'],
    ['"5"', '5'],
    ['~', null],
    ['.', '.'],
    ['.5', 0.5],
  ])('%s', (text, value) => expect(parseYaml(`a: ${text}\n`).value).toEqual({ a: value }))

  it('takes the last of equal keys, turns keys into text and merges', () => {
    expect(parseYaml('a: 1\na: 2\nn: x\n8: z\n').value).toEqual({ a: 2, false: 'x', 8: 'z' })
    expect(parseYaml('a: 1\nb: 3\na: 2\n').placeOf(['a'])?.value?.line).toBe(3)
    expect(parseYaml('f:spec:\n  .: {}\n  k:{"name":"a"}:\n    .: {}\n').value).toEqual({ 'f:spec': { '.': {}, 'k:{"name":"a"}': { '.': {} } } })
    expect(parseYaml('a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n').value).toEqual({ a: { b: 1 }, c: { b: 1, d: 2 } })
  })

  it('knows where a field stands', () => {
    const { placeOf } = parseYaml('a: &x\n  b: "c d"  # e\n  f:\n  g: |\n    h\n\ni: [1, {j: k}]\n')
    const at = (line: number, column: number, endLine: number, endColumn: number) => ({ line, column, endLine, endColumn })
    expect(placeOf(['a'])).toEqual({ key: at(1, 1, 1, 2), value: at(2, 3, 5, 6), isNamed: true })
    expect(placeOf(['a', 'b'])?.value).toEqual(at(2, 6, 2, 11))
    expect(placeOf(['a', 'f'])?.value).toEqual(at(3, 5, 3, 5))
    expect(placeOf(['i', 1, 'j'])).toEqual({ key: at(7, 9, 7, 10), value: at(7, 12, 7, 13), inFlow: true })
    expect(placeOf(['i', 2])).toBeUndefined()
  })

  it('knows the line of a field', () => {
    const { lineOf } = parseYaml('kind: X\nspec:\n  list:\n    - a: 1\n    - a: 2\n')
    expect([[], ['spec'], ['spec', 'list', 1, 'a'], ['spec', 'nope'], ['nope']].map(lineOf)).toEqual([1, 2, 5, 2, 1])
  })
})
