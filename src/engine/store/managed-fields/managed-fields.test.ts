import { beforeAll, describe, expect, it } from 'vitest'
import type { ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import type { Kind, KubeObject } from '#k8s/types.ts'
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
