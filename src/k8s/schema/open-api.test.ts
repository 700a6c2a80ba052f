import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { validateAgainstOpenApi } from './open-api.ts'

interface Step {
  stdin?: string
  result?: { stderr: string }
}

const recording = JSON.parse(readFileSync(new URL('../../../e2e/conformance/recordings/validation.json', import.meta.url), 'utf8')) as {
  steps: Step[]
}
const frame = 'error: error validating "STDIN": error validating data: '
const refused = recording.steps.filter((step) => step.result?.stderr.startsWith(frame))

describe('manifests the real kubectl refused by itself', () => {
  it.each(refused.map((step) => [step.result?.stderr ?? '', step.stdin ?? '']))('%s', (stderr, stdin) => {
    const errors = validateAgainstOpenApi(parse(stdin), '1.23')
    const list = errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`
    expect(`${frame}${list}; if you choose to ignore these errors, turn validation off with --validate=false\n`).toBe(stderr)
  })
})

describe('validateAgainstOpenApi (DS-16.2)', () => {
  const spec = 'io.k8s.api.apps.v1.DaemonSetSpec'
  const check = (part: object): string[] =>
    validateAgainstOpenApi({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'x' }, ...part }, '1.23')

  it('what is required is told in the order of Go', () => {
    const missing = (field: string) => `ValidationError(DaemonSet.status): missing required field "${field}" in io.k8s.api.apps.v1.DaemonSetStatus`
    const fields = ['currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady']
    expect(check({ status: {} })).toEqual(fields.map(missing))
  })

  it('a missing spec is fine, a missing selector or template is not', () => {
    expect(check({})).toEqual([])
    expect(check({ spec: {} })).toEqual([
      `ValidationError(DaemonSet.spec): missing required field "selector" in ${spec}`,
      `ValidationError(DaemonSet.spec): missing required field "template" in ${spec}`,
    ])
  })

  it('says what was found and what was expected', () => {
    const template = { spec: { containers: [{ image: 'a', args: 'b', ports: [{}] }] } }
    expect(check({ spec: { selector: {}, template, minReadySeconds: 'a' } })).toEqual([
      `ValidationError(DaemonSet.spec.minReadySeconds): invalid type for ${spec}.minReadySeconds: got "string", expected "integer"`,
      'ValidationError(DaemonSet.spec.template.spec.containers[0].args): invalid type for io.k8s.api.core.v1.Container.args: got "string", expected "array"',
      'ValidationError(DaemonSet.spec.template.spec.containers[0].ports[0]): missing required field "containerPort" in io.k8s.api.core.v1.ContainerPort',
      'ValidationError(DaemonSet.spec.template.spec.containers[0]): missing required field "name" in io.k8s.api.core.v1.Container',
    ])
  })

  it('numbers and booleans pass for strings, not the other way round', () => {
    expect(check({ metadata: { name: 5, labels: { a: true } } })).toEqual([])
    expect(check({ metadata: { labels: 'a' } })[0]).toMatch(/got "string", expected "map"$/)
  })

  it('needs apiVersion and kind', () => {
    expect(validateAgainstOpenApi({}, '1.23')).toEqual(['apiVersion not set', 'kind not set'])
    expect(validateAgainstOpenApi({ apiVersion: 1, kind: 'A' }, '1.23')).toEqual(["apiVersion isn't string type"])
    expect(validateAgainstOpenApi('x', '1.23')).toEqual(['invalid object to validate'])
  })

  it('lets unknown kinds pass and looks into lists', () => {
    expect(validateAgainstOpenApi({ apiVersion: 'v1', kind: 'ConfigMap', data: 1 }, '1.23')).toEqual([])
    const list = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Node', spec: { nope: 1 } }] }
    expect(validateAgainstOpenApi(list, '1.23')).toEqual(['ValidationError(Node.spec): unknown field "nope" in io.k8s.api.core.v1.NodeSpec'])
  })
})
