import { describe, expect, it } from 'vitest'
import { ApiError } from '../api-error.ts'
import { applyStrategicMergePatch } from '../patch/strategic-merge-patch.ts'
import type { DaemonSet, KubeNode } from '../types.ts'
import { decode, decodePatched, strictPatchError } from './decode.ts'
import { formatGo } from './go-format.ts'
import { structNames, structOf } from './index.ts'

const manifest = (spec: object, metadata: object = { name: 'x' }): object => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec })
const withPodSpec = (spec: object): object => manifest({ template: { spec } })
const withContainer = (container: object): object => withPodSpec({ containers: [container] })

const errorOf = (json: unknown): string => {
  try {
    decode('DaemonSet', json, '1.36')
  } catch (error) {
    return (error as Error).message.replace('DaemonSet in version "v1" cannot be handled as a DaemonSet: ', '')
  }
  return ''
}

describe('type errors (DS-16.4)', () => {
  const unmarshal = (found: string, field: string, type: string): string =>
    `json: cannot unmarshal ${found} into Go struct field ${field} of type ${type}`
  const template = 'spec.template.spec'
  const cases: [json: object, error: string][] = [
    [withContainer({ ports: [{ containerPort: '80' }] }), unmarshal('string', `ContainerPort.${template}.containers.ports.containerPort`, 'int32')],
    [withContainer({ env: [{ name: 'A', value: 5 }] }), unmarshal('number', `EnvVar.${template}.containers.env.value`, 'string')],
    [withPodSpec({ nodeSelector: { a: true } }), unmarshal('bool', `PodSpec.${template}.nodeSelector`, 'string')],
    [
      manifest({ updateStrategy: { rollingUpdate: { maxUnavailable: 1.5 } } }),
      unmarshal('number 1.5', 'RollingUpdateDaemonSet.spec.updateStrategy.rollingUpdate.maxUnavailable', 'int32'),
    ],
    [manifest({ minReadySeconds: 'abc' }), unmarshal('string', 'DaemonSetSpec.spec.minReadySeconds', 'int32')],
    [manifest({}, { labels: { a: 1 } }), unmarshal('number', 'ObjectMeta.metadata.labels', 'string')],
    [withPodSpec({ containers: {} }), unmarshal('object', `PodSpec.${template}.containers`, '[]v1.Container')],
    [manifest({ selector: 'a' }), unmarshal('string', 'DaemonSetSpec.spec.selector', 'v1.LabelSelector')],
    [withPodSpec({ restartPolicy: 1 }), unmarshal('number', `PodSpec.${template}.restartPolicy`, 'v1.RestartPolicy')],
    [withPodSpec({ hostNetwork: 'yes' }), unmarshal('string', `PodSpec.${template}.hostNetwork`, 'bool')],
    [manifest({ minReadySeconds: 2 ** 31 }), unmarshal('number 2147483648', 'DaemonSetSpec.spec.minReadySeconds', 'int32')],
    [
      withContainer({ resources: { limits: { cpu: 'lots' } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [manifest({}, { annotations: { 'deprecated.daemonset.template.generation': 'x' } }), 'strconv.ParseInt: parsing "x": invalid syntax'],
  ]
  it.each(cases)('%j', (json, error) => {
    expect(errorOf(json)).toBe(error)
  })

  it('the first one in the order of the sent JSON wins, also over unknown fields', () => {
    expect(errorOf({ spec: { zzz: 1, minReadySeconds: 'a' }, metadata: { name: 1 } })).toMatch(/ObjectMeta.metadata.name/)
  })
})

describe('what is stored', () => {
  it('lists unknown fields with their place and drops them (DS-16.3)', () => {
    const json = { ...withContainer({ name: 'c', imagee: 'a', image: 'b' }), metdata: {} }
    const { object, unknownFields } = decode('DaemonSet', json, '1.36')
    expect(unknownFields).toEqual(['metdata', 'spec.template.spec.containers[0].imagee'])
    expect((object as DaemonSet).spec.template.spec.containers).toEqual([{ name: 'c', image: 'b' }])
  })

  it('leaves out nulls, zero values and empty lists, keeps pointers, empty labels and requirements', () => {
    const podSpec = { hostNetwork: false, tolerations: [], nodeSelector: {}, affinity: null, terminationGracePeriodSeconds: 0, containers: [] }
    const selector = { matchLabels: {}, matchExpressions: [] }
    const json = manifest({ minReadySeconds: 0, revisionHistoryLimit: 0, selector, template: { spec: podSpec } })
    expect((decode('DaemonSet', json, '1.36').object as DaemonSet).spec).toEqual({
      revisionHistoryLimit: 0,
      selector,
      template: { spec: { terminationGracePeriodSeconds: 0 } },
    })
  })

  it('knows which version brought a field', () => {
    const json = withPodSpec({ schedulingGates: [{ name: 'a' }] })
    expect(decode('DaemonSet', json, '1.23').unknownFields).toEqual(['spec.template.spec.schedulingGates'])
    expect(decode('DaemonSet', json, '1.36').unknownFields).toEqual([])
  })

  it('writes quantities in canonical form, numbers too', () => {
    const json = withContainer({ name: 'c', resources: { requests: { cpu: 0.5, memory: '1024Mi' } } })
    const { containers } = (decode('DaemonSet', json, '1.36').object as DaemonSet).spec.template.spec
    expect(containers[0]?.resources).toEqual({ requests: { cpu: '500m', memory: '1Gi' } })
  })

  it('times that are no pointers are null where none is sent, but when something was made', () => {
    const status = { conditions: [{ type: 'X', status: 'True' }] }
    const [condition] = (decode('Node', { metadata: { name: 'n' }, status }, '1.36').object as KubeNode).status.conditions ?? []
    expect(condition).toEqual({ type: 'X', status: 'True', lastHeartbeatTime: null, lastTransitionTime: null })
    expect(decode('Node', { metadata: { name: 'n' } }, '1.36').object.metadata).toEqual({ name: 'n' })
  })

  it('keeps the null times older servers show', () => {
    const json = manifest({ template: { metadata: { creationTimestamp: null } } })
    expect(decode('DaemonSet', json, '1.23').object).toMatchObject({ spec: { template: { metadata: { creationTimestamp: null } } } })
    expect((decode('DaemonSet', json, '1.36').object as DaemonSet).spec.template.metadata).toEqual({})
  })
})

describe('patched objects (DS-16.4)', () => {
  const causes = (type: 'strategic' | 'merge', patched: object, body: object): string => {
    try {
      decodePatched('DaemonSet', patched, '1.36', { type, body })
    } catch (error) {
      return (error as ApiError).details.causes?.map((cause) => `${cause.field}: ${cause.message}`).join() ?? ''
    }
    return ''
  }

  it.each([
    [{ minReadySeconds: 'x' }, 'unrecognized type: int32'],
    [{ minReadySeconds: true }, 'unrecognized type: int32'],
    [{ minReadySeconds: 1.5 }, 'cannot convert float64 to int32'],
    [{ minReadySeconds: [] }, 'unrecognized type: int32'],
    [{ minReadySeconds: {} }, 'unrecognized type: int32'],
    [{ template: { spec: { hostNetwork: 'true' } } }, 'unrecognized type: bool'],
    [{ template: { spec: { hostNetwork: 1 } } }, 'unrecognized type: bool'],
    [{ template: { spec: { restartPolicy: 5 } } }, 'cannot convert int64 to v1.RestartPolicy'],
    [{ template: { spec: { restartPolicy: true } } }, 'unrecognized type: string'],
    [{ template: { spec: { nodeSelector: { a: 1 } } } }, 'cannot convert int64 to string'],
    [{ template: { spec: { nodeSelector: { a: true } } } }, 'unrecognized type: string'],
    [{ template: { spec: { nodeSelector: { a: 1.5 } } } }, 'unrecognized type: string'],
    [{ template: { spec: { nodeSelector: [] } } }, 'cannot restore map from slice'],
    [{ template: { spec: { containers: {} } } }, 'cannot restore slice from map'],
    [{ template: { spec: { tolerations: 'x' } } }, 'cannot restore slice from string'],
    [{ template: [] }, 'cannot restore struct from: slice'],
    [{ template: 'x' }, 'cannot restore struct from: string'],
    [{ updateStrategy: { rollingUpdate: { maxUnavailable: true } } }, 'json: cannot unmarshal bool into Go value of type int32'],
    [{ updateStrategy: { rollingUpdate: { maxUnavailable: 1.5 } } }, 'json: cannot unmarshal number 1.5 into Go value of type int32'],
    [{ template: { spec: { containers: [{ name: 'c', ports: [{ containerPort: '80' }] }] } } }, 'unrecognized type: int32'],
    [{ template: { spec: { containers: [{ name: 'c', image: ['x'] }] } } }, 'unrecognized type: string'],
    [{ template: { spec: { containers: [{ name: 'c', command: 'x' }] } } }, 'cannot restore slice from string'],
    [{ template: { spec: { containers: [{ name: 'c', command: [1] }] } } }, 'cannot convert int64 to string'],
    [{ template: { spec: { terminationGracePeriodSeconds: '30' } } }, 'unrecognized type: int64'],
    [{ template: { spec: { securityContext: 'x' } } }, 'cannot restore struct from: string'],
    [{ template: { spec: { affinity: [] } } }, 'cannot restore struct from: slice'],
    [{ template: { metadata: { labels: { a: 5 } } } }, 'cannot convert int64 to string'],
    [{ template: { metadata: { annotations: { x: {} } } } }, 'unrecognized type: string'],
    [{ template: { spec: { tolerations: [{ key: 'a', tolerationSeconds: 'x' }] } } }, 'unrecognized type: int64'],
  ])('a real API server on the spec %j: %s', (spec, words) => {
    const target = { ...manifest({}), apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'x' } }
    const patched = applyStrategicMergePatch('DaemonSet', target, { spec })
    expect(causes('strategic', patched, { spec }).replace(/^.*\]": /, '')).toBe(words)
  })

  it('that say no number as the generation of the template are no request gone wrong', () => {
    const annotations = { 'deprecated.daemonset.template.generation': 'x' }
    const read = () => decodePatched('DaemonSet', manifest({}, { annotations }), '1.23', { type: 'strategic', body: {} })
    expect(read).toThrow(new ApiError('Unknown', 'strconv.ParseInt: parsing "x": invalid syntax'))
  })

  it('show the patch as a Go map and the words of the converter', () => {
    expect(causes('strategic', withPodSpec({ nodeSelector: { a: 1 } }), { spec: { a: [1, null] } })).toBe(
      'patch: Invalid value: "map[spec:map[a:[1 <nil>]]]": cannot convert int64 to string',
    )
    expect(causes('strategic', withPodSpec({ tolerations: {} }), {})).toMatch(/cannot restore slice from map$/)
  })

  it('stay what they are: a strategic patch cannot say otherwise, others are refused (DecodeInto)', () => {
    const other = { ...manifest({}), kind: 'Foo' }
    expect(causes('strategic', other, {})).toBe('')
    expect(causes('merge', other, {})).toMatch(/: no kind "Foo" is registered for version "apps\/v1" in scheme /)
    expect(causes('merge', { ...other, kind: 'DaemonSet', apiVersion: 'v2' }, {})).toMatch(/: no kind "DaemonSet" is registered for version "v2" /)
    expect(causes('merge', { ...other, kind: 'Deployment' }, {})).toMatch(/: converting \(v1.Deployment\) to \(apps.DaemonSet\): unknown conversion$/)
  })

  it('of other types show the object and the words of the decoder', () => {
    expect(causes('merge', { spec: { minReadySeconds: 'a' } }, {})).toBe(
      'patch: Invalid value: "{\\"spec\\":{\\"minReadySeconds\\":\\"a\\"}}": json: cannot unmarshal string into Go struct field DaemonSetSpec.spec.minReadySeconds of type int32',
    )
  })

  it('with unknown fields', () => {
    const error = strictPatchError(['spec.replicas'], { spec: { replicas: 3 } })
    expect(error.details.causes?.[0]?.message).toBe(
      'Invalid value: "map[spec:map[replicas:3]]": strict decoding error: unknown field "spec.replicas"',
    )
    expect(error).toBeInstanceOf(ApiError)
  })
})

it('formatGo prints scalars', () => {
  expect(formatGo({ b: true, a: 'x', c: 1.5 })).toBe('map[a:x b:true c:1.5]')
})

it('all structs that are named exist', () => {
  for (const name of structNames()) {
    for (const { type } of structOf(name).fields.values()) {
      let inner = type
      while (inner.shape === 'list' || inner.shape === 'map') inner = inner.shape === 'list' ? inner.item : inner.value
      if (inner.shape === 'struct') expect(structOf(inner.struct).name).toBe(inner.struct)
    }
  }
})
