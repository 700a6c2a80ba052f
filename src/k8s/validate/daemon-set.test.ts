import { describe, expect, it } from 'vitest'
import { applyDefaults } from '../defaults/index.ts'
import { decode } from '../schema/decode.ts'
import type { AnyObject, DaemonSet } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'
import { validateCreate, validateUpdate } from './index.ts'

type Part = Record<string, unknown>

const base = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'x', namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'a' }] } },
  },
}

const withSpec = (spec: Part): Part => ({ ...base, spec: { ...base.spec, ...spec } })
const withPod = (spec: Part): Part => withSpec({ template: { ...base.spec.template, spec: { ...base.spec.template.spec, ...spec } } })
const withContainer = (container: Part): Part => withPod({ containers: [{ name: 'c', image: 'a', ...container }] })
const withMetadata = (metadata: Part): Part => ({ ...base, metadata: { ...base.metadata, ...metadata } })

const read = (json: unknown, version: KubernetesVersion): DaemonSet =>
  applyDefaults(decode('DaemonSet', json, version).object as AnyObject, version) as DaemonSet

const linesOf = (json: Part, version: KubernetesVersion = '1.23'): string[] => [
  ...new Set(validateCreate(read(json, version), version).map((cause) => `${cause.field}: ${cause.message}`)),
]

const T = 'spec.template.spec'
const U = 'spec.updateStrategy.rollingUpdate'
const A = `${T}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`
const required = (terms: Part[]): Part =>
  withPod({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } } })

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const labelValue =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

/** Wordings of spec DS-15 for 1.23. */
const catalogue: [rule: string, manifest: Part, lines: (string | RegExp)[]][] = [
  ['DS-15.1', withMetadata({ name: 'My_DS' }), [`metadata.name: Invalid value: "My_DS": ${subdomain}`]],
  ['DS-15.1 dots', withMetadata({ name: 'a.b-c.d' }), []],
  ['DS-15.1 a dot at the end', withMetadata({ name: 'a.' }), [`metadata.name: Invalid value: "a.": ${subdomain}`]],
  ['DS-15.2 253 characters', withMetadata({ name: 'a'.repeat(253) }), []],
  [
    'DS-15.2 254 characters',
    withMetadata({ name: 'a'.repeat(254) }),
    [`metadata.name: Invalid value: "${'a'.repeat(254)}": must be no more than 253 characters`],
  ],
  ['DS-15.3', withMetadata({ name: undefined }), ['metadata.name: Required value: name or generateName is required']],
  [
    'DS-15.4 empty name part',
    withMetadata({ labels: { 'x/': '' } }),
    [/^metadata.labels: Invalid value: "x\/": name part must be non-empty$/, /name part must consist/],
  ],
  ['DS-15.4 63 characters', withMetadata({ labels: { [`x/${'a'.repeat(63)}`]: '' } }), []],
  [
    'DS-15.4 64 characters',
    withMetadata({ labels: { ['a'.repeat(64)]: '' } }),
    [`metadata.labels: Invalid value: "${'a'.repeat(64)}": name part must be no more than 63 characters`],
  ],
  ['DS-15.5', withMetadata({ labels: { a: 'c d' } }), [`metadata.labels: Invalid value: "c d": ${labelValue}`]],
  ['DS-15.5 nothing, and 63 characters', withMetadata({ labels: { a: '', b: 'b'.repeat(63) } }), []],
  [
    'DS-15.5 64 characters',
    withMetadata({ labels: { a: 'b'.repeat(64) } }),
    [`metadata.labels: Invalid value: "${'b'.repeat(64)}": must be no more than 63 characters`],
  ],
  ['DS-15.6 keys are lower-cased', withMetadata({ annotations: { 'Example.com/A': 'b' } }), []],
  ['DS-15.6 size', withMetadata({ annotations: { a: 'x'.repeat(256 * 1024) } }), ['metadata.annotations: Too long: must have at most 262144 bytes']],
  [
    'DS-15.11 In without values',
    withSpec({ selector: { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'a', operator: 'In' }] } }),
    ["spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'"],
  ],
  [
    'DS-15.12',
    withSpec({ selector: { matchLabels: { app: 'y' } } }),
    ['spec.template.metadata.labels: Invalid value: map[string]string{"app":"x"}: `selector` does not match template `labels`'],
  ],
  [
    'DS-15.13 no selector',
    withSpec({ selector: undefined }),
    ['spec.template.metadata.labels: Invalid value: map[string]string{"app":"x"}: `selector` does not match template `labels`'],
  ],
  ['DS-15.21 no name', withPod({ volumes: [{ emptyDir: {} }] }), [`${T}.volumes[0].name: Required value`]],
  ['DS-15.21 twice', withPod({ volumes: [{ name: 'v' }, { name: 'v' }] }), [`${T}.volumes[1].name: Duplicate value: "v"`]],
  [
    'DS-15.21 two types',
    withPod({ volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/' } }] }),
    [`${T}.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type`],
  ],
  [
    'DS-15.23 duplicate',
    withPod({
      containers: [
        { name: 'c', image: 'a' },
        { name: 'c', image: 'b' },
      ],
    }),
    [`${T}.containers[1].name: Duplicate value: "c"`],
  ],
  ['DS-15.24 no handler', withContainer({ livenessProbe: {} }), [`${T}.containers[0].livenessProbe: Required value: must specify a handler type`]],
  [
    'DS-15.24 port',
    withContainer({ readinessProbe: { httpGet: { port: 0 } } }),
    [`${T}.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive`],
  ],
  [
    'DS-15.25 name twice',
    withContainer({
      ports: [
        { containerPort: 1, name: 'a' },
        { containerPort: 2, name: 'a' },
      ],
    }),
    [`${T}.containers[0].ports[1].name: Duplicate value: "a"`],
  ],
  [
    'DS-15.26',
    withPod({ containers: ['c', 'd'].map((name) => ({ name, image: 'a', ports: [{ containerPort: 80, hostPort: 80 }] })) }),
    [`${T}.containers[1].ports[0].hostPort: Duplicate value: "TCP//80"`],
  ],
  ['DS-15.27 no name', withContainer({ env: [{ value: 'a' }] }), [`${T}.containers[0].env[0].name: Required value`]],
  [
    'DS-15.28 no path',
    withPod({ containers: [{ name: 'c', image: 'a', volumeMounts: [{ name: 'v' }] }], volumes: [{ name: 'v' }] }),
    [`${T}.containers[0].volumeMounts[0].mountPath: Required value`],
  ],
  [
    'DS-15.30',
    withContainer({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
    [`${T}.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit`],
  ],
  [
    'DS-15.32',
    withPod({ restartPolicy: 'Sometimes' }),
    [
      `${T}.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"`,
      `${T}.restartPolicy: Unsupported value: "Sometimes": supported values: "Always"`,
    ],
  ],
  [
    'DS-15.33',
    withPod({ dnsPolicy: 'Foo' }),
    [`${T}.dnsPolicy: Unsupported value: "Foo": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"`],
  ],
  ['DS-15.35 no terms', required([]), [`${A}: Required value: must have at least one node selector term`]],
  [
    'DS-15.35 operator',
    required([{ matchExpressions: [{ key: 'a', operator: 'Foo' }] }]),
    [`${A}[0].matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator`],
  ],
  [
    'DS-15.35 two names',
    required([{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a', 'b'] }] }]),
    [`${A}[0].matchFields[0].values: Required value: must be only one value when \`operator\` is 'In' or 'NotIn' for node field selector`],
  ],
  [
    'DS-15.36',
    withPod({ topologySpreadConstraints: [{ whenUnsatisfiable: 'Foo' }] }),
    [
      `${T}.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero`,
      `${T}.topologySpreadConstraints[0].topologyKey: Required value: can not be empty`,
      `${T}.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Foo": supported values: "DoNotSchedule", "ScheduleAnyway"`,
    ],
  ],
  [
    'DS-15.38',
    withPod({ activeDeadlineSeconds: 0 }),
    [
      `${T}.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive`,
      `${T}.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in DaemonSet is not Supported`,
    ],
  ],
  [
    'DS-15.39 operator',
    withPod({ tolerations: [{ key: 'a', operator: 'Foo' }] }),
    [`${T}.tolerations[0].operator: Unsupported value: "Foo": supported values: "Equal", "Exists"`],
  ],
  [
    'DS-15.39 value',
    withPod({ tolerations: [{ key: 'a', value: 'x y' }] }),
    [/^spec.template.spec.tolerations\[0\].operator: Invalid value: "x y": a valid label/],
  ],
  ['DS-15.52', withSpec({ revisionHistoryLimit: -1 }), ['spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0']],
  [
    'DS-15.54 text that is a number',
    withSpec({ updateStrategy: { rollingUpdate: { maxUnavailable: '2' } } }),
    [/^spec.*maxUnavailable: Invalid value: .*a valid percent string/],
  ],
  [
    'DS-15.54 negative',
    withSpec({ updateStrategy: { rollingUpdate: { maxUnavailable: -1 } } }),
    [`${U}.maxUnavailable: Invalid value: -1: must be greater than or equal to 0`],
  ],
]

describe('the catalogue (DS-15)', () => {
  it.each(catalogue)('%s', (_, manifest, expected) => {
    const lines = linesOf(manifest)
    expect(lines).toHaveLength(expected.length)
    expected.forEach((line, i) => {
      if (typeof line === 'string') expect(lines[i]).toBe(line)
      else expect(lines[i]).toMatch(line)
    })
  })
})

describe('wording by version', () => {
  it('values as JSON since 1.34 (DS-15.80)', () => {
    const surge = withSpec({ updateStrategy: { rollingUpdate: { maxSurge: 1 } } })
    expect(linesOf(surge, '1.36')).toEqual([`${U}.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero`])
    const labels = withSpec({ selector: { matchLabels: { app: 'y' } } })
    expect(linesOf(labels, '1.36')).toEqual([
      'spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`',
    ])
    const strategy = withSpec({ updateStrategy: { type: 'Recreate' } })
    expect(linesOf(strategy, '1.36')).toEqual([
      'spec.updateStrategy: Unsupported value: {"Type":"Recreate","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
    ])
    expect(linesOf(withSpec({ selector: {} }), '1.36')).toEqual(['spec.selector: Invalid value: {}: empty selector is invalid for daemonset'])
  })

  it('host ports (1.28)', () => {
    const manifest = withPod({ hostNetwork: true, containers: [{ name: 'c', image: 'a', ports: [{ containerPort: 80, hostPort: 81 }] }] })
    expect(linesOf(manifest, '1.27')).toEqual([
      `${T}.containers[0].ports[0].containerPort: Invalid value: 80: must match \`hostPort\` when \`hostNetwork\` is true`,
    ])
    expect(linesOf(manifest, '1.28')).toEqual([
      `${T}.containers[0].ports[0].hostPort: Invalid value: 81: must match \`containerPort\` when \`hostNetwork\` is true`,
    ])
  })

  it('requests above limits, disks, tolerations', () => {
    const resources = withContainer({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } })
    expect(linesOf(resources, '1.36')).toEqual([
      `${T}.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`,
    ])
    expect(linesOf(withPod({ volumes: [{ name: 'v', gcePersistentDisk: { pdName: 'p' } }] }), '1.36')).toEqual([])
    const toleration = withPod({ tolerations: [{ key: 'a', operator: 'Exists', value: 'x' }] })
    expect(linesOf(toleration, '1.36')).toEqual([
      `${T}.tolerations[0].operator: Invalid value: "x": value must be empty when \`operator\` is 'Exists'`,
    ])
  })

  it('selector values are checked since 1.27', () => {
    const manifest = withSpec({ selector: { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'b', operator: 'NotIn', values: ['c d'] }] } })
    expect(linesOf(manifest, '1.26')).toEqual([])
    expect(linesOf(manifest, '1.27')[0]).toMatch(/^spec.selector.matchExpressions\[0\].values\[0\]: Invalid value: "c d": a valid label/)
  })
})

describe('updates (DS-15.60)', () => {
  const old = read(base, '1.23')
  const linesOfUpdate = (json: Part): string[] => validateUpdate(read(json, '1.23'), old, '1.23').map((cause) => `${cause.field}: ${cause.message}`)

  it('everything but the selector may change', () => {
    expect(linesOfUpdate(withSpec({ minReadySeconds: 5, updateStrategy: { type: 'OnDelete' } }))).toEqual([])
    expect(linesOfUpdate(withSpec({ selector: { matchLabels: { app: 'x' }, matchExpressions: [] } }))).toEqual([])
  })

  it('a changed selector is the last cause', () => {
    const lines = linesOfUpdate(withSpec({ selector: { matchLabels: { app: 'y' } } }))
    expect(lines).toHaveLength(2)
    expect(lines[1]).toBe(
      'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"y"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    )
    expect(linesOfUpdate(withSpec({ selector: undefined })).at(-1)).toBe('spec.selector: Invalid value: "null": field is immutable')
  })
})
