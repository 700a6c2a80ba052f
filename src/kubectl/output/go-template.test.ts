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
})
