import { describe, expect, it } from 'vitest'
import { applyDefaults } from '../defaults/index.ts'
import { decode } from '../schema/decode.ts'
import type { AnyObject, Kind } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'
import { validateCreate, validateStatusUpdate, validateUpdate } from './index.ts'

type Part = Record<string, unknown>

const container = { name: 'c', image: 'a' }
const selector = { matchLabels: { app: 'x' } }
const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [container] } }

const read = (kind: Kind, part: Part, version: KubernetesVersion = '1.36'): AnyObject =>
  applyDefaults(decode(kind, { apiVersion: 'v1', kind, metadata: { name: 'x' }, ...part }, version).object as AnyObject, version)

const lines = (causes: { field: string; message: string }[]): string[] => causes.map((cause) => `${cause.field}: ${cause.message}`)
const created = (kind: Kind, part: Part, version: KubernetesVersion = '1.36'): string[] => lines(validateCreate(read(kind, part, version), version))
const updated = (kind: Kind, part: Part, old: Part, version: KubernetesVersion = '1.36'): string[] =>
  lines(validateUpdate(read(kind, part, version), read(kind, old, version), version))

describe('nodes', () => {
  const taint = { key: 'a', value: 'c', effect: 'NoSchedule' }

  it('taints (DS-15, node editor)', () => {
    expect(created('Node', { spec: { taints: [taint] } })).toEqual([])
    expect(created('Node', { spec: { taints: [{ key: 'a' }] } })).toEqual(['metadata.taints[0].effect: Required value'])
    expect(created('Node', { spec: { taints: [{ key: 'a', effect: 'Foo' }] } })).toEqual([
      'metadata.taints[0].effect: Unsupported value: "Foo": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ])
    expect(created('Node', { spec: { taints: [{ ...taint, value: 'b' }, taint] } }, '1.23')).toEqual([
      'metadata.taints[1]: Duplicate value: core.Taint{Key:"a", Value:"c", Effect:"NoSchedule", TimeAdded:<nil>}: taints must be unique by key and effect pair',
    ])
    const added = { ...taint, timeAdded: '2020-02-03T04:05:06Z' }
    expect(created('Node', { spec: { taints: [taint, added] } }, '1.23')).toEqual([
      'metadata.taints[1]: Duplicate value: core.Taint{Key:"a", Value:"c", Effect:"NoSchedule", TimeAdded:time.Date(2020, time.February, 3, 4, 5, 6, 0, time.Local)}: taints must be unique by key and effect pair',
    ])
  })

  it('ranges of pods, and what may not change', () => {
    const cidrs = (podCIDRs: string[]) => created('Node', { spec: { podCIDRs } }, '1.23')
    expect(cidrs(['10.0.0.0/24'])).toEqual([])
    expect(cidrs(['10.0.0.0/24', 'fd00::/64'])).toEqual([])
    for (const bad of ['http', '10.0.0.0', '10.0.0.0/33', '256.0.0.0/8', '::1/129'])
      expect(cidrs([bad])).toEqual([`spec.podCIDRs[0]: Invalid value: []string{"${bad}"}: must be valid CIDR`])
    const twice = 'spec.podCIDRs: Invalid value: []string{"10.0.0.0/24", "10.0.0.0/24"}: may specify no more than one CIDR for each IP family'
    expect(cidrs(['10.0.0.0/24', '10.0.0.0/24'])).toEqual([twice, 'spec.podCIDRs[1]: Duplicate value: "10.0.0.0/24"'])
    expect(updated('Node', { spec: { providerID: 'b' } }, { spec: { providerID: 'a' } })).toEqual([
      'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
      '[]: Forbidden: node updates may only change labels, taints, or capacity (or configSource, if the DynamicKubeletConfig feature gate is enabled)',
    ])
  })

  it('texts are quoted as Go quotes them', () => {
    const [line] = updated('Node', { metadata: { name: 'x', labels: { a: '\u0001\u007f' } } }, {}, '1.23')
    expect(line).toMatch(/^metadata.labels: Invalid value: "\\x01\\x7f": a valid label/)
  })

  it('labels, as the recorded `kubectl label node worker-0 bad_=x`', () => {
    const [line] = updated('Node', { metadata: { name: 'x', labels: { bad_: 'x' } } }, {}, '1.23')
    expect(line).toMatch(/^metadata.labels: Invalid value: "bad_": name part must consist of alphanumeric characters/)
  })

  it('are updated as what could be made so: taints come first, then resources and ranges, then what may not change', () => {
    const address = { type: 'InternalIP', address: '10.0.0.1' }
    const wrong = { spec: { taints: [{ key: 'a' }] }, status: { addresses: [address, address], capacity: { 'example.com/a': '500m' } } }
    expect(updated('Node', wrong, {})).toEqual([
      'metadata.taints[0].effect: Required value',
      'status.capacity.example.com/a: Invalid value: "500m": must be an integer',
      'status.allocatable.example.com/a: Invalid value: "500m": must be an integer',
      'status.addresses[1]: Duplicate value: {"Type":"InternalIP","Address":"10.0.0.1"}',
    ])
    expect(updated('Node', { spec: { podCIDRs: ['x'] } }, {}, '1.23')).toEqual(['spec.podCIDRs[0]: Invalid value: []string{"x"}: must be valid CIDR'])
  })

  it('are not in a namespace', () => {
    expect(created('Node', { metadata: { name: 'x', namespace: 'y' } })).toEqual(['metadata.namespace: Forbidden: not allowed on this type'])
  })
})

describe('owners and finalizers (objectmeta_test.go)', () => {
  const owned = (reference: Part) =>
    created('Pod', { metadata: { name: 'x', ownerReferences: [{ name: 'n', uid: '1', ...reference }] }, spec: { containers: [container] } })

  it('owners are of a version, and no events', () => {
    expect(owned({ apiVersion: 'a/b', kind: 'C' })).toEqual([])
    for (const apiVersion of ['a/b/c', 'a/'])
      expect(owned({ apiVersion, kind: 'C' })).toEqual([
        `metadata.ownerReferences.apiVersion: Invalid value: "${apiVersion}": version must not be empty`,
      ])
    expect(owned({ apiVersion: 'v1', kind: 'Event' })[0]).toMatch(/: \/v1, Kind=Event is disallowed from being an owner$/)
  })

  it('dependents cannot both stay and go', () => {
    const finalizers = ['orphan', 'foregroundDeletion']
    expect(created('Lease', { metadata: { name: 'x', finalizers } })).toEqual([
      'metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
    ])
  })
})

describe('pods', () => {
  const spec = (part: Part = {}): Part => ({ spec: { containers: [container], ...part } })
  const fields = 'pod updates may not change fields other than `spec.containers[*].image`'

  it('may change images, deadlines and add tolerations', () => {
    expect(updated('Pod', spec({ containers: [{ ...container, image: 'b' }] }), spec())).toEqual([])
    expect(updated('Pod', spec({ tolerations: [{ key: 'a', operator: 'Exists' }] }), spec())).toEqual([])
    expect(updated('Pod', spec({ activeDeadlineSeconds: 5 }), spec())).toEqual([])
  })

  it('cost something whole, in templates too, unless they cost something else before (WC-2.2, ValidatePodSpecificAnnotations)', () => {
    const key = 'controller.kubernetes.io/pod-deletion-cost'
    const metadata = (cost: string) => ({ name: 'x', annotations: { [key]: cost } })
    const costs = (cost: string) => created('Pod', { ...spec(), metadata: metadata(cost) })
    for (const cost of ['0', '-5', '2147483647']) expect(costs(cost)).toEqual([])
    for (const cost of ['', 'abc', '+5', '007', '1.5', '2147483648'])
      expect(costs(cost)).toEqual([`metadata.annotations[${key}]: Invalid value: ${JSON.stringify(cost)}: must be a 32bit integer`])
    expect(updated('Pod', { ...spec(), metadata: metadata('b') }, { ...spec(), metadata: metadata('a') })).toEqual([])
    expect(updated('Pod', { ...spec(), metadata: metadata('b') }, { ...spec(), metadata: metadata('1') })).toHaveLength(1)
    const withCost = { ...template, metadata: { ...template.metadata, annotations: { [key]: 'x' } } }
    expect(created('DaemonSet', { spec: { selector, template: withCost } })).toEqual([
      `spec.template.annotations[${key}]: Invalid value: "x": must be a 32bit integer`,
    ])
  })

  describe('that wait for scheduling gates may be sent to fewer nodes, not to others (SCH-1.5, validateNodeSelectorMutation)', () => {
    const gated = (part: Part): Part => spec({ schedulingGates: [{ name: 'g' }], ...part })
    const near = (...terms: string[][]): Part => {
      const nodeSelectorTerms = terms.map((keys) => ({ matchExpressions: keys.map((key) => ({ key, operator: 'Exists' })) }))
      return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } }
    }
    const at = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'
    const change = (part: Part, old: Part) => updated('Pod', gated(part), gated(old))

    it('labels and requirements can be added', () => {
      expect(change({ nodeSelector: { a: 'b', c: 'd' } }, { nodeSelector: { a: 'b' } })).toEqual([])
      expect(change(near(['a', 'b']), near(['a']))).toEqual([])
      expect(change(near(['a']), {})).toEqual([])
    })

    it('labels can neither be changed nor taken away', () => {
      const told = (value: string) => [
        `spec.nodeSelector: Invalid value: ${value}: only additions to spec.nodeSelector are allowed (no mutations or deletions)`,
      ]
      expect(change({ nodeSelector: { a: 'z', c: 'd' } }, { nodeSelector: { a: 'b' } })).toEqual(told('{"a":"z","c":"d"}'))
      expect(change({}, { nodeSelector: { a: 'b' } })).toEqual(told('null'))
    })

    it('terms can neither be added nor changed', () => {
      const b = '{"MatchExpressions":[{"Key":"b","Operator":"Exists","Values":null}],"MatchFields":null}'
      expect(change(near(['b']), near(['a']))).toEqual([`${at}[0]: Invalid value: ${b}: only additions are allowed (no mutations or deletions)`])
      expect(change(near(['b'], ['b']), near(['b']))).toEqual([
        `${at}: Invalid value: [${b},${b}]: no additions/deletions to non-empty NodeSelectorTerms list are allowed`,
      ])
    })

    it('affinity to pods stays', () => {
      const podAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a', labelSelector: {} }] }
      expect(change({ affinity: { podAffinity } }, {})[0]).toContain(`spec: Forbidden: ${fields},`)
    })
  })

  it('may change nothing else', () => {
    expect(updated('Pod', spec({ hostname: 'y' }), spec())[0]).toContain(`spec: Forbidden: ${fields},`)
    expect(updated('Pod', spec({ hostname: 'y' }), spec(), '1.23')[0]).toContain(`spec: Forbidden: ${fields}, `)
    expect(updated('Pod', spec({ containers: [container, { ...container, name: 'd' }] }), spec())).toEqual([
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ])
    expect(updated('Pod', spec(), spec({ tolerations: [{ key: 'a', operator: 'Exists' }] }))[0]).toBe(
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    )
  })

  it('init containers have no probes', () => {
    const initContainers = [{ ...container, name: 'i', livenessProbe: { exec: { command: ['a'] } } }]
    expect(created('Pod', spec({ initContainers }))).toEqual([
      'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ])
    expect(created('Pod', spec({ initContainers: [{ ...initContainers[0], restartPolicy: 'Always' }] }))).toEqual([])
  })

  it('KL-5.9 containers may have restart policies and rules since 1.35', () => {
    const errors = (part: object, version?: KubernetesVersion) => created('Pod', spec({ containers: [{ ...container, ...part }] }), version)
    const exitCodes = { operator: 'In', values: [42] }
    const all = [{ action: 'RestartAllContainers', exitCodes }]
    expect(errors({ restartPolicy: 'Never' }, '1.34')).toEqual([])
    expect(errors({ restartPolicy: 'Never' }, '1.33')).toEqual([
      'spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers',
    ])
    expect(errors({ restartPolicy: 'Never' }, '1.35')).toEqual([])
    expect(errors({ restartPolicy: 'Sometimes' })).toEqual([
      'spec.containers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
    ])
    expect(errors({ restartPolicy: 'Never', restartPolicyRules: all })).toEqual([])
    expect(errors({ restartPolicy: 'Never', restartPolicyRules: all }, '1.35')).toEqual([
      'spec.containers[0].restartPolicyRules[0].action: Unsupported value: "RestartAllContainers": supported values: "Restart"',
    ])
    expect(errors({ restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'Equals' } }, { action: 'Restart' }] })).toEqual([
      'spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used',
      'spec.containers[0].restartPolicyRules[0].exitCodes.operator: Unsupported value: "Equals": supported values: "In", "NotIn"',
      'spec.containers[0].restartPolicyRules[1].exitCodes: Required value: must be specified',
    ])
    expect(created('Pod', spec({ initContainers: [{ ...container, name: 'i', restartPolicy: 'Never' }] }))).toEqual([])
  })

  it('images have no spaces around', () => {
    expect(created('Pod', spec({ containers: [{ ...container, image: ' a' }] }))).toEqual([
      'spec.containers[0].image: Invalid value: " a": must not have leading or trailing whitespace',
    ])
  })
})

describe('Deployments and ReplicaSets', () => {
  const spec = (part: Part = {}): Part => ({ spec: { selector, template, ...part } })

  it('need a selector', () => {
    expect(created('Deployment', spec({ selector: undefined }))[0]).toBe('spec.selector: Required value')
    expect(created('ReplicaSet', spec({ replicas: -1 }))).toEqual(['spec.replicas: Invalid value: -1: must be greater than or equal to 0'])
  })

  it('strategy', () => {
    expect(created('Deployment', spec({ strategy: { type: 'Foo' } }), '1.23')).toEqual([
      'spec.strategy: Unsupported value: apps.DeploymentStrategy{Type:"Foo", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: "Recreate", "RollingUpdate"',
    ])
    expect(created('Deployment', spec({ strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }))).toEqual([
      "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
    ])
    expect(created('Deployment', spec({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }))).toEqual([
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
    ])
    expect(created('Deployment', spec({ progressDeadlineSeconds: 5, minReadySeconds: 5 }))).toEqual([
      'spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds',
    ])
  })

  it('what is missing is null, in quotes until 1.33 (field/errors.go)', () => {
    const without = (version: KubernetesVersion) => updated('Deployment', { spec: { template } }, spec(), version).at(-1)
    expect(without('1.33')).toBe('spec.selector: Invalid value: "null": field is immutable')
    expect(without('1.34')).toBe('spec.selector: Invalid value: null: field is immutable')
  })

  it('the selector is immutable', () => {
    const other = { matchLabels: { app: 'y' } }
    const changed = spec({ selector: other, template: { ...template, metadata: { labels: { app: 'y' } } } })
    expect(updated('Deployment', changed, spec())).toEqual(['spec.selector: Invalid value: {"matchLabels":{"app":"y"}}: field is immutable'])
  })
})

describe('StatefulSets', () => {
  it('templates are checked when a set is made, since 1.34', () => {
    const set = spec({ template: { ...template, spec: { containers: [{ ...container, name: 'C' }] } } })
    expect(created('StatefulSet', set, '1.33')).toEqual([])
    expect(created('StatefulSet', set, '1.34')[0]).toMatch(/^spec.template.spec.containers\[0\].name: Invalid value: "C"/)
    expect(updated('StatefulSet', set, spec({}), '1.34')).toEqual([])
  })

  const spec = (part: Part = {}): Part => ({ spec: { selector, template, serviceName: 's', ...part } })

  it('may only change some fields', () => {
    expect(updated('StatefulSet', spec({ replicas: 3, minReadySeconds: 1 }), spec())).toEqual([])
    expect(updated('StatefulSet', spec({ serviceName: 't' }), spec(), '1.23')).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', 'updateStrategy' and 'minReadySeconds' are forbidden",
    ])
  })

  it('mounts its claims', () => {
    const volumeMounts = [{ name: 'data', mountPath: '/data' }]
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
    const mounting = { ...template, spec: { containers: [{ ...container, volumeMounts }] } }
    expect(created('StatefulSet', spec({ template: mounting, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }] }))).toEqual([])
    expect(created('StatefulSet', spec({ template: mounting }))).toEqual(['spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"'])
    expect(created('StatefulSet', spec({ podManagementPolicy: 'Foo' }))).toEqual([
      "spec.podManagementPolicy: Invalid value: \"Foo\": must be 'OrderedReady' or 'Parallel'",
    ])
  })
})

describe('the rest', () => {
  it('revisions have data (ValidateControllerRevision)', () => {
    const wrong = ['data: Required value: data is mandatory', 'revision: Invalid value: -1: must be greater than or equal to 0']
    expect(created('ControllerRevision', { revision: -1 })).toEqual(wrong)
  })

  it('services', () => {
    expect(created('Service', { spec: { ports: [{ port: 80 }] } })).toEqual([])
    expect(created('Service', { spec: {} })).toEqual(['spec.ports: Required value'])
    const [a, b, c] = [
      { port: 80, name: 'a' },
      { port: 80, name: 'b' },
      { port: 80, name: 'c', protocol: 'UDP' },
    ]
    expect(created('Service', { spec: { ports: [a, b, c], sessionAffinity: 'Foo', type: 'Foo' } }, '1.23')).toEqual([
      'spec.sessionAffinity: Unsupported value: "Foo": supported values: "ClientIP", "None"',
      'spec.type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      'spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}',
    ])
    expect(created('Service', { spec: { ports: [{ port: 0 }, { port: 80, name: 'a' }] } })).toEqual([
      'spec.ports[0].name: Required value',
      'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
      'spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
    ])
  })

  it('priority classes', () => {
    expect(created('PriorityClass', { value: 1_000_000_001 })).toEqual([
      'value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
    ])
    expect(updated('PriorityClass', { value: 2 }, { value: 1 })).toEqual(['value: Forbidden: may not be changed in an update.'])
  })

  it('namespaces and finalizers', () => {
    expect(created('Namespace', { metadata: { name: 'a.b' } })).toEqual(['metadata.name: Invalid value: "a.b": must not contain dots'])
    expect(created('Lease', { metadata: { name: 'x', finalizers: ['mine'] } })).toEqual([
      'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
    ])
  })
})

describe('status written by hand (DS-15.63)', () => {
  const wrong = (kind: Kind, status: Part, old: Part = {}): string[] =>
    lines(
      validateStatusUpdate(
        { kind, status, metadata: {} } as unknown as AnyObject,
        { kind, status: old, metadata: {} } as unknown as AnyObject,
        '1.36',
      ),
    )

  it('no number is negative, collisionCount only grows', () => {
    expect(wrong('DaemonSet', { numberReady: -1 })).toEqual(['status.numberReady: Invalid value: -1: must be greater than or equal to 0'])
    expect(wrong('DaemonSet', {}, { collisionCount: 1 })).toEqual(['status.collisionCount: Invalid value: 0: cannot be decremented'])
    expect(wrong('DaemonSet', { desiredNumberScheduled: 3, collisionCount: 2 }, { collisionCount: 1 })).toEqual([])
  })

  it('a part is not more than the whole', () => {
    expect(wrong('Deployment', { replicas: 1, readyReplicas: 2 })).toEqual([
      'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
    ])
    expect(wrong('ReplicaSet', { replicas: 2, readyReplicas: 1, availableReplicas: 2 })).toEqual([
      'status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas',
    ])
    expect(wrong('StatefulSet', { replicas: 2, readyReplicas: 1, availableReplicas: 2 })).toEqual([
      'status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas',
    ])
  })
})

describe('events', () => {
  const event = (part: Part = {}): Part => ({ metadata: { name: 'x', namespace: 'default' }, involvedObject: { kind: 'Pod', name: 'p' }, ...part })
  const aside = (namespace: string) => [`involvedObject.namespace: Invalid value: "${namespace}": does not match event.namespace`]

  it('are about what is in their namespace', () => {
    expect(created('Event', event())).toEqual([])
    expect(created('Event', event({ involvedObject: { namespace: 'x' } }))).toEqual(aside('x'))
    expect(created('Event', event({ metadata: { name: 'x', namespace: 'y' } }))).toEqual(aside(''))
    expect(updated('Event', event({ involvedObject: { namespace: 'x' } }), event())).toEqual(aside('x'))
  })

  it('may have any name that a URL can hold; it is looked at last', () => {
    expect(created('Event', event({ metadata: { name: 'Any Name', namespace: 'default' } }))).toEqual([])
    expect(created('Event', event({ metadata: { name: 'a/b%', namespace: 'default' } }))).toEqual([
      `metadata.name: Invalid value: "a/b%": may not contain '/'`,
      `metadata.name: Invalid value: "a/b%": may not contain '%'`,
    ])
    expect(created('Event', event({ metadata: { name: 'a/b', namespace: 'default' }, involvedObject: { namespace: 'x' } }))).toEqual(aside('x'))
  })

  it('say who reports them when they have a time of the newer API', () => {
    const at = { eventTime: '2026-01-01T00:00:00.000000Z', involvedObject: { namespace: 'default' } }
    const whole = { ...at, reportingComponent: 'a/b', reportingInstance: 'i', action: 'Act', reason: 'Why' }
    expect(created('Event', event(whole))).toEqual([])
    expect(created('Event', event({ ...whole, reportingInstance: '' }))).toEqual(['reportingInstance: Required value'])
    expect(created('Event', event({ ...whole, reason: 'r'.repeat(129) }))).toEqual(['reason: Invalid value: "": can have at most 128 characters'])
  })
})

describe('finalizers of namespaces', () => {
  const unknown = 'Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified'

  it('are known or qualified; a new namespace tells the list, a later one the item', () => {
    expect(created('Namespace', { spec: { finalizers: ['kubernetes', 'x.io/y', 'a'] } })).toEqual([`spec.finalizers: ${unknown}`])
    expect(updated('Namespace', { spec: { finalizers: ['a'] } }, {})).toEqual([`spec.finalizers[0]: ${unknown}`])
  })
})

describe('priority classes', () => {
  const reserved = "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: "
  const named = (name: string, part: Part = {}) => created('PriorityClass', { metadata: { name }, ...part })

  it('of the system have its values', () => {
    expect(named('system-cluster-critical', { value: 2_000_000_000 })).toEqual([])
    expect(named('system-cluster-critical', { value: 5 })).toEqual([`${reserved}value of system-cluster-critical PriorityClass must be 2000000000`])
    const asDefault = { value: 2_000_001_000, globalDefault: true }
    expect(named('system-node-critical', asDefault)).toEqual([`${reserved}globalDefault of system-node-critical PriorityClass must be false`])
    expect(named('system-mine')).toEqual([`${reserved}system-mine is not a known system priority class`])
  })

  it('say how they preempt, or nothing', () => {
    expect(named('x', { preemptionPolicy: '' })).toEqual(['preemptionPolicy: Required value'])
    expect(named('x')).toEqual([])
  })
})

it('an empty list of requirements is no change', () => {
  const labelSelector = { matchLabels: { app: 'x' } }
  const emptied = { ...labelSelector, matchExpressions: [] }
  const set = (of: object) => ({ spec: { serviceName: 's', selector: of, template } })
  const pod = (of: object) => {
    const term = { topologyKey: 'zone', labelSelector: of }
    return { spec: { containers: [container], affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } } }
  }
  for (const kind of ['DaemonSet', 'StatefulSet'] as const) expect(updated(kind, set(emptied), set(labelSelector))).toEqual([])
  expect(updated('Pod', pod(emptied), pod(labelSelector))).toEqual([])
})
