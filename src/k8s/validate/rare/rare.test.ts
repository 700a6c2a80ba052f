import { describe, expect, it } from 'vitest'
import { applyDefaults } from '../../defaults/index.ts'
import { decode } from '../../schema/decode.ts'
import type { AnyObject, KubeObject, Pod, PodSpec } from '../../types.ts'
import { type KubernetesVersion, versions } from '../../version.ts'
import { validateCreate, validateStatusUpdate, validateUpdate } from '../index.ts'

type Part = Record<string, unknown>

const container = (part: Part = {}): Part => ({ name: 'c', image: 'a', ...part })
const podOf = (spec: Part, annotations?: Part, name = 'x'): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'ns', annotations }, spec: { containers: [container()], ...spec } }) as KubeObject

const read = (object: KubeObject, version: KubernetesVersion): AnyObject => applyDefaults(decode('Pod', object, version).object as AnyObject, version)
const linesOf = (object: KubeObject, version: KubernetesVersion = '1.36'): string[] =>
  validateCreate(read(object, version), version).map(({ field, message }) => `${field}: ${message}`)
const updated = (object: KubeObject, old: KubeObject): string[] =>
  validateUpdate(read(object, '1.36'), read(old, '1.36'), '1.36').map(({ field, message }) => `${field}: ${message}`)

/** As the unit tests of Kubernetes have them. @source pkg/apis/core/validation/validation_test.go */
describe('profiles in annotations and fields (ValidateSeccompPodAnnotations, ValidateAppArmorPodAnnotations)', () => {
  const seccomp = 'seccomp.security.alpha.kubernetes.io/pod'
  const ofContainer = (name: string) => `container.seccomp.security.alpha.kubernetes.io/${name}`
  const appArmor = (name: string) => `container.apparmor.security.beta.kubernetes.io/${name}`
  const context = (part: Part): Part => ({ securityContext: part })

  it('name profiles that there can be', () => {
    for (const profile of ['runtime/default', 'docker/default', 'unconfined', 'localhost/foo']) {
      expect(linesOf(podOf({}, { [seccomp]: profile, [ofContainer('foo')]: profile }))).toEqual([])
    }
    expect(linesOf(podOf({}, { [seccomp]: 'foo', [ofContainer('foo')]: '' }))).toEqual([
      `metadata.annotations.${seccomp}: Invalid value: "foo": must be a valid seccomp profile`,
      `metadata.annotations.${ofContainer('foo')}: Invalid value: "": must be a valid seccomp profile`,
    ])
    expect(linesOf(podOf({}, { [seccomp]: 'localhost//foo' }))[0]).toMatch(/must be a relative path$/)
    expect(linesOf(podOf({}, { [seccomp]: 'localhost/../foo' }))[0]).toMatch(/must not contain '\.\.'$/)
    expect(linesOf(podOf({}, { [appArmor('c')]: 'localhost/foo' }))).toEqual([])
    expect(linesOf(podOf({}, { [appArmor('c')]: 'runtime/foo', [appArmor('d')]: 'unconfined' }))).toEqual([
      `metadata.annotations[${appArmor('c')}]: Invalid value: "runtime/foo": invalid AppArmor profile name: "runtime/foo"`,
      `metadata.annotations[${appArmor('d')}]: Invalid value: "d": container not found`,
    ])
  })

  it('say what the fields beside them say', () => {
    const runtime = { seccompProfile: { type: 'RuntimeDefault' } }
    expect(linesOf(podOf(context(runtime), { [seccomp]: 'unconfined' }))).toEqual([
      'spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match',
    ])
    expect(linesOf(podOf(context(runtime), { [seccomp]: 'docker/default' }))).toEqual([])
    expect(linesOf(podOf(context({ appArmorProfile: { type: 'Unconfined' } }), { [appArmor('c')]: 'runtime/default' }))).toEqual([
      'spec.containers[0].securityContext.appArmorProfile.type: Forbidden: apparmor type in annotation and field must match',
    ])
    const local = { appArmorProfile: { type: 'Localhost', localhostProfile: 'bar' } }
    expect(linesOf(podOf({ containers: [container(context(local))] }, { [appArmor('c')]: 'localhost/foo' }))).toEqual([
      'spec.containers[0].securityContext.appArmorProfile.localhostProfile: Forbidden: apparmor profile in annotation and field must match',
    ])
  })

  const required = 'Required value: must be set when AppArmor type is Localhost'
  it.each<[Part, string]>([
    [{ type: 'test' }, 'type: Unsupported value: "test": supported values: "Localhost", "RuntimeDefault", "Unconfined"'],
    [{ type: '' }, 'type: Required value: type is required when appArmorProfile is set'],
    [{ type: 'Localhost' }, `localhostProfile: ${required}`],
    [{ type: 'Localhost', localhostProfile: '' }, `localhostProfile: ${required}`],
    [{ type: 'Localhost', localhostProfile: 'foo ' }, 'localhostProfile: Invalid value: "foo ": must not be padded with whitespace'],
    [{ type: 'Localhost', localhostProfile: 'a'.repeat(4096) }, 'localhostProfile: Too long: may not be more than 4095 bytes'],
    [{ type: 'RuntimeDefault', localhostProfile: 'foo' }, 'localhostProfile: Invalid value: "foo": can only be set when AppArmor type is Localhost'],
  ])('AppArmor %o (ValidateAppArmorProfileField)', (appArmorProfile, line) => {
    expect(linesOf(podOf(context({ appArmorProfile })))).toEqual([`spec.securityContext.appArmorProfile.${line}`])
    expect(linesOf(podOf({ containers: [container(context({ appArmorProfile }))] }))).toEqual([
      `spec.containers[0].securityContext.appArmorProfile.${line}`,
    ])
  })

  it('do not change once the pod is there, nor does it become a mirror pod (ValidatePodSpecificAnnotationUpdates)', () => {
    const key = 'kubernetes.io/config.mirror'
    const onNode = (annotations?: Part) => podOf({ nodeName: 'n' }, annotations)
    expect(linesOf(podOf({}, { [key]: '' }))).toEqual([
      `metadata.annotations[${key}]: Invalid value: "": must set spec.nodeName if mirror pod annotation is set`,
    ])
    expect(updated(onNode({ [key]: '' }), onNode())).toEqual([`metadata.annotations[${key}]: Forbidden: may not add mirror pod annotation`])
    const changed = `metadata.annotations[${key}]: Forbidden: may not remove or update mirror pod annotation`
    expect(updated(onNode(), onNode({ [key]: '' }))).toEqual([changed])
    expect(updated(onNode({ [key]: 'foo' }), onNode({ [key]: 'bar' }))).toEqual([changed])
    expect(updated(onNode({ [appArmor('c')]: 'unconfined' }), onNode())).toEqual([
      `metadata.annotations[${appArmor('c')}]: Forbidden: may not add AppArmor annotations`,
    ])
  })
})

describe('keys of labels in affinity terms (validateMatchLabelKeysAndMismatchLabelKeys)', () => {
  const at = 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]'
  const linesOfTerm = (term: Part, labels?: Part): string[] => {
    const full = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } }, ...term }
    const pod = podOf({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [full] } } })
    return linesOf({ ...pod, metadata: { ...pod.metadata, ...(labels && { labels }) } } as KubeObject)
  }

  it('are label keys, none of them in both lists, of terms with a selector', () => {
    expect(linesOfTerm({ matchLabelKeys: ['a'], mismatchLabelKeys: ['b'] })).toEqual([])
    expect(linesOfTerm({ matchLabelKeys: ['/a'] })).toEqual([
      expect.stringContaining(`${at}.matchLabelKeys[0]: Invalid value: "/a": prefix part must be`),
    ])
    expect(linesOfTerm({ mismatchLabelKeys: ['a'], labelSelector: undefined })).toEqual([
      `${at}.mismatchLabelKeys: Forbidden: must not be specified when labelSelector is not set`,
    ])
    expect(linesOfTerm({ matchLabelKeys: ['a'], mismatchLabelKeys: ['a'] })).toEqual([
      `${at}.matchLabelKeys[0]: Invalid value: "a": exists in both matchLabelKeys and mismatchLabelKeys`,
    ])
  })

  it('are not selected by otherwise, as soon as the pod has such a label', () => {
    expect(linesOfTerm({ matchLabelKeys: ['app'] })).toEqual([])
    expect(linesOfTerm({ matchLabelKeys: ['app'] }, { app: 'x' })).toEqual([
      `${at}[0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector`,
    ])
  })
})

describe('the operating system (validateOS, validateLinux, validateWindows)', () => {
  it('is Linux or Windows', () => {
    expect(linesOf(podOf({ os: { name: '' } }))).toEqual(['spec.os.name: Required value: cannot be empty'])
    expect(linesOf(podOf({ os: { name: 'dummy' } }))).toEqual(['spec.os: Unsupported value: "dummy": supported values: "linux", "windows"'])
  })

  it('has no fields of the other', () => {
    const windowsOptions = { runAsUserName: 'x' }
    expect(linesOf(podOf({ os: { name: 'linux' }, securityContext: { windowsOptions } }))).toEqual([
      'spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod',
    ])
    const spec = {
      os: { name: 'windows' },
      hostPID: true,
      securityContext: { seLinuxOptions: { role: 'dummy' }, fsGroup: 0, sysctls: [] },
      containers: [container({ securityContext: { privileged: false, windowsOptions } })],
    }
    expect(linesOf(podOf(spec))).toEqual([
      'spec.securityContext.seLinuxOptions: Forbidden: cannot be set for a windows pod',
      'spec.hostPID: Forbidden: cannot be set for a windows pod',
      'spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod',
      'spec.containers[0].securityContext.privileged: Forbidden: cannot be set for a windows pod',
    ])
  })
})

describe('resizing (validateResizePolicy)', () => {
  const at = 'spec.containers[0].resizePolicy'
  const linesOfPolicy = (resizePolicy: Part[], spec: Part = {}) => linesOf(podOf({ containers: [container({ resizePolicy })], ...spec }))
  const cpu = { resourceName: 'cpu', restartPolicy: 'NotRequired' }

  it('is allowed of cpu and memory, once each', () => {
    expect(linesOfPolicy([cpu, { ...cpu, resourceName: 'memory' }])).toEqual([])
    expect(linesOfPolicy([cpu, cpu])).toEqual([`${at}[1]: Duplicate value: "cpu"`])
    expect(linesOfPolicy([{ ...cpu, resourceName: 'a' }])).toEqual([`${at}: Unsupported value: "a": supported values: "cpu", "memory"`])
    expect(linesOfPolicy([{ ...cpu, restartPolicy: 'RestartNotRequired' }])).toEqual([
      `${at}: Unsupported value: "RestartNotRequired": supported values: "NotRequired", "RestartContainer"`,
    ])
  })

  it('restarts nothing that is not to be restarted', () => {
    expect(linesOfPolicy([{ ...cpu, restartPolicy: 'RestartContainer' }], { restartPolicy: 'Never' })).toEqual([
      `${at}: Invalid value: "RestartContainer": must be 'NotRequired' when \`restartPolicy\` is 'Never'`,
    ])
  })
})

it('at most 20 rules say at which exit codes a container is restarted (validateContainerRestartPolicy)', () => {
  const restartPolicyRules = Array.from({ length: 21 }, () => ({ action: 'Restart', exitCodes: { operator: 'In', values: [3] } }))
  expect(linesOf(podOf({ containers: [container({ restartPolicy: 'Never', restartPolicyRules })] }))).toEqual([
    'spec.containers[0].restartPolicyRules: Too many: 21: must have at most 20 items',
  ])
})

describe('resources', () => {
  it('of the pod hold what its containers ask for (validatePodResourceConsistency)', () => {
    const spec = (resources: Part) =>
      podOf({ resources, containers: [1, 2].map((i) => ({ ...container({ resources: { limits: { cpu: '1' } } }), name: `c${i}` })) })
    expect(linesOf(spec({ requests: { cpu: '2' }, limits: { cpu: '2' } }))).toEqual([])
    expect(linesOf(spec({ requests: { cpu: '1500m' }, limits: { cpu: '2' } }))).toEqual([
      'spec.resources.requests[cpu]: Invalid value: "1500m": must be greater than or equal to aggregate container requests of 2',
    ])
    expect(linesOf(spec({ requests: { cpu: '3' }, limits: { cpu: '2' } }))).toEqual([
      'spec.resources.requests: Invalid value: "3": must be less than or equal to cpu limit of 2',
    ])
  })

  it('of huge pages are whole pages (validateResourceQuantityHugePageValue)', () => {
    const pages = (size: string) => podOf({ containers: [container({ resources: { limits: { cpu: '1', 'hugepages-2Mi': size } } })] })
    expect(linesOf(pages('4Mi'))).toEqual([])
    expect(linesOf(pages('3Mi'))).toEqual(
      ['limits', 'requests'].map(
        (list) => `spec.containers[0].resources.${list}[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi`,
      ),
    )
  })
})

describe('claims of ephemeral volumes (ValidateVolumes)', () => {
  const ephemeral = { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } }

  it('ask for storage in known ways (ValidatePersistentVolumeClaimSpec)', () => {
    const asking = (spec: object) => linesOf(podOf({ volumes: [{ name: 'e', ephemeral: { volumeClaimTemplate: { spec } } }] }))
    const at = 'spec.volumes[0].ephemeral.volumeClaimTemplate.spec'
    expect(asking({})).toEqual([`${at}.accessModes: Required value: at least 1 access mode is required`, `${at}.resources[storage]: Required value`])
    const spec = {
      accessModes: ['A', 'ReadWriteOnce', 'ReadWriteOncePod'],
      resources: { requests: { storage: '0' } },
      storageClassName: 'a_b',
      volumeMode: 'Tape',
    }
    const texts = asking(spec)
    const supported = 'supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"'
    expect(texts.slice(0, 3)).toEqual([
      `${at}.accessModes: Unsupported value: "A": ${supported}`,
      `${at}.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes`,
      `${at}.resources[storage]: Invalid value: "0": must be greater than zero`,
    ])
    expect(texts[3]).toContain(`${at}.storageClassName: Invalid value: "a_b": a lowercase RFC 1123 subdomain`)
    expect(texts[4]).toBe(`${at}.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"`)
  })

  it('have a name, and are nobody else’s', () => {
    const [long, volume] = ['a'.repeat(200), 'b'.repeat(60)]
    expect(linesOf(podOf({ volumes: [{ name: volume, ephemeral }] }, undefined, long))).toEqual([
      `spec.volumes[0].name: Invalid value: "${volume}": PVC name "${long}-${volume}": must be no more than 253 characters`,
    ])
    const volumes = [
      { name: 'p', persistentVolumeClaim: { claimName: 'x-e' } },
      { name: 'e', ephemeral },
    ]
    expect(linesOf(podOf({ volumes }))).toEqual([
      'spec.volumes[0].persistentVolumeClaim.claimName: Invalid value: "x-e": must not reference a PVC that gets created for an ephemeral volume',
    ])
  })
})

describe('status written by hand (ValidatePodStatusUpdate, ValidateNamespaceStatusUpdate)', () => {
  const wrong = (spec: Part, status: Part, old: Part): string[] =>
    validateStatusUpdate(
      read({ ...podOf(spec), status } as KubeObject, '1.36'),
      read({ ...podOf(spec), status: { qosClass: 'BestEffort', ...old } } as KubeObject, '1.36'),
      '1.36',
    ).map(({ field, message }) => `${field}: ${message}`)

  it('what ended for good does not run again', () => {
    const [running, ended] = [{ name: 'c', state: { running: {} } }, (exitCode: number) => ({ name: 'c', state: { terminated: { exitCode } } })]
    const again = (restartPolicy: string, exitCode: number) =>
      wrong({ restartPolicy }, { containerStatuses: [running] }, { containerStatuses: [ended(exitCode)] })
    const refused = ['status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state']
    expect(again('Never', 1)).toEqual(refused)
    expect(again('OnFailure', 0)).toEqual(refused)
    expect(again('OnFailure', 1)).toEqual([])
    expect(again('Always', 0)).toEqual([])
  })

  it('names, addresses and classes are what they can be', () => {
    expect(wrong({}, { nominatedNodeName: 'b' }, {})).toEqual([])
    expect(wrong({}, { nominatedNodeName: 'B' }, {})[0]).toMatch(/^status.nominatedNodeName: Invalid value: "B"/)
    expect(wrong({}, { podIPs: [{ ip: '1.2.3' }] }, {})[0]).toMatch(/^status.podIPs\[0\]: Invalid value: "1.2.3"/)
    expect(wrong({}, { qosClass: 'Burstable' }, {})).toEqual(['status.qosClass: Invalid value: "Burstable": field is immutable'])
  })

  it('a namespace is Terminating while it is deleted, and only then', () => {
    const of = (phase: string, meta: Part = {}) =>
      ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x', ...meta }, spec: {}, status: { phase } }) as unknown as AnyObject
    const told = (object: AnyObject, old: AnyObject) => validateStatusUpdate(object, old, '1.36').map(({ field, message }) => `${field}: ${message}`)
    expect(told(of('Terminating'), of('Active'))).toEqual([
      'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
    ])
    expect(told(of('Active'), of('Active', { deletionTimestamp: '2024-01-01T00:00:00Z' }))[0]).toMatch(/'Terminating' if .* is not empty$/)
  })
})

describe('fields whose gates are off (pkg/api/pod dropDisabledFields, kube_features.go)', () => {
  const kept = (spec: Part, version: KubernetesVersion): PodSpec => (read(podOf(spec), version) as Pod).spec
  const keptOf = (part: Part, version: KubernetesVersion) => kept({ containers: [container(part)] }, version).containers[0]

  it.each<[Part, KubernetesVersion]>([
    [{ hostUsers: false }, '1.33'],
    [{ hostnameOverride: 'a' }, '1.35'],
    [{ os: { name: 'linux' } }, '1.24'],
    [{ resourceClaims: [{ name: 'a', resourceClaimName: 'b' }] }, '1.34'],
    [{ schedulingGates: [{ name: 'a' }] }, '1.27'],
  ])('%j is kept since %s', (spec, first) => {
    const [name = ''] = Object.keys(spec)
    const before = versions[versions.indexOf(first) - 1] as KubernetesVersion
    expect(kept(spec, first)).toHaveProperty(name)
    expect(kept(spec, before)).not.toHaveProperty(name)
  })

  it('of containers, of terms and constraints', () => {
    expect(keptOf({ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }, '1.32')).not.toHaveProperty('resizePolicy')
    expect(keptOf({ lifecycle: { preStop: { sleep: { seconds: 1 } } } }, '1.29')).not.toHaveProperty('lifecycle')
    expect(keptOf({ lifecycle: { preStop: { sleep: { seconds: 1 } } } }, '1.30')).toHaveProperty('lifecycle.preStop.sleep')
    expect(keptOf({ restartPolicy: 'Never' }, '1.34')).not.toHaveProperty('restartPolicy')
    const initContainers = ['Never', 'Always'].map((restartPolicy) => container({ name: restartPolicy.toLowerCase(), restartPolicy }))
    expect(kept({ initContainers }, '1.34').initContainers?.map((init) => init.restartPolicy)).toEqual([undefined, 'Always'])
    expect(keptOf({ securityContext: { procMount: 'Unmasked' } }, '1.32')?.securityContext).toEqual({ procMount: 'Default' })
    const constraint = { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', minDomains: 2, nodeTaintsPolicy: 'Honor' }
    expect(kept({ topologySpreadConstraints: [constraint] }, '1.26').topologySpreadConstraints?.[0]).not.toHaveProperty('minDomains')
    expect(kept({ topologySpreadConstraints: [constraint] }, '1.26').topologySpreadConstraints?.[0]).toHaveProperty('nodeTaintsPolicy')
  })

  it('volumes of images go with their mounts', () => {
    const spec = {
      volumes: [{ name: 'i', image: { reference: 'a' } }],
      containers: [container({ volumeMounts: [{ name: 'i', mountPath: '/a' }] })],
    }
    expect(kept(spec, '1.34')).toMatchObject({ volumes: [], containers: [{ volumeMounts: [] }] })
    expect(kept(spec, '1.35').volumes).toHaveLength(1)
  })
})
