import { beforeAll, describe, expect, it } from 'vitest'
import type { ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import type { AnyObject, Deployment, Kind, KubeObject } from '#k8s/types.ts'
import { Cluster } from '../../cluster.ts'
import { loadFieldOwners } from './load.ts'

beforeAll(() => loadFieldOwners())

const agent = (image: string): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image }] } } },
  }) as KubeObject

function running(): Cluster {
  const cluster = new Cluster({ kubelets: 'stand-in' })
  cluster.fault({ add: { name: 'w0' } }, 'w0 joins')
  cluster.settle()
  cluster.client.create(agent('a:1'), { fieldManager: 'kubectl-create' })
  cluster.settle()
  return cluster
}

const ref = { kind: 'DaemonSet' as const, namespace: 'default', name: 'agent' }

/** `manager/operation/subresource` of every entry. */
function owners(cluster: Cluster, kind: Kind, name: string, namespace?: string): string[] {
  const { client } = cluster
  return client.managedFields(client.get({ kind, name, namespace })).map(summary)
}
const summary = ({ manager, operation, subresource }: ManagedFieldsEntry) => [manager, operation, subresource].filter(Boolean).join('/')

describe('managed fields of what is stored', () => {
  it('tell the client from the controller, whose status is an entry of its own; of one second in the order of names', () => {
    expect(owners(running(), 'DaemonSet', 'agent', 'default')).toEqual(['kube-controller-manager/Update/status', 'kubectl-create/Update'])
  })

  it('of a daemon pod: made by a controller, its status by the kubelet; binding owns nothing', () => {
    const cluster = running()
    const [pod] = cluster.client.list('Pod').items
    const entries = cluster.client.managedFields(pod as NonNullable<typeof pod>)
    expect(entries.map(summary)).toEqual(['kube-controller-manager/Update', 'kubelet/Update/status'])
    expect(JSON.stringify(entries)).not.toContain('nodeName')
  })

  it('of Events: of the component that recorded it, the scheduler in the fields of events.k8s.io', () => {
    const cluster = running()
    const entriesOf = (reason: string) => {
      const { items } = cluster.client.list('Event', { fieldSelector: `reason=${reason}` })
      return cluster.client.managedFields(items[0] as NonNullable<(typeof items)[0]>)
    }
    // as clusters since 1.28 show them (kubernetes/kubernetes PR #116506 for f:reportingComponent)
    const fields = (...names: string[]) => Object.fromEntries(names.map((name) => [`f:${name}`, {}]))
    expect(entriesOf('SuccessfulCreate')).toMatchObject([
      {
        manager: 'kube-controller-manager',
        operation: 'Update',
        apiVersion: 'v1',
        fieldsV1: {
          ...fields('count', 'firstTimestamp', 'involvedObject', 'lastTimestamp', 'message', 'reason', 'reportingComponent', 'type'),
          'f:source': { 'f:component': {} },
        },
      },
    ])
    const scheduled = fields('action', 'eventTime', 'note', 'reason', 'regarding', 'reportingController', 'reportingInstance', 'type')
    expect(entriesOf('Scheduled')).toMatchObject([{ manager: 'kube-scheduler', apiVersion: 'events.k8s.io/v1' }])
    expect(entriesOf('Scheduled')[0]?.fieldsV1).toEqual(scheduled)
    expect(Object.keys(entriesOf('SuccessfulCreate')[0]?.fieldsV1 ?? {})).toHaveLength(9)
  })

  it('are the same after a snapshot is restored, and in a fork', () => {
    const cluster = running()
    const before = owners(cluster, 'DaemonSet', 'agent', 'default')
    const snapshot = cluster.snapshot()
    cluster.client.patch(ref, 'merge', { metadata: { labels: { x: 'y' } } }, { fieldManager: 'kubectl-label' })
    expect(owners(cluster, 'DaemonSet', 'agent', 'default')).toContain('kubectl-label/Update')
    cluster.restore(snapshot)
    expect(owners(cluster, 'DaemonSet', 'agent', 'default')).toEqual(before)
    expect(owners(cluster.fork(), 'DaemonSet', 'agent', 'default')).toEqual(before)
  })

  it('do not depend on whether they were looked at in between', () => {
    const play = (look: boolean) => {
      const cluster = running()
      const see = () => look && owners(cluster, 'DaemonSet', 'agent', 'default')
      see()
      cluster.client.patch(ref, 'merge', { metadata: { labels: { x: 'y' } } }, { fieldManager: 'kubectl-label' })
      see()
      cluster.client.patch(ref, 'merge', { metadata: { labels: { x: null } } }, { fieldManager: 'other' })
      cluster.settle()
      return cluster.client.managedFields(cluster.client.get(ref))
    }
    expect(play(true)).toEqual(play(false))
  })

  it('are never part of the object itself', () => {
    expect(running().client.get(ref).metadata).not.toHaveProperty('managedFields')
  })
})

describe('server-side apply', () => {
  const options = { fieldManager: 'me' }

  it('creates what is not there; its defaults belong to nobody', () => {
    const cluster = new Cluster()
    const made = cluster.client.patch(ref, 'apply', agent('a:1'), options)
    expect(made.metadata.uid).toBeTruthy()
    expect(cluster.client.managedFields(made).map(summary)).toEqual(['me/Apply'])
    expect(JSON.stringify(cluster.client.managedFields(made))).not.toContain('revisionHistoryLimit')
  })

  it('changes nothing when it says the same again', () => {
    const cluster = new Cluster()
    const made = cluster.client.patch(ref, 'apply', agent('a:1'), options)
    expect(cluster.client.patch(ref, 'apply', agent('a:1'), options).metadata.resourceVersion).toBe(made.metadata.resourceVersion)
  })

  it('stores a new owner although the object stays as it is', () => {
    const cluster = new Cluster()
    const made = cluster.client.patch(ref, 'apply', agent('a:1'), options)
    const both = cluster.client.patch(ref, 'apply', agent('a:1'), { fieldManager: 'you' })
    expect(Number(both.metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion))
    expect(cluster.client.managedFields(both).map(summary)).toEqual(['me/Apply', 'you/Apply'])
  })

  it('needs a manager, and refuses managed fields and unknown ones', () => {
    const { client } = new Cluster()
    expect(() => client.patch(ref, 'apply', agent('a:1'))).toThrow('fieldManager: Required value: is required for apply patch')
    expect(() => client.patch(ref, 'apply', { ...agent('a:1'), metadata: { name: 'agent', managedFields: [] } }, options)).toThrow(
      'metadata.managedFields must be nil',
    )
    expect(() => client.patch(ref, 'apply', { ...agent('a:1'), spec: { foo: 1 } }, options)).toThrow(
      'failed to create typed patch object (default/agent; apps/v1, Kind=DaemonSet): .spec.foo: field not declared in schema',
    )
  })

  it('that changes nothing but what kubectl applied last is not counted by a Deployment', () => {
    const { client } = new Cluster()
    const key = 'kubectl.kubernetes.io/last-applied-configuration'
    const deployment = { ...agent('a:1'), kind: 'Deployment' } as KubeObject
    const before = { ...deployment, metadata: { ...deployment.metadata, annotations: { [key]: JSON.stringify(deployment) } } } as KubeObject
    client.create(before, { fieldManager: 'kubectl-client-side-apply' })
    const apply = (spec: object) =>
      client.patch({ ...ref, kind: 'Deployment' }, 'apply', { ...deployment, spec: { ...(deployment as Deployment).spec, ...spec } } as KubeObject, {
        fieldManager: 'kubectl',
      }).metadata
    const { generation, annotations } = apply({})
    expect([generation, annotations?.[key]]).toEqual([1, expect.stringMatching(/\n$/)])
    expect(apply({ minReadySeconds: 1 }).generation).toBe(2)
  })

  it('of what cannot be converted, or lacks a key, is refused in the words of what finds it', () => {
    const { client } = new Cluster()
    const apply = (container: object, pod: object = {}) => {
      const { spec, ...rest } = agent('a:1') as unknown as { spec: { template: { spec: object } } }
      const template = { ...spec.template, spec: { containers: [{ name: 'a', image: 'a:1', ...container }], ...pod } }
      return () => client.patch(ref, 'apply', { ...rest, spec: { ...spec, template } } as unknown as KubeObject, options)
    }
    const unconverted =
      'failed to convert new object (default/agent; apps/v1, Kind=DaemonSet) to proper version: unable to convert unstructured object to apps/v1, Kind=DaemonSet:'
    expect(apply({ resources: { limits: { cpu: 'x' } } })).toThrow(`${unconverted} quantities must match the regular expression`)
    expect(apply({}, { terminationGracePeriodSeconds: 1.5 })).toThrow(`${unconverted} cannot convert float64 to int64`)
    const field = 'DaemonSet.apps "agent" is invalid: spec.template.spec.containers[0]'
    expect(apply({ env: [{ value: 'x' }] })).toThrow(`${field}.env[0].name: Required value`)
    expect(apply({ ports: [{ name: 'x' }] })).toThrow(`${field}.ports[0].containerPort: Required value`)
    apply({ ports: [{ containerPort: 80, protocol: null }] })()
    expect(JSON.stringify(client.managedFields(client.get(ref)))).toContain('k:{\\"containerPort\\":80,\\"protocol\\":null}')
  })

  it('is for the object whose name it bears', () => {
    const { client } = new Cluster()
    const apply = (metadata: object, subresource?: 'status') => () =>
      client.patch(ref, 'apply', { ...agent('a:1'), metadata } as KubeObject, { ...options, subresource })
    const undeterminable = 'the name of the object (agent based on URL) was undeterminable: name must be provided'
    expect(apply({ name: 'b' })).toThrow('the name of the object (b) does not match the name on the URL (agent)')
    expect(apply({})).toThrow(undeterminable)
    expect(apply({ name: 'agent', uid: '1' })).toThrow(
      'Operation cannot be fulfilled on daemonsets.apps "agent": uid mismatch: the provided object specified uid 1, and no existing object was found',
    )
    expect(apply({ name: 'agent', namespace: 'x' })).toThrow('the namespace of the object (x) does not match the namespace on the request (default)')
    expect(apply({ name: 'agent' }, 'status')).toThrow('daemonsets.apps "agent" not found')
    apply({ name: 'agent' })()
    expect(apply({})).not.toThrow()
    expect(apply({ name: 'agent', uid: '1' })).toThrow('DaemonSet.apps "agent" is invalid: metadata.uid: Invalid value: "1": field is immutable')
    expect(() => client.patch(ref, 'apply', agent('a:1'), { fieldManager: 'k'.repeat(129) })).toThrow('fieldManager: Too long')
  })

  it('of what has no such kind or version is refused; core kinds have an empty group', () => {
    const { client } = new Cluster()
    const apply = (part: object) => () =>
      client.patch({ kind: 'Node', name: 'n' }, 'apply', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, ...part } as KubeObject, options)
    expect(apply({ kind: 'Foo' })).toThrow('failed to create typed patch object (/n; /v1, Kind=Foo): no corresponding type for /v1, Kind=Foo')
    expect(apply({ apiVersion: null })).toThrow('Incorrect version specified in apply patch. Specified patch version: , expected: v1')
    expect(apply({ metadata: { name: 'n', labels: true } })).toThrow(
      'failed to create typed patch object (/n; /v1, Kind=Node): .metadata.labels: expected map, got &{true}',
    )
  })

  it('conflicts leave the object alone, force does not ask', () => {
    const cluster = new Cluster()
    cluster.client.patch(ref, 'apply', agent('a:1'), options)
    const other = { fieldManager: 'you' }
    expect(() => cluster.client.patch(ref, 'apply', agent('a:2'), other)).toThrow(
      'conflict with "me": .spec.template.spec.containers[name="a"].image',
    )
    expect(JSON.stringify(cluster.client.get(ref))).toContain('a:1')
    cluster.client.patch(ref, 'apply', agent('a:2'), { ...other, force: true })
    expect(JSON.stringify(cluster.client.get(ref))).toContain('a:2')
  })
})

describe('what the server adds to what was sent', () => {
  const fieldsOf = (cluster: Cluster, object: AnyObject) => JSON.stringify(cluster.client.managedFields(object).map(({ fieldsV1 }) => fieldsV1))

  it('is owned by nobody', () => {
    const cluster = running()
    const { client } = cluster
    const pod = (name: string, spec: object) => client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec } as KubeObject)
    const containers = [{ name: 'c', image: 'c:1' }]
    const bare = fieldsOf(cluster, pod('bare', { containers }))
    expect(bare).toContain('f:enableServiceLinks')
    expect(bare).not.toMatch(/f:priority|f:preemptionPolicy|f:tolerations/)
    expect(fieldsOf(cluster, pod('own', { containers, priority: 0, tolerations: [{ operator: 'Exists' }] }))).toMatch(/f:priority.*f:tolerations/)
    const ofController = fieldsOf(cluster, client.list('Pod', { labelSelector: 'app=a' }).items[0] as AnyObject)
    expect(ofController).toContain('f:tolerations')
    expect(ofController).not.toMatch(/f:priority|f:preemptionPolicy/)
    const namespace = client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } })
    expect(fieldsOf(cluster, namespace)).toBe('[{"f:metadata":{"f:labels":{".":{},"f:kubernetes.io/metadata.name":{}}}}]')
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } } as KubeObject
    expect(fieldsOf(cluster, client.create(service))).not.toMatch(/clusterIP|ipFamil/)
    expect(fieldsOf(cluster, client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'bare' } }))).toBe('[]')
  })

  it('of a write that is only tried is as it would be', () => {
    const cluster = running()
    const { client } = cluster
    const managers = (object: AnyObject) => client.managedFields(object).map(({ manager }) => manager)
    const dryRun = { dryRun: true, fieldManager: 'me' }
    const labels = { metadata: { labels: { a: 'b' } } }
    expect(managers(client.patch(ref, 'merge', labels, dryRun))).toContain('me')
    expect(managers(client.patch(ref, 'merge', labels, { ...dryRun, subresource: 'status' }))).toContain('me')
    expect(managers(client.patch(ref, 'apply', agent('a:1'), dryRun))).toContain('me')
    const other = { ...agent('a:1'), metadata: { name: 'other' } } as KubeObject
    expect(managers(client.create(other, dryRun))).toEqual(['me'])
    expect(managers(client.patch({ ...ref, name: 'other' }, 'apply', other, dryRun))).toEqual(['me'])
    expect(managers(client.get(ref))).not.toContain('me')
  })

  it('the data of a ControllerRevision are one field', () => {
    const cluster = running()
    expect(fieldsOf(cluster, cluster.client.list('ControllerRevision').items[0] as AnyObject)).toContain('"f:data":{}')
  })
})

describe('managed fields that a client sends', () => {
  const given: ManagedFieldsEntry = {
    manager: 'q',
    operation: 'Update',
    apiVersion: 'apps/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:spec': { 'f:minReadySeconds': {} } },
  }
  const managers = (cluster: Cluster) => cluster.client.managedFields(cluster.client.get(ref)).map(summary)
  const set = (cluster: Cluster, managedFields: unknown, metadata: object = {}, subresource?: 'status') =>
    cluster.client.patch(ref, 'merge', { metadata: { managedFields, ...metadata } }, { fieldManager: 'me', subresource })

  it.each([[[]], [[{}]]])('%j takes all owners away until something is applied', (reset) => {
    const cluster = running()
    set(cluster, reset, { labels: { a: 'b' } })
    expect(managers(cluster)).toEqual([])
    cluster.client.patch(ref, 'merge', { metadata: { labels: { x: 'y' } } }, { fieldManager: 'you' })
    expect(managers(cluster)).toEqual([])
    cluster.client.patch(ref, 'apply', agent('a:1'), { fieldManager: 'me' })
    expect(managers(cluster)).toEqual(['me/Apply', 'before-first-apply/Update'])
  })

  it('count instead of those before, with what changes besides; what is none counts for nothing', () => {
    const cluster = running()
    const before = managers(cluster)
    for (const nothing of [null, [{ manager: 'x' }], [{}, {}]]) set(cluster, nothing)
    set(cluster, [{}], {}, 'status')
    expect(managers(cluster)).toEqual(before)
    set(cluster, [given])
    expect(managers(cluster)).toEqual(['q/Update'])
    set(cluster, [given], { labels: { a: 'b' } })
    expect(managers(cluster)).toEqual(['q/Update', 'me/Update'])
    const sent = { ...agent('a:1'), metadata: { name: 'other', managedFields: [given] } } as KubeObject
    expect(cluster.client.managedFields(cluster.client.create(sent)).map(summary)).toEqual(['q/Update', 'kubectl/Update'])
  })
})
