import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileJsonPath } from './jsonpath.ts'
import { JsonPathError } from './jsonpath-parser.ts'

interface Vectors {
  object: unknown
  cases: { template: string; output?: string; error?: string; anyOrder?: boolean }[]
}

const vectors: Vectors = JSON.parse(readFileSync(new URL('../../e2e/conformance/vectors/jsonpath.json', import.meta.url), 'utf8'))
const words = (text: string) => text.split(' ').sort().join(' ')

describe('client-go vectors', () => {
  for (const { template, output, error, anyOrder } of vectors.cases) {
    it(template, () => {
      const run = () => compileJsonPath(template, { floatNumbers: true }).print(vectors.object)
      if (error) {
        expect(run).toThrow(JsonPathError)
        expect(run).toThrow(error)
      } else if (anyOrder) expect(words(run())).toBe(words(output ?? ''))
      else expect(run()).toBe(output)
    })
  }
})

// What kubectl 1.32 answered to the same templates on its own objects.
describe("kubectl's objects", () => {
  const object = { kind: 'Pod', a: null, list: [1, 2], text: 'a & b < c', n: 1.5, spec: { args: ['-c', 'x', 'true'] } }
  const answers: [string, string][] = [
    ['{.list[?(@>1)]}', '2'],
    ['{.spec.args[?(@>"a")]}', 'x true'],
    ['{.a}', 'null'],
    ['{.a[0]}', ''],
    ['{.n}', '1.5'],
    ['{@.text}', 'a & b < c'],
    ['{.spec}', '{"args":["-c","x","true"]}'],
    ["{.spec.args[?(@=='x')]}", 'x'],
  ]
  for (const [template, output] of answers) it(template, () => expect(compileJsonPath(template).print(object)).toBe(output))

  const errors: [string, string][] = [
    ['{.list[?(@>1.5)]}', 'incompatible types for comparison'],
    ['{.kind[0]}', 'string is not array or slice'],
    ['{.n[0]}', 'float64 is not array or slice'],
    ['{.list[5]}', 'array index out of bounds: index 5, length 2'],
    ['{.spec[?(@.a)]}', 'map[args:[-c x true]] is not array or slice and cannot be filtered'],
  ]
  for (const [template, error] of errors) it(template, () => expect(() => compileJsonPath(template).print(object)).toThrow(error))
})
