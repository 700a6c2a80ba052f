import { describe, expect, it } from 'vitest'
import { parseYaml } from '../yaml-as-kubectl.ts'

/** A text, and what go-yaml makes of it: its value, or the words it is refused with. */
type Row = [text: string, made: { value: unknown } | { refused: string }]

/** By rule, as `YAMLToJSON` of sigs.k8s.io/yaml has it with yaml.v2 (its words about keys as in kubectl 1.33: `unsupported` was `Unsupported`). */
const rows: Record<string, Row[]> = {
  names: [
    ['a: *x', { refused: "yaml: unknown anchor 'x' referenced" }],
    ['a: &', { refused: 'yaml: did not find expected alphabetic or numeric character' }],
    ['a: *', { refused: 'yaml: did not find expected alphabetic or numeric character' }],
    ['a: &x\nb: *x', { value: { a: null, b: null } }],
    ['a: &x. 1', { refused: 'yaml: did not find expected alphabetic or numeric character' }],
    ['a: &x *y', { refused: 'yaml: did not find expected key' }],
    ['a: &x &y 1', { refused: 'yaml: did not find expected key' }],
    ['a: &x [*x]', { refused: "yaml: anchor 'x' value contains itself" }],
    ['a: &x {b: *x}', { refused: "yaml: anchor 'x' value contains itself" }],
    ['a: &x 1\nb: &x 2\nc: *x', { value: { a: 1, b: 2, c: 2 } }],
    ['*x : 1', { refused: "yaml: unknown anchor 'x' referenced" }],
    ['&a a: &b b\n*b : *a', { value: { a: 'b', b: 'a' } }],
    ['a: &x', { value: { a: null } }],
    ['- &x\n- *x', { value: [null, null] }],
  ],
  tags: [
    ['a: !', { value: { a: '' } }],
    ['a: !x!y z', { refused: 'yaml: found undefined tag handle' }],
    ['b: 1\na: !x!y z', { refused: 'yaml: line 1: found undefined tag handle' }],
    ['a: !<x', { refused: "yaml: did not find the expected '>'" }],
    ['a: !<>', { refused: 'yaml: did not find expected tag URI' }],
    ['a: !%4 x', { refused: 'yaml: did not find URI escaped octet' }],
    ['a: !!int x', { refused: 'yaml: cannot decode !!str `x` as a !!int' }],
    ['a: !!int "5"', { value: { a: 5 } }],
    ['a: !!float 5', { value: { a: 5 } }],
    ['a: !!str 5', { value: { a: '5' } }],
    ['a: !!bool yes', { value: { a: true } }],
    ['a: !!null x', { refused: 'yaml: cannot decode !!str `x` as a !!null' }],
    ['a: !!timestamp 2001-02-30', { refused: 'yaml: cannot decode !!str `2001-02-30` as a !!timestamp' }],
    ['a: !!timestamp 2001-02-03', { value: { a: '2001-02-03' } }],
    ['a: !!binary aGk=', { value: { a: 'hi' } }],
    ['a: !!binary a', { refused: 'yaml: !!binary value contains invalid base64 data' }],
    ['a: !mine 5', { value: { a: '5' } }],
    ['a: ! 5', { value: { a: '5' } }],
    ['a: !!str', { value: { a: '' } }],
    ['a: !!int', { refused: 'yaml: cannot decode !!null `` as a !!int' }],
    ['a: !x,y z', { value: { a: 'z' } }],
    ['a: !"x', { refused: 'yaml: did not find expected whitespace or line break' }],
  ],
  directives: [
    ['%YAML 1.1\n---\na: 1', { value: { a: 1 } }],
    ['%YAML 1.2\n---\na: 1', { refused: 'yaml: found incompatible YAML document' }],
    ['%YAML 1.1\na: 1', { refused: 'yaml: line 1: did not find expected <document start>' }],
    ['%YAML 1', { refused: "yaml: did not find expected digit or '.' character" }],
    ['%YAML 1.123', { refused: 'yaml: found extremely long version number' }],
    ['%FOO', { refused: 'yaml: found unknown directive name' }],
    ['%', { refused: 'yaml: could not find expected directive name' }],
    ['%YAML 1.1\n%YAML 1.1\n---\n', { refused: 'yaml: line 1: found duplicate %YAML directive' }],
    ['%TAG !e! !\n%TAG !e! !\n---\n', { refused: 'yaml: line 1: found duplicate %TAG directive' }],
    ['%TAG !e! tag:x,1:\n---\na: !e!b c', { value: { a: 'c' } }],
    ['%TAG e x', { refused: "yaml: did not find expected '!'" }],
    ['%TAG !e x', { refused: "yaml: did not find expected '!'" }],
    ['%TAG !e! ', { refused: 'yaml: did not find expected tag URI' }],
    ['%YAML 1.1 x', { refused: 'yaml: did not find expected comment or line break' }],
    ['%YAML! 1.1', { refused: 'yaml: found unexpected non-alphabetical character' }],
  ],
  merges: [
    ['a: &x {b: 1}\nc: {<<: *x, d: 2}', { value: { a: { b: 1 }, c: { b: 1, d: 2 } } }],
    ['a: &x {b: 1}\nc: {b: 2, <<: *x}', { value: { a: { b: 1 }, c: { b: 1 } } }],
    ['a: &x {b: 1}\ny: &y {b: 2, e: 3}\nc: {<<: [*x, *y]}', { value: { a: { b: 1 }, c: { b: 1, e: 3 }, true: { b: 2, e: 3 } } }],
    ['<<: 3', { refused: 'yaml: map merge requires map or sequence of maps as the value' }],
    ['a: &x [1]\nb: {<<: *x}', { refused: 'yaml: map merge requires map or sequence of maps as the value' }],
    ['<<: [{a: 1}, 2]', { refused: 'yaml: map merge requires map or sequence of maps as the value' }],
    ['"<<": 1', { value: { '<<': 1 } }],
    ['a: &x\n  <<: *x', { refused: "yaml: anchor 'x' value contains itself" }],
    ['<<: {a: b}', { value: { a: 'b' } }],
    ['<<:', { refused: 'yaml: map merge requires map or sequence of maps as the value' }],
  ],
  keys: [
    ['null: 3', { refused: 'unsupported map key of type: %!s(<nil>), key: <nil>, value: 3' }],
    ['a: {~: }', { refused: 'unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>' }],
    [': a', { refused: 'yaml: did not find expected key' }],
    ['? [a]\n: b', { refused: 'yaml: invalid map key: []interface {}{"a"}' }],
    [
      '? {b: 1, a: [x, 2.5, null, true]}\n: c',
      { refused: 'yaml: invalid map key: map[interface {}]interface {}{"a":[]interface {}{"x", 2.5, interface {}(nil), true}, "b":1}' },
    ],
    ['a: {{ .Values.x }}', { refused: 'yaml: invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}' }],
    ['1: a\n1.5: b\n1e7: c\ntrue: d\n0x10: e\n.inf: f', { value: { '1': 'a', '16': 'e', '.inf': 'f', '1.5': 'b', '1e+07': 'c', true: 'd' } }],
    ['18446744073709551615: "a"', { refused: 'unsupported map key of type: uint64, key: 0xffffffffffffffff, value: "a"' }],
    ['? a\n? b\n: c', { value: { a: null, b: 'c' } }],
    ['? - a\n: b', { refused: 'yaml: invalid map key: []interface {}{"a"}' }],
    ['? |\n  a\n: b', { value: { 'a\n': 'b' } }],
    ['no: 1\nno: 2', { value: { false: 2 } }],
    ['{a: b}: @', { refused: 'yaml: found character that cannot start any token' }],
    ['? {"\\u0001\\u007f\\ufeff\\"": 1}', { refused: 'yaml: invalid map key: map[interface {}]interface {}{"\\x01\\x7f\\ufeff\\"":1}' }],
  ],
  'what JSON has not': [
    ['a: .inf', { refused: 'json: unsupported value: +Inf' }],
    ['b: -.inf\na: .nan', { refused: 'json: unsupported value: NaN' }],
    ['- +.INF', { refused: 'json: unsupported value: +Inf' }],
  ],
  scalars: [
    ['[yes, No, on, OFF, y, N, truE, oN]', { value: [true, false, true, false, true, false, 'truE', 'oN'] }],
    ['[010, 08, 0o17, 0x1F, 0b11, -0b11, 1_000, +5, 0x, 1__0, 0_7]', { value: [8, 8, 15, 31, 3, -3, 1000, 5, '0x', 10, 7] }],
    [
      '[1e3, .5, 5., 1.5e400, ., .e1, 1e, -.5, 1_0.5, ._5, 12:30]',
      { value: [1000, 0.5, 5, '1.5e400', '.', '.e1', '1e', -0.5, 10.5, '._5', '12:30'] },
    ],
    [
      '[9223372036854775808, 36893488147419103232, -9223372036854775809]',
      { value: [9223372036854776000, 36893488147419103000, -9223372036854776000] },
    ],
    ['[2001-01-01, 1.2.3, null, Null, nULL, ~, ""]', { value: ['2001-01-01', '1.2.3', null, null, 'nULL', null, ''] }],
    ['a: b #c\nd: e#f', { value: { a: 'b', d: 'e#f' } }],
    ['a:b', { value: 'a:b' }],
    ['a: -b', { value: { a: '-b' } }],
    ['-a', { value: '-a' }],
    ['?a', { value: '?a' }],
    [':a', { value: ':a' }],
    ['a: b\n  c\n\n  d', { value: { a: 'b c\nd' } }],
    ['%a', { refused: 'yaml: found unknown directive name' }],
    ['a: %b', { refused: 'yaml: found character that cannot start any token' }],
    ['`a`', { refused: 'yaml: found character that cannot start any token' }],
  ],
}

function read(text: string): Row[1] {
  try {
    return { value: parseYaml(text).value }
  } catch (error) {
    return { refused: (error as Error).message }
  }
}

describe.each(Object.entries(rows))('%s', (_, list) => {
  it.each(list)('%j', (text, made) => expect(read(text)).toEqual(made))
})
