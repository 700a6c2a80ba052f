/** Expected texts are those of real clusters and of the tables beside the checks upstream. @source k8s.io/pod-security-admission/policy */
import { describe, expect, it, test } from 'vitest'
import type { PodSpec } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'
import { violationsOf, violationsText } from './evaluate.ts'
import { type Level, policyOf } from './policy.ts'

type Part = Record<string, unknown>
interface Asked {
  level?: Level
  version?: string
  server?: KubernetesVersion
  annotations?: Record<string, string>
}

const said = (spec: Part, { level = 'baseline', version = 'latest', server = '1.36', annotations }: Asked = {}): string =>
  violationsText(violationsOf({ level, version }, { spec: { containers: [], ...spec } as unknown as PodSpec, metadata: { annotations } }, server))

/** Containers `a`, `b`, … with these security contexts. */
const withContexts = (...contexts: (Part | undefined)[]): Part => ({
  containers: contexts.map((securityContext, i) => ({ name: 'abc'[i], ...(securityContext && { securityContext }) })),
})

/** What `restricted` asks of a container and does not ask of its pod. */
const tight = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
const tightPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }

describe('baseline', () => {
  test.each<[string, Part, string]>([
    ['hostNamespaces', { hostIPC: true, hostPID: true, hostNetwork: true }, 'host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)'],
    [
      'hostPathVolumes',
      {
        volumes: [
          { name: 'p', hostPath: { path: '/' } },
          { name: 'e', emptyDir: {} },
        ],
      },
      'hostPath volumes (volume "p")',
    ],
    [
      'hostPathVolumes of several',
      { volumes: ['proc', 'sys', 'root'].map((name) => ({ name, hostPath: { path: '/' } })) },
      'hostPath volumes (volumes "proc", "sys", "root")',
    ],
    [
      'hostPorts, in the order of their texts',
      { containers: [{ name: 'a', ports: [14250, 4317, 0].map((hostPort) => ({ containerPort: 1, hostPort })) }, { name: 'b' }] },
      'hostPort (container "a" uses hostPorts 14250, 4317)',
    ],
    [
      'hostPorts of init containers first',
      { initContainers: [{ name: 'i', ports: [{ hostPort: 80 }] }], containers: [{ name: 'a', ports: [{ hostPort: 80 }] }] },
      'hostPort (containers "i", "a" use hostPort 80)',
    ],
    [
      'hostProbesAndHostLifecycle',
      {
        containers: [
          { name: 'a', livenessProbe: { httpGet: { port: 1, host: 'x' } }, lifecycle: { preStop: { tcpSocket: { port: 1, host: 'w' } } } },
          { name: 'b', readinessProbe: { httpGet: { port: 1, host: '' } } },
        ],
      },
      'probe or lifecycle host (container "a" uses probe or lifecycle hosts "w", "x")',
    ],
    [
      'containers with such hosts, in the order of their names',
      { containers: ['b', 'a'].map((name) => ({ name, livenessProbe: { httpGet: { port: 1, host: 'x' } } })) },
      'probe or lifecycle host (containers "a", "b" use probe or lifecycle host "x")',
    ],
    [
      'privileged',
      withContexts({ privileged: true }, { privileged: false }, { privileged: true }),
      'privileged (containers "a", "c" must not set securityContext.privileged=true)',
    ],
    [
      'capabilities_baseline',
      withContexts({ capabilities: { add: ['NET_RAW', 'CHOWN', 'BPF'] } }, { capabilities: { drop: ['X'] } }),
      'non-default capabilities (container "a" must not include "BPF", "NET_RAW" in securityContext.capabilities.add)',
    ],
    [
      'procMount',
      withContexts({ procMount: 'Unmasked' }, { procMount: 'Default' }),
      'procMount (container "a" must not set securityContext.procMount to "Unmasked")',
    ],
    [
      'seccompProfile_baseline',
      { securityContext: { seccompProfile: { type: 'Unconfined' } }, ...withContexts({ seccompProfile: { type: 'Unconfined' } }) },
      'seccompProfile (pod and container "a" must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'seLinuxOptions',
      { securityContext: { seLinuxOptions: { type: 'bad', user: 'u' } }, ...withContexts({ seLinuxOptions: { role: 'r' } }) },
      'seLinuxOptions (pod and container "a" set forbidden securityContext.seLinuxOptions: type "bad"; user may not be set; role may not be set)',
    ],
    [
      'sysctls, in the order given',
      { securityContext: { sysctls: ['b', 'a', 'net.ipv4.tcp_rmem'].map((name) => ({ name })) } },
      'forbidden sysctls (b, a)',
    ],
    [
      'windowsHostProcess',
      { securityContext: { windowsOptions: { hostProcess: true } } },
      'hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)',
    ],
    [
      'appArmorProfile',
      { securityContext: { appArmorProfile: { type: 'Unconfined' } } },
      'forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined")',
    ],
    [
      'all of a node agent, in the order of the names of the checks',
      {
        hostNetwork: true,
        volumes: [{ name: 'v', hostPath: { path: '/' } }],
        ...withContexts({ privileged: true, capabilities: { add: ['SYS_ADMIN'] } }),
      },
      'non-default capabilities (container "a" must not include "SYS_ADMIN" in securityContext.capabilities.add), host namespaces (hostNetwork=true), hostPath volumes (volume "v"), privileged (container "a" must not set securityContext.privileged=true)',
    ],
    ['nothing', withContexts(undefined), ''],
  ])('%s', (_, spec, expected) => {
    expect(said(spec)).toBe(expected)
    expect(said(spec, { level: 'privileged' })).toBe('')
  })
})

describe('restricted', () => {
  const level = 'restricted'
  const all =
    'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")'

  test.each<[string, Part, string]>([
    ['a plain pod', withContexts(undefined), all],
    ['a pod that complies', { securityContext: tightPod, ...withContexts(tight) }, ''],
    ['containers that comply by themselves', withContexts({ ...tight, ...tightPod }), ''],
    [
      'capabilities_restricted instead of capabilities_baseline',
      { securityContext: tightPod, ...withContexts({ ...tight, capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN'] } }, tight) },
      'unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]; container "a" must not include "CHOWN" in securityContext.capabilities.add)',
    ],
    [
      'restrictedVolumes instead of hostPathVolumes',
      {
        securityContext: tightPod,
        volumes: [
          { name: 'a', hostPath: {} },
          { name: 'b', nfs: {} },
          { name: 'c', csi: {} },
          { name: 'd', image: {} },
        ],
        ...withContexts(tight),
      },
      'restricted volume types (volumes "a", "b" use restricted volume types "hostPath", "nfs")',
    ],
    [
      'runAsNonRoot that somebody has set to false',
      { securityContext: { ...tightPod, runAsNonRoot: false }, ...withContexts({ ...tight, runAsNonRoot: false }, tight) },
      'runAsNonRoot != true (pod and container "a" must not set securityContext.runAsNonRoot=false)',
    ],
    [
      'runAsUser',
      { securityContext: { ...tightPod, runAsUser: 0 }, ...withContexts(tight, { ...tight, runAsUser: 0 }) },
      'runAsUser=0 (pod and container "b" must not set runAsUser=0)',
    ],
    [
      'seccompProfile_restricted instead of seccompProfile_baseline',
      { securityContext: { ...tightPod, seccompProfile: { type: 'Unconfined' } }, ...withContexts(tight) },
      'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'procMount is said once, among the restricted checks',
      { securityContext: tightPod, ...withContexts({ ...tight, procMount: 'Unmasked', allowPrivilegeEscalation: undefined }) },
      'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), procMount (container "a" must not set securityContext.procMount to "Unmasked")',
    ],
  ])('%s', (_, spec, expected) => {
    expect(said(spec, { level })).toBe(expected)
  })
})

describe('what a policy asks depends on its version, up to that of the server', () => {
  const pod = { securityContext: tightPod, ...withContexts(tight) }
  const probe = { containers: [{ name: 'a', livenessProbe: { httpGet: { port: 1, host: 'x' } } }] }
  const sysctl = (name: string) => ({ securityContext: { sysctls: [{ name }] } })
  const engine = { securityContext: { seLinuxOptions: { type: 'container_engine_t' } } }
  const root = { ...pod, hostUsers: false, securityContext: { ...tightPod, runAsNonRoot: false, runAsUser: 0 } }
  const image = { ...pod, volumes: [{ name: 'v', image: {} }] }
  const seccomp = { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined', 'container.seccomp.security.alpha.kubernetes.io/a': 'x' }
  const armor = { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' }
  const unconfined = 'container.apparmor.security.beta.kubernetes.io/a="unconfined"'
  const level = 'restricted'

  test.each<[string, Part, Asked, string]>([
    ['hosts of probes: none', probe, { version: 'v1.33' }, ''],
    ['hosts of probes: none', probe, { server: '1.33', version: 'v1.34' }, ''],
    ['hosts of probes: since 1.34', probe, { server: '1.34' }, 'probe or lifecycle host (container "a" uses probe or lifecycle host "x")'],
    ['sysctls', sysctl('net.ipv4.tcp_fin_timeout'), { version: 'v1.28' }, 'forbidden sysctls (net.ipv4.tcp_fin_timeout)'],
    ['sysctls', sysctl('net.ipv4.tcp_fin_timeout'), { version: 'v1.29' }, ''],
    ['SELinux', engine, { version: 'v1.30' }, 'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "container_engine_t")'],
    ['SELinux', engine, { version: 'v1.31' }, ''],
    [
      'root among its own users',
      root,
      { level, version: 'v1.34' },
      'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false), runAsUser=0 (pod must not set runAsUser=0)',
    ],
    ['root among its own users', root, { level, version: 'v1.35' }, ''],
    ['root before 1.23', root, { level, version: 'v1.22' }, 'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)'],
    ['image volumes', image, { level, server: '1.32' }, 'restricted volume types (volume "v" uses restricted volume type "unknown")'],
    ['image volumes', image, { level, server: '1.33', version: 'v1.25' }, ''],
    ['Windows', { os: { name: 'windows' }, securityContext: { runAsNonRoot: true }, ...withContexts(undefined) }, { level, version: 'v1.25' }, ''],
    [
      'seccomp by annotations before 1.19',
      withContexts(undefined),
      { version: 'v1.18', annotations: seccomp },
      'seccompProfile (forbidden annotations container.seccomp.security.alpha.kubernetes.io/a="x", seccomp.security.alpha.kubernetes.io/pod="unconfined")',
    ],
    ['seccomp by annotations', withContexts(undefined), { annotations: seccomp }, ''],
    ['AppArmor by annotations', {}, { server: '1.29', annotations: armor }, `forbidden AppArmor profile (${unconfined})`],
    [
      'AppArmor by annotations and fields since 1.30',
      { securityContext: { appArmorProfile: { type: 'Unconfined' } } },
      { server: '1.30', annotations: armor },
      `forbidden AppArmor profiles (pod and annotation must not set AppArmor profile type to "Unconfined", "${unconfined}")`,
    ],
  ])('%s: %#', (_, spec, asked, expected) => {
    expect(said(spec, asked)).toBe(expected)
  })
})

describe('the labels of a namespace (api/helpers.go PolicyToEvaluate)', () => {
  const labels = (given: Record<string, string>) => Object.fromEntries(Object.entries(given).map(([k, v]) => [`pod-security.kubernetes.io/${k}`, v]))
  const none = { level: 'privileged', version: 'latest' }

  test.each<[Record<string, string>, KubernetesVersion, object]>([
    [{ enforce: 'baseline' }, '1.36', { enforce: { level: 'baseline', version: 'latest' }, warn: { level: 'baseline', version: 'latest' } }],
    [{ enforce: 'baseline' }, '1.25', { enforce: { level: 'baseline', version: 'latest' }, warn: none }],
    [{ enforce: 'restricted', 'enforce-version': 'v1.30' }, '1.36', { warn: { level: 'restricted', version: 'v1.30' } }],
    [{ enforce: 'restricted', 'warn-version': 'v1.9' }, '1.36', { warn: { level: 'restricted', version: 'v1.9' } }],
    [{ enforce: 'restricted', warn: 'privileged' }, '1.36', { warn: none }],
    [{ warn: 'restricted' }, '1.36', { enforce: none, warn: { level: 'restricted', version: 'latest' } }],
    [{ enforce: 'x', warn: 'y' }, '1.36', { enforce: { level: 'restricted', version: 'latest' }, warn: none }],
  ])('%j in %s', (given, server, expected) => {
    expect(policyOf(labels(given), server)).toMatchObject(expected)
  })

  it('says what is wrong, mode by mode', () => {
    const wrong = policyOf(labels({ 'warn-version': '1.25', enforce: 'Restricted', 'audit-version': 'v1.01', audit: '' }), '1.36')?.causes ?? []
    const level = 'must be one of privileged, baseline, restricted'
    expect(wrong.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      `metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "Restricted": ${level}`,
      `metadata.labels[pod-security.kubernetes.io/audit]: Invalid value: "": ${level}`,
      'metadata.labels[pod-security.kubernetes.io/audit-version]: Invalid value: "v1.01": must be "latest" or "v1.x"',
      'metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "1.25": must be "latest" or "v1.x"',
    ])
    expect(policyOf({ app: 'x' }, '1.36')).toBeUndefined()
  })
})
