/** What does not depend on the version; what does is in the stories of the version changes. */
import { describe, expect, it } from 'vitest'
import type { AnyObject, PodSpec } from '../types.ts'
import { warningsOnCreate, warningsOnUpdate } from './index.ts'

type Spec = Partial<PodSpec> & Record<string, unknown>

const workload = (kind: string, spec: Spec, metadata: object = {}, template: object = {}): AnyObject =>
  ({
    kind,
    metadata: { name: 'x', generation: 1, ...metadata },
    spec: { template: { metadata: template, spec: { containers: [{ name: 'c' }], ...spec } } },
  }) as unknown as AnyObject

const pod = (spec: Spec, name = 'x'): AnyObject =>
  ({ kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'c' }], ...spec } }) as unknown as AnyObject

const of = (object: AnyObject) => warningsOnCreate(object, '1.36')
const [beta, advice] = ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead']

describe('pods and templates', () => {
  it('nothing is said of what is right, and of other kinds', () => {
    expect(of(workload('DaemonSet', { nodeSelector: { 'kubernetes.io/os': 'linux', toString: 'x' } }))).toEqual([])
    expect(of({ kind: 'Namespace', metadata: { name: 'a' }, spec: {} } as unknown as AnyObject)).toEqual([])
  })

  it('files of a projected volume that meet those of other sources (warnings_test.go)', () => {
    const said = (...sources: object[]) => of(pod({ volumes: [{ name: 'v', projected: { sources } }] } as Spec))
    const [token, bundle] = [(path: string) => ({ serviceAccountToken: { path } }), { clusterTrustBundle: { signerName: 'S', path: 'a' } }]
    const what = 'volume "v" (Projected): overlapping paths:'
    expect(said({ secret: { name: 'm', items: [{ key: 'k', path: 'a/b' }] } }, token('a'))).toEqual([
      `${what} "a" (ServiceAccountToken) with "a/b" (Secret "m")`,
    ])
    expect(said(bundle, token('ab'), token('a/b/'))).toEqual([`${what} "a/b" (ServiceAccountToken) with "a" (ClusterTrustBundle "S")`])
    expect(said({})).toEqual(['volume "v" (Projected) has no sources provided'])
  })

  it('parts of bytes, of claims and overhead too', () => {
    const volumeClaimTemplate = { spec: { resources: { requests: { storage: '200m' } } } }
    const fraction = 'fractional byte value "200m" is invalid, must be an integer'
    expect(of(pod({ overhead: { memory: '200m' }, volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate } }] } as Spec))).toEqual([
      `spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: ${fraction}`,
      `spec.overhead[memory]: ${fraction}`,
    ])
  })

  it('labels of nodes, wherever they are chosen by', () => {
    const term = { matchExpressions: [{ key: beta, operator: 'In', values: ['a b'] }] }
    const spec: Spec = {
      nodeSelector: { [beta]: 'linux' },
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}, term] },
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: term }],
        },
      },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: beta, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} }],
    }
    const affinity = 'spec.affinity.nodeAffinity'
    const preferred = `${affinity}.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0]`
    expect(of(pod(spec))).toEqual([
      `spec.nodeSelector[${beta}]: ${advice}`,
      `${affinity}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[1].matchExpressions[0].key: ${beta} is ${advice}`,
      `${preferred}.key: ${beta} is ${advice}`,
      expect.stringContaining(`${preferred}.values[0]: a b is invalid, a valid label must be an empty string or`),
      `spec.topologySpreadConstraints[0].topologyKey: ${beta} is ${advice}`,
    ])
  })

  it('annotations that do nothing any more', () => {
    const annotations = { 'scheduler.alpha.kubernetes.io/critical-pod': '', 'seccomp.security.alpha.kubernetes.io/pod': 'x' }
    expect(of(workload('DaemonSet', {}, {}, { annotations }))).toEqual([
      'spec.template.metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      'spec.template.metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+; use the "seccompProfile" field instead',
    ])
    expect(of(workload('DaemonSet', { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }, {}, { annotations }))).toHaveLength(1)
  })

  it('lists with the same entry twice, names that are empty, parts of bytes', () => {
    const spec: Spec = {
      hostAliases: [{ ip: '1.1.1.1' }, { ip: '1.1.1.2' }, { ip: '1.1.1.1' }],
      imagePullSecrets: [{ name: 'a' }, { name: 'a' }, { name: '' }],
      initContainers: [{ name: 'i', resources: { requests: { memory: '100m' }, limits: { 'ephemeral-storage': '1500m' } } }],
      containers: [{ name: 'c', ports: [{ containerPort: 80, protocol: 'TCP', hostIP: '1.2.3.4' }], resources: { requests: { cpu: '100m' } } }],
    }
    expect(of(pod(spec))).toEqual([
      'spec.hostAliases[2].ip: duplicate ip "1.1.1.1"',
      'spec.imagePullSecrets[1].name: duplicate name "a"',
      'spec.imagePullSecrets[2].name: invalid empty name ""',
      'spec.initContainers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer',
      'spec.initContainers[0].resources.limits[ephemeral-storage]: fractional byte value "1500m" is invalid, must be an integer',
      'spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.2.3.4}',
    ])
  })

  it('host ports of which nobody knows whose they are', () => {
    const ports = [
      { containerPort: 80, hostPort: 80, protocol: 'TCP', hostIP: '1.2.3.4' },
      { containerPort: 80, hostPort: 80, protocol: 'TCP' },
      { containerPort: 80, hostPort: 81, protocol: 'TCP' },
    ]
    expect(of(pod({ containers: [{ name: 'c', ports }] }))).toEqual([
      'spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]',
    ])
  })
})

describe('when', () => {
  const spec = { nodeSelector: { [beta]: 'linux' } }
  const generation = (n: string) => ({ annotations: { 'deprecated.daemonset.template.generation': n } })
  const update = (object: AnyObject, old: AnyObject) => warningsOnUpdate(object, old, '1.36').length

  it('workloads are looked at again when their spec has changed, DaemonSets when their template has, pods never', () => {
    expect(update(workload('Deployment', spec, { generation: 2 }), workload('Deployment', spec))).toBe(1)
    expect(update(workload('Deployment', spec), workload('Deployment', spec))).toBe(0)
    expect(update(workload('DaemonSet', spec, { generation: 2, ...generation('1') }), workload('DaemonSet', spec, generation('1')))).toBe(0)
    expect(update(workload('DaemonSet', spec, generation('2')), workload('DaemonSet', spec, generation('1')))).toBe(1)
    expect(update(pod(spec), pod({}))).toBe(0)
  })

  it('names of pods, Deployments and ReplicaSets should be DNS labels; those of DaemonSets may be anything', () => {
    const named = (kind: string) => of(workload(kind, {}, { name: 'a.b' }))
    expect([named('Deployment').length, named('ReplicaSet').length, named('DaemonSet').length]).toEqual([1, 1, 0])
    expect(of(pod({}, 'a.b'))).toEqual([
      "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
    ])
  })
})
