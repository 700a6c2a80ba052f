import { describe, expect, it } from 'vitest'
import { applyDefaults } from '../defaults/index.ts'
import { decode } from '../schema/decode.ts'
import type { AnyObject } from '../types.ts'
import { validateCreate, validateUpdate } from './index.ts'

type Part = Record<string, unknown>

const labels = { app: 'x' }
const template = (spec: Part = {}, metadata: Part = {}): Part => ({
  template: { metadata: { labels, ...metadata }, spec: { containers: [{ name: 'c', image: 'a' }], ...spec } },
})
const read = (spec: Part): AnyObject => {
  const json = { kind: 'DaemonSet', metadata: { name: 'x' }, spec: { selector: { matchLabels: labels }, ...template(), ...spec } }
  return applyDefaults(decode('DaemonSet', json, '1.23').object as AnyObject, '1.23')
}
const lines = (causes: { field: string; message: string }[]) => [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))]
const wrong = (spec: Part) => lines(validateCreate(read(spec), '1.23'))

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const value =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const T = 'spec.template.spec'

/** Wordings of DS-15 for 1.23, of the rules that no other test names. */
const cases: [rule: string, spec: Part, lines: string[]][] = [
  ['DS-15.10', { selector: { matchLabels: { app: 'c d' } } }, [`spec.selector.matchLabels: Invalid value: "c d": ${value}`]],
  [
    'DS-15.14',
    { selector: {} },
    [
      'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for daemonset',
    ],
  ],
  [
    'DS-15.14, empty lists are told from none',
    { selector: { matchExpressions: [] } },
    [
      'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement{}}: empty selector is invalid for daemonset',
    ],
  ],
  ['DS-15.20', template({}, { labels: { app: 'x', b: 'c d' } }), [`spec.template.labels: Invalid value: "c d": ${value}`]],
  ['DS-15.22', template({ containers: null }), [`${T}.containers: Required value`]],
  [
    'DS-15.29',
    template({ containers: [{ name: 'c', image: 'a', imagePullPolicy: 'Foo' }] }),
    [`${T}.containers[0].imagePullPolicy: Unsupported value: "Foo": supported values: "Always", "IfNotPresent", "Never"`],
  ],
  ['DS-15.31', template({ initContainers: [{ name: 'c', image: 'a' }] }), [`${T}.initContainers[0].name: Duplicate value: "c"`]],
  ['DS-15.34', template({ nodeSelector: { a: 'c d' } }), [`${T}.nodeSelector: Invalid value: "c d": ${value}`]],
  [
    'DS-15.37',
    template({ serviceAccountName: 'A', nodeName: 'B', priorityClassName: 'C' }),
    [
      `${T}.serviceAccountName: Invalid value: "A": ${subdomain}`,
      `${T}.nodeName: Invalid value: "B": ${subdomain}`,
      `${T}.priorityClassName: Invalid value: "C": ${subdomain}`,
    ],
  ],
  [
    'DS-15.40',
    template({ volumes: [{ name: 'v', gcePersistentDisk: { pdName: 'p' } }] }),
    [
      `${T}.volumes[0].gcePersistentDisk.readOnly: Invalid value: false: must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only`,
    ],
  ],
  [
    'DS-15.32, DS-15.50',
    template({ restartPolicy: 'Sometimes' }),
    [
      `${T}.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"`,
      `${T}.restartPolicy: Unsupported value: "Sometimes": supported values: "Always"`,
    ],
  ],
  [
    'DS-15.38, DS-15.51',
    template({ activeDeadlineSeconds: 0 }),
    [
      `${T}.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive`,
      `${T}.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in DaemonSet is not Supported`,
    ],
  ],
  [
    'DS-15.53',
    { updateStrategy: { type: 'Recreate' } },
    [
      'spec.updateStrategy: Unsupported value: apps.DaemonSetUpdateStrategy{Type:"Recreate", RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}: supported values: "RollingUpdate", "OnDelete"',
    ],
  ],
]

describe('DaemonSets', () => {
  it.each(cases)('%s', (_rule, spec, expected) => {
    expect(wrong(spec)).toEqual(expected)
  })

  it('are checked in full again on every update, the selector last (DS-15.60, DS-15.61)', () => {
    const next = read({ selector: { matchLabels: { app: 'y' } }, minReadySeconds: -1 })
    expect(lines(validateUpdate(next, read({}), '1.23')).map((line) => line.slice(0, line.indexOf(': ')))).toEqual([
      'spec.template.metadata.labels',
      'spec.minReadySeconds',
      'spec.selector',
    ])
  })
})
