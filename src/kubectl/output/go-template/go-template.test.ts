import { describe, expect, it } from 'vitest'
import { compileGoTemplate } from './go-template.ts'

const object = { metadata: { name: 'agent', labels: { app: 'a', team: 'b' } }, items: [1, 2, 3] }
const run = (template: string) => compileGoTemplate(template)(object)

// checked with kubectl 1.36
describe('go-template', () => {
  it.each([
    ['{{.items | len | printf "%03d"}}', '003'],
    ['{{printf "%5d|%-4s|%q" 42 "ab" "x"}}', '   42|ab  |"x"'],
    ['{{print 1 2 "a" "b"}}', '1 2ab'],
    ['{{slice .metadata.name 1 3}}', 'ge'],
    ['{{html "<a>"}} {{urlquery "a b"}}', '&lt;a&gt; a+b'],
    ['{{range $k, $v := .metadata.labels}}{{$k}}={{$v}},{{end}}', 'app=a,team=b,'],
    ['{{index .items 1}}', '2'],
    ['{{if .nope}}a{{else if eq .metadata.name "agent"}}b{{end}}', 'b'],
    ['{{.nope}}', '<no value>'],
  ])('%s is %s', (template, text) => expect(run(template)).toBe(text))

  it.each([
    ['{{range}}', 'missing value for range'],
    ['{{foo}}', 'function "foo" not defined'],
    ['{{end}}', 'unexpected {{end}}'],
    ['{{index .items 9}}', 'error calling index: index out of range: 9'],
  ])('%s: %s', (template, error) => expect(() => run(template)).toThrow(error))

  const list = { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items: [{ kind: 'Namespace', metadata: { name: 'default' } }] }

  it.each([
    ['{{printf .nope}}', 'template: output:1:9: executing "output" at <.nope>: invalid value; expected string'],
    ['{{printf 5}}', 'template: output:1:9: executing "output" at <5>: expected string; found 5'],
    [
      '{{len .nope}}',
      'template: output:1:2: executing "output" at <len .nope>: error calling len: reflect: call of reflect.Value.Type on zero Value',
    ],
    ['{{len 5}}', 'template: output:1:2: executing "output" at <len 5>: error calling len: len of type int'],
    ['{{index .items 99}}', 'template: output:1:2: executing "output" at <index .items 99>: error calling index: index out of range: 99'],
    ['{{index .items -1}}', 'template: output:1:2: executing "output" at <index .items -1>: error calling index: index out of range: -1'],
    [
      '{{index .items "x"}}',
      'template: output:1:2: executing "output" at <index .items "x">: error calling index: cannot index slice/array with type string',
    ],
    ['{{index .nope 0}}', 'template: output:1:2: executing "output" at <index .nope 0>: error calling index: index of untyped nil'],
    ['{{index . "a" "b"}}', 'template: output:1:2: executing "output" at <index . "a" "b">: error calling index: index of nil pointer'],
    [
      '{{index .metadata 5}}',
      'template: output:1:2: executing "output" at <index .metadata 5>: error calling index: value has type int; should be string',
    ],
    ['{{(index .items 0).metadata.name.foo}}', 'template: output:1:16: executing "output" at <0>: can\'t evaluate field foo in type interface {}'],
    ['{{with .kind}}{{.foo}}{{end}}', 'template: output:1:16: executing "output" at <.foo>: can\'t evaluate field foo in type string'],
    [
      '{{range .items}}{{.kind.bar}}{{end}}',
      'template: output:1:23: executing "output" at <.kind.bar>: can\'t evaluate field bar in type interface {}',
    ],
    ['{{range .kind}}{{.}}{{end}}', 'template: output:1:8: executing "output" at <.kind>: range can\'t iterate over List'],
    ['{{template "zz" .}}', 'template: output:1:11: executing "output" at <{{template "zz" .}}>: template "zz" not defined'],
    [
      '{{define "a"}}{{.foo.bar.baz}}{{template "b" .}}{{end}}{{template "a" .kind}}',
      'template: output:1:20: executing "a" at <.foo.bar.baz>: can\'t evaluate field foo in type string',
    ],
    ['{{$x = 5}}', 'template: output:1:7: executing "output" at <5>: undefined variable: $x'],
    ['{{"a" "b"}}', 'template: output:1:2: executing "output" at <"a">: can\'t give argument to non-function "a"'],
    ['{{5 6}}', 'template: output:1:2: executing "output" at <5>: can\'t give argument to non-function 5'],
    ['{{.kind "x"}}', 'template: output:1:2: executing "output" at <.kind>: kind is not a method but has arguments'],
    ['{{.nope "x"}}', 'template: output:1:2: executing "output" at <.nope>: nope is not a method but has arguments'],
    ['{{nil}}', 'template: output:1:2: executing "output" at <nil>: nil is not a command'],
    [
      '{{eq .kind "List" "x"}} {{eq 1 1.0}}',
      'template: output:1:26: executing "output" at <eq 1 1.0>: error calling eq: incompatible types for comparison',
    ],
    ['{{eq 1 1.0}}', 'template: output:1:2: executing "output" at <eq 1 1.0>: error calling eq: incompatible types for comparison'],
    ['{{eq .kind 5}}', 'template: output:1:2: executing "output" at <eq .kind 5>: error calling eq: incompatible types for comparison'],
    [
      '{{eq .metadata .metadata}}',
      'template: output:1:2: executing "output" at <eq .metadata .metadata>: error calling eq: non-comparable type map[resourceVersion:]: map[string]interface {}',
    ],
    ['{{eq}}', 'template: output:1:2: executing "output" at <eq>: wrong number of args for eq: want at least 1 got 0'],
    ['{{eq .kind}}', 'template: output:1:2: executing "output" at <eq .kind>: error calling eq: missing argument for comparison'],
    ['{{ne .kind "x"}} {{ne 1 2 3}}', 'template: output:1:19: executing "output" at <ne>: wrong number of args for ne: want 2 got 3'],
    ['{{lt .kind 5}}', 'template: output:1:2: executing "output" at <lt .kind 5>: error calling lt: incompatible types for comparison'],
    ['{{lt .nope 5}}', 'template: output:1:2: executing "output" at <lt .nope 5>: error calling lt: invalid type for comparison'],
    ['{{lt true false}}', 'template: output:1:2: executing "output" at <lt true false>: error calling lt: invalid type for comparison'],
    ['{{ge 1 2.0}}', 'template: output:1:2: executing "output" at <ge 1 2.0>: error calling ge: incompatible types for comparison'],
    ['{{and}}', 'template: output:1:2: executing "output" at <and>: wrong number of args for and: want at least 1 got 0'],
    ['{{not}}', 'template: output:1:2: executing "output" at <not>: wrong number of args for not: want 1 got 0'],
    [
      '{{slice .kind 1 3}} {{slice .kind 2}} {{slice .kind 9}}',
      'template: output:1:40: executing "output" at <slice .kind 9>: error calling slice: index out of range: 9',
    ],
    ['{{slice .kind 3 1}}', 'template: output:1:2: executing "output" at <slice .kind 3 1>: error calling slice: invalid slice index: 3 > 1'],
    [
      '{{base64decode "aGVsbG8="}} {{base64decode "!!"}}',
      'template: output:1:30: executing "output" at <base64decode "!!">: error calling base64decode: base64 decode failed: illegal base64 data at input byte 0',
    ],
    ['{{(print "a").foo}}', 'template: output:1:9: executing "output" at <"a">: can\'t evaluate field foo in type string'],
    ['{{with .items}}{{.foo}}{{end}}', 'template: output:1:17: executing "output" at <.foo>: can\'t evaluate field foo in type []interface {}'],
    ['{{.items.foo}}', 'template: output:1:8: executing "output" at <.items.foo>: can\'t evaluate field foo in type interface {}'],
    [
      '{{.metadata.resourceVersion.foo}}',
      'template: output:1:11: executing "output" at <.metadata.resourceVersion.foo>: can\'t evaluate field foo in type interface {}',
    ],
    [
      'a{{"b"}}{{range .items}}c{{.kind.x}}{{end}}',
      'template: output:1:32: executing "output" at <.kind.x>: can\'t evaluate field x in type interface {}',
    ],
    ['{{template "output" 5}}', 'template: output:1:11: executing "output" at <{{template "output" 5}}>: exceeded maximum template depth (100000)'],
    ['{{call .kind}}', 'template: output:1:2: executing "output" at <call .kind>: error calling call: non-function .kind of type string'],
    ['x\n{{.kind}}\n  {{.items.foo}}', 'template: output:3:10: executing "output" at <.items.foo>: can\'t evaluate field foo in type interface {}'],
  ])('%s breaks off: %s', (template, error) => expect(() => compileGoTemplate(template)(list)).toThrow(error))

  it('keeps what was printed before it broke off', () => {
    expect(() => compileGoTemplate('a{{.kind}}{{.kind.x}}')(list)).toThrow(expect.objectContaining({ printed: 'aList' }))
  })
})
