import { describe, expect, it } from 'vitest'
import { applyDefaults } from '../defaults/index.ts'
import { decode } from '../schema/decode.ts'
import type { AnyObject } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'
import { validateCreate } from './index.ts'

type Part = Record<string, unknown>

/** What is wrong with a DaemonSet whose pods have these fields, without the common start of the paths. */
function linesOf(pod: Part, version: KubernetesVersion): string[] {
  const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'a' }], ...pod } }
  const json = { kind: 'DaemonSet', metadata: { name: 'x' }, spec: { selector: { matchLabels: { app: 'x' } }, template } }
  const object = applyDefaults(decode('DaemonSet', json, version).object as AnyObject, version)
  return validateCreate(object, version).map(({ field, message }) => `${field.replace('spec.template.spec.', '')}: ${message}`)
}

const container = (part: Part): Part => ({ containers: [{ name: 'c', image: 'a', ...part }] })
const volume = (part: Part): Part => ({ volumes: [{ name: 'v', ...part }] })
const mount = (part: Part, more: Part = {}): Part => ({
  ...volume({ emptyDir: {} }),
  ...container({ volumeMounts: [{ name: 'v', mountPath: '/a', ...part }], ...more }),
})
const env = (valueFrom: Part): Part => container({ env: [{ name: 'A', valueFrom }] })
const sleep = (seconds: number): Part => container({ lifecycle: { preStop: { sleep: { seconds } } } })
const sysctl = (name: string): Part => ({ name, value: '1' })
const spread = (part: Part): Part => ({
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {}, ...part }],
})

const huge = { 'hugepages-2Mi': '4Mi' }
const supported = '"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP"'

/** Beyond the catalogue of DS-15: what the API server checks in a pod. @source pkg/apis/core/validation/validation.go */
const cases: [what: string, pod: Part, lines: string[], version?: KubernetesVersion][] = [
  ['DS-15.33 None', { dnsPolicy: 'None' }, ['dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None']],
  [
    'nameservers',
    { dnsConfig: { nameservers: ['8.8.8.8', '::1', 'dns', '256.1.1.1', '1::2::3'] } },
    [
      'dnsConfig.nameservers: Invalid value: []string{"8.8.8.8", "::1", "dns", "256.1.1.1", "1::2::3"}: must not have more than 3 nameservers',
      'dnsConfig.nameservers[2]: Invalid value: "dns": must be valid IP address',
      'dnsConfig.nameservers[3]: Invalid value: "256.1.1.1": must be valid IP address',
      'dnsConfig.nameservers[4]: Invalid value: "1::2::3": must be valid IP address',
    ],
  ],
  ['host aliases', { hostAliases: [{ ip: 'x' }] }, ['hostAliases.ip: Invalid value: "x": must be valid IP address']],
  [
    'host aliases, newer',
    { hostAliases: [{ ip: 'x' }] },
    ['hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    '1.36',
  ],
  [
    'one process namespace',
    { hostPID: true, shareProcessNamespace: true },
    ['securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled'],
  ],
  ['users', { hostUsers: false, hostPID: true }, ['HostPID: Forbidden: when `pod.Spec.HostUsers` is false'], '1.36'],
  [
    'DS-15.27 fields of the pod',
    env({ fieldRef: { fieldPath: 'status.phase' } }),
    [
      `containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: ${supported}, "status.podIP", "status.podIPs"`,
    ],
  ],
  [
    'DS-15.27 no field of a pod',
    env({ fieldRef: { fieldPath: 'spec.foo' } }),
    ['containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.foo": error converting fieldPath: field label not supported: spec.foo'],
  ],
  ['DS-15.27 a key of a file, since 1.35', env({ fileKeyRef: { volumeName: 'v', path: 'a.env', key: 'A' } }), [], '1.36'],
  [
    'DS-15.27 a key of no file',
    env({ fileKeyRef: { volumeName: 'v', key: 'A' } }),
    ['containers[0].env[0].valueFrom.fileKeyRef.path: Required value'],
    '1.36',
  ],
  ['names of ConfigMaps may be prefixes', container({ envFrom: [{ configMapRef: { name: 'a-' } }, { secretRef: { name: 'b-' } }] }), []],
  [
    'DS-15.28 propagation',
    mount({ mountPropagation: 'Bidirectional' }),
    ['containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers'],
  ],
  ['DS-15.28 privileged', mount({ mountPropagation: 'Bidirectional' }, { securityContext: { privileged: true } }), []],
  [
    'DS-15.28 subPathExpr',
    mount({ subPath: 'a', subPathExpr: '../b' }),
    [
      'containers[0].volumeMounts[0].subPathExpr: Invalid value: "../b": subPathExpr and subPath are mutually exclusive',
      'containers[0].volumeMounts.subPathExpr: Invalid value: "../b": must not contain \'..\'',
    ],
  ],
  ['DS-15.30 huge pages', container({ resources: { limits: huge } }), ['containers[0].resources: Forbidden: HugePages require cpu or memory']],
  [
    'DS-15.24 order before 1.26',
    container({ livenessProbe: { exec: { command: ['a'] }, successThreshold: 2 }, readinessProbe: { terminationGracePeriodSeconds: 1 } }),
    [
      'containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 1: must not be set for readinessProbes',
      'containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
      'containers[0].readinessProbe: Required value: must specify a handler type',
    ],
    '1.25',
  ],
  [
    'DS-15.21 items',
    volume({ configMap: { name: 'm', items: [{ key: 'a', path: '..b' }] } }),
    ['volumes[0].configMap.items[0].path: Invalid value: "..b": must not start with \'..\''],
  ],
  [
    'DS-15.21 nfs',
    volume({ nfs: { server: 's' } }),
    ['volumes[0].nfs.path: Required value', 'volumes[0].nfs.path: Invalid value: "": must be an absolute path'],
  ],
  [
    'DS-15.21 projected',
    volume({
      projected: {
        sources: [
          { serviceAccountToken: { path: 't', expirationSeconds: 60 } },
          { secret: { items: [{ key: 'k', path: 't' }] } },
          { configMap: { name: 'c', items: [{ key: 'k', path: 't' }] } },
          { secret: { name: 's' }, downwardAPI: { items: [{ path: 't', fieldRef: { fieldPath: 'metadata.uid' } }] } },
          { serviceAccountToken: {} },
        ],
      },
    }),
    [
      'volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
      'volumes[0].projected.sources[1].secret.name: Required value',
      'volumes[0].projected: Invalid value: "c": conflicting duplicate paths',
      'volumes[0].projected: Invalid value: "t": conflicting duplicate paths',
      'volumes[0].projected.sources[3]: Forbidden: may not specify more than 1 volume type',
      'volumes[0].projected.path: Required value',
    ],
  ],
  [
    'DS-15.21 downwardAPI',
    volume({ downwardAPI: { items: [{ path: 'a' }] } }),
    ['volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required'],
  ],
  [
    'DS-15.21 downwardAPI fields',
    volume({ downwardAPI: { items: [{ fieldRef: { fieldPath: 'spec.nodeName' } }, { path: 'b', resourceFieldRef: { resource: 'limits.cpu' } }] } }),
    [
      'volumes[0].downwardAPI.path: Required value',
      'volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"',
      'volumes[0].downwardAPI.resourceFieldRef.containerName: Required value',
    ],
  ],
  [
    'DS-15.27 other versions, brackets, divisors',
    container({
      env: [
        { name: 'A', valueFrom: { fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } } },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: "spec['a']" } } },
        { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '3' } } },
        { name: 'D', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1024Ki' } } },
      ],
    }),
    [
      'containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2',
      `containers[0].env[1].valueFrom.fieldRef.fieldPath: Invalid value: "spec['a']": error converting fieldPath: field label does not support subscript: spec['a']`,
      `containers[0].env[2].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
    ],
  ],
  [
    'DS-15.28 devices',
    {
      volumes: [
        { name: 'e', emptyDir: {} },
        { name: 'p', persistentVolumeClaim: { claimName: 'p' } },
      ],
      ...container({
        volumeMounts: [{ name: 'p', mountPath: '/a' }],
        volumeDevices: [{ name: 'x' }, { name: 'e', devicePath: '/../b' }, { name: 'p', devicePath: '/a' }],
      }),
    },
    [
      'containers[0].volumeMounts[0].name: Invalid value: "p": must not already exist in volumeDevices',
      'containers[0].volumeMounts[0].mountPath: Invalid value: "/a": must not already exist as a path in volumeDevices',
      'containers[0].volumeDevices[0].name: Not found: "x"',
      'containers[0].volumeDevices[0].devicePath: Required value',
      'containers[0].volumeDevices[1].name: Invalid value: "e": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      `containers[0].volumeDevices[1].devicePath: Invalid value: "/../b": can not contain backsteps ('..')`,
      'containers[0].volumeDevices[2].name: Invalid value: "p": must not already exist in volumeMounts',
      'containers[0].volumeDevices[2].devicePath: Invalid value: "/a": must not already exist as a path in volumeMounts',
    ],
  ],
  [
    'DS-15.36 minDomains',
    spread({ minDomains: 0, whenUnsatisfiable: 'ScheduleAnyway' }),
    [
      'topologySpreadConstraints[0].minDomains: Invalid value: 0: must be greater than zero',
      'topologySpreadConstraints[0].minDomains: Invalid value: 0: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
    ],
    '1.36',
  ],
  [
    'DS-15.36 policies',
    spread({ nodeTaintsPolicy: 'Foo' }),
    ['topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: "Foo": supported values: "Honor", "Ignore"'],
    '1.36',
  ],
  [
    'DS-15.36 keys',
    spread({ matchLabelKeys: ['app'], labelSelector: { matchLabels: { app: 'x' } } }),
    ['topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector'],
    '1.36',
  ],
  ['DNS search paths of today (RelaxedDNSSearchValidation)', { dnsConfig: { searches: ['.', '_sip._tcp.example.com'] } }, [], '1.33'],
  [
    'DNS search paths',
    { dnsConfig: { searches: ['a_'] } },
    [
      "dnsConfig.searches[0]: Invalid value: \"a_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')",
    ],
    '1.36',
  ],
  ['a sleep of no time', sleep(0), [], '1.33'],
  [
    'a sleep of no time, alpha',
    sleep(0),
    [
      'containers[0].lifecycle.preStop.sleep: Invalid value: 0: must be greater than 0 and less than terminationGracePeriodSeconds (30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.',
    ],
    '1.32',
  ],
  [
    'a sleep that is too long',
    sleep(31),
    ['containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be greater than 0 and less than terminationGracePeriodSeconds (30)'],
    '1.31',
  ],
  [
    'sysctls of the node (ValidateHostSysctl)',
    {
      hostNetwork: true,
      hostIPC: true,
      securityContext: { sysctls: ['net.core.somaxconn', 'kernel.sem', 'kernel.shm_rmid_forced', 'vm.a'].map(sysctl) },
    },
    [
      `securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when 'hostNetwork' is true`,
      `securityContext.sysctls[1].name: Invalid value: "kernel.sem": may not be specified when 'hostIPC' is true`,
      `securityContext.sysctls[2].name: Invalid value: "kernel.shm_rmid_forced": may not be specified when 'hostIPC' is true`,
    ],
    '1.36',
  ],
  [
    'an unmasked /proc',
    container({ securityContext: { procMount: 'Unmasked' } }),
    ['containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`'],
    '1.36',
  ],
  ['an unmasked /proc of its own', { hostUsers: false, ...container({ securityContext: { procMount: 'Unmasked' } }) }, [], '1.36'],
  [
    'DS-15.27 huge pages by something',
    env({ resourceFieldRef: { resource: 'limits.hugepages-2Mi', divisor: '3' } }),
    [
      `containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.hugepages-2Mi": only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the hugepages resource`,
    ],
  ],
]

describe('pod specs', () => {
  it.each(cases)('%s', (_what, pod, lines, version = '1.23') => {
    expect(linesOf(pod, version)).toEqual(lines)
  })
})
