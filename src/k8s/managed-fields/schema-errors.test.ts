import { describe, expect, it } from 'vitest'
import { schemaErrors } from './schema-errors.ts'

const daemonSet = (container: object, pod: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  spec: { template: { spec: { containers: [{ name: 'c', ...container }], ...pod } } },
})

const inPod = '.spec.template.spec'
const inContainer = `${inPod}.containers[name="c"]`

describe('what does not fit the schema is told by server-side apply (DS-16.3, structured-merge-diff/typed)', () => {
  it.each([
    [
      daemonSet({ env: [{ name: 'PORT', value: 587 }] }),
      `${inContainer}.env[name="PORT"].value: expected string, got &value.valueUnstructured{Value:587}`,
    ],
    [daemonSet({}, { nodeSelector: { a: true } }), `${inPod}.nodeSelector.a: expected string, got &value.valueUnstructured{Value:true}`],
    [daemonSet({ image: [] }), `${inContainer}.image: expected string, got &value.valueUnstructured{Value:[]interface {}{}}`],
    [daemonSet({}, { hostNetwork: 'yes' }), `${inPod}.hostNetwork: expected boolean, got &{yes}`],
    [daemonSet({}, { priority: 'high' }), `${inPod}.priority: expected numeric (int or float), got string`],
    [daemonSet({ args: 'x' }), `${inContainer}.args: expected list, got &{x}`],
    [daemonSet({ args: ['x', 1] }), `${inContainer}.args[1]: expected string, got &value.valueUnstructured{Value:1}`],
    [daemonSet({ resources: 5 }), `${inContainer}.resources: expected map, got &{5}`],
    [daemonSet({ resources: { limits: { cpu: {} } } }), `${inContainer}.resources.limits.cpu: expected any scalar, got &{map[]}`],
    [daemonSet({}, { containers: [{ image: 'x' }, { image: 'y' }] }), `${inPod}.containers: duplicate entries for key [name=""]`],
    [
      daemonSet({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }] }),
      `${inContainer}.ports: duplicate entries for key [containerPort=80,protocol="TCP"]`,
    ],
  ])('%j', (config, error) => {
    expect(schemaErrors(config)).toBe(error)
  })

  it('numbers where quantities and ports stand, nulls, and keys left out, are as good as texts', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }, { containerPort: 80, protocol: null }, {}]
    expect(
      schemaErrors(daemonSet({ resources: { limits: { cpu: 1 } }, command: null, ports, livenessProbe: { httpGet: { port: 'http' } } })),
    ).toBeUndefined()
  })

  it('several are listed; a field that nobody knows ends the search in its struct', () => {
    expect(schemaErrors(daemonSet({ foo: 1, bar: 2, image: 3 }, { baz: 1, hostNetwork: 1 }))).toBe(
      `errors:\n  ${inContainer}.foo: field not declared in schema\n  ${inPod}.baz: field not declared in schema`,
    )
  })
})
