import { expect, it } from 'vitest'
import type { Kind, KubeNode, KubeObject, Pod } from '#k8s/types.ts'
import { Api, daemonSet, type Part, pod, priorityClass, ref, refusal } from './test-api.ts'

it('a patch makes no other object of the one it is for', () => {
  const { client } = new Api()
  client.create(pod('p'))
  const patched = (type: 'strategic' | 'merge', patch: object) => refusal(() => client.patch(ref('Pod', 'p'), type, patch))
  expect(patched('merge', { metadata: { name: 'q' } })).toBe('BadRequest: the name of the object (q) does not match the name on the URL (p)')
  expect(patched('strategic', { metadata: { namespace: 'kube-system' } })).toBe(
    'BadRequest: the namespace of the object (kube-system) does not match the namespace on the request (default)',
  )
  client.create({ ...daemonSet('d'), kind: 'Deployment' })
  const scaled = () => client.patch({ kind: 'Deployment', name: 'd', namespace: 'default' }, 'merge', { metadata: null }, { subresource: 'scale' })
  expect(refusal(scaled)).toBe('BadRequest: the name of the object (d based on URL) was undeterminable: name must be provided')
  const unnamed = 'BadRequest: the name of the object (p based on URL) was undeterminable: name must be provided'
  expect(patched('merge', { metadata: { name: null } })).toBe(unnamed)
  expect(patched('merge', { metadata: { uid: 'u' } })).toBe('Invalid: Pod "p" is invalid: metadata.uid: Invalid value: "u": field is immutable')
  expect(patched('merge', { metadata: { namespace: null } })).toBe('done')
  expect(patched('strategic', { kind: 'Foo', apiVersion: 'v2' })).toBe('done')
  expect(refusal(() => client.patch(ref('Pod', 'p'), 'json', [{ op: 'remove', path: '/kind' }]))).toBe('done')
})

it('what comes without metadata has no name', () => {
  const { client } = new Api()
  for (const kind of ['Pod', 'Node', 'Event']) {
    const bare = { apiVersion: 'v1', kind, metadata: null } as unknown as KubeObject
    expect(refusal(() => client.create(bare))).toMatch(/^Invalid: .*metadata.name: Required value/)
    expect(refusal(() => client.update(bare))).toMatch(/^NotFound: /)
  }
})

it('a merge patch that is null is refused, and changes nothing', () => {
  const api = new Api()
  const before = api.client.create(daemonSet('agent'))
  const ref = { kind: 'DaemonSet', namespace: 'default', name: 'agent' } as const
  expect(() => api.client.patch(ref, 'merge', null)).toThrow(expect.objectContaining({ reason: 'BadRequest', message: 'Invalid JSON Patch' }))
  expect(api.client.get(ref)).toEqual(before)
})

it('a namespace that is replaced without a spec keeps its finalizers (API-1.1)', () => {
  const { client } = new Api()
  const bare = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a', labels: { a: 'b' } } } as unknown as KubeObject
  client.create(bare)
  for (const object of [bare, { ...bare, spec: { finalizers: [] } } as KubeObject])
    expect(client.update(object)).toMatchObject({
      metadata: { labels: { a: 'b' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
})

it('only what has a status takes one; what is written of containers and conditions has all that Go writes (API-1.1)', () => {
  const { client } = new Api()
  client.create({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' } } as KubeObject)
  client.create(pod('p'))
  const event = { ...ref('Event', 'e'), namespace: 'default' }
  expect(refusal(() => client.patch(event, 'merge', { status: {} }, { subresource: 'status' }))).toMatch(/^NotFound: /)
  expect(client.get(event)).toMatchObject({ involvedObject: {} })
  const status = { containerStatuses: [{ name: 'other' }], conditions: [{ type: 'Own' }] }
  expect(client.patch(ref('Pod', 'p'), 'merge', { status }, { subresource: 'status' })).toMatchObject({
    status: {
      containerStatuses: [{ name: 'other', image: '', imageID: '', ready: false, restartCount: 0, state: {}, lastState: {} }],
      conditions: [{ type: 'Own', status: '' }],
    },
  })
})

it('what is stored has no empty labels, and of a node all that Go writes (API-1.1)', () => {
  const { client } = new Api()
  const made = client.create(pod('p', {}, { labels: {} })) as Pod
  expect(Object.keys(made.metadata)).not.toContain('labels')
  const labelled = client.update({ ...made, metadata: { ...made.metadata, labels: { a: 'b' } } } as Pod)
  expect(labelled.metadata.labels).toEqual({ a: 'b' })
  const bare = client.patch({ kind: 'Pod', namespace: 'default', name: 'p' }, 'merge', { metadata: { labels: { a: null } } })
  expect(Object.keys(bare.metadata)).not.toContain('labels')
  const node = client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } } as KubeNode) as KubeNode
  expect(node.status).toMatchObject({ daemonEndpoints: { kubeletEndpoint: { Port: 0 } }, nodeInfo: { kubeletVersion: '', operatingSystem: '' } })
})

it('names that every JavaScript object has are names like others (DS-15.30)', () => {
  const { client } = new Api()
  const resources = { requests: { constructor: '1' } }
  const refused = refusal(() => client.create(pod('p', { containers: [{ name: 'c', image: 'a:1', resources }] })))
  expect(refused).toMatch(/^Invalid: .*requests\[constructor\]/)
  expect(refused).not.toMatch(/native code/)
})

it('a JSON patch of nothing and a Scale without metadata are refused', () => {
  const { client } = new Api()
  client.create(pod('p'))
  expect(refusal(() => client.patch(ref('Pod', 'p'), 'json', [null]))).toMatch(/^Invalid: the server rejected our request/)
  const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale' } as KubeObject
  expect(refusal(() => client.update(scale, { subresource: 'scale' }))).toBe('NotFound: deployments.apps "" not found')
  const owners = { metadata: { managedFields: [null] } }
  expect(refusal(() => client.patch(ref('Pod', 'p'), 'merge', owners))).toBe('done')
  expect(refusal(() => client.patch(ref('Pod', 'p'), 'apply', null, { fieldManager: 'm' }))).toMatch(/^BadRequest: /)
  expect(refusal(() => client.patch(ref('Pod', 'p'), 'merge', { spec: { containers: null, resources: { limits: { cpu: 1 } } } }))).toMatch(
    /^Invalid: /,
  )
})

it('a name that something ending still has is taken, and the API says by what', () => {
  const { client } = new Api()
  client.create(daemonSet('d', ['example.com/hold']))
  client.delete({ kind: 'DaemonSet', namespace: 'default', name: 'd' })
  const again = () => refusal(() => client.create(daemonSet('d')))
  expect(again()).toBe('AlreadyExists: object is being deleted: daemonsets.apps "d" already exists')
  client.patch({ kind: 'DaemonSet', namespace: 'default', name: 'd' }, 'merge', { metadata: { finalizers: null } })
  expect(again()).toBe('done')
})

it('what a new namespace is held by, a priority class its first generation, an event all of its times', () => {
  const { client } = new Api()
  const held = (name: string, finalizers?: string[]) =>
    client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: { finalizers } } as KubeObject) as unknown as { spec: Part }
  expect(held('a').spec.finalizers).toEqual(['kubernetes'])
  expect(held('b', ['example.com/f']).spec.finalizers).toEqual(['example.com/f', 'kubernetes'])
  expect(held('c', ['kubernetes', 'kubernetes']).spec.finalizers).toEqual(['kubernetes', 'kubernetes'])
  expect(client.create(priorityClass('p', 5)).metadata.generation).toBe(1)
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'Any:Name' }, involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' } }
  const shown = { eventTime: null, firstTimestamp: null, lastTimestamp: null, source: {}, reportingComponent: '', reportingInstance: '' }
  expect(client.create(event as KubeObject)).toMatchObject(shown)
})

it('an address of a pod is one of its list of addresses', () => {
  const api = new Api()
  api.client.create(pod('p'))
  const { status } = api.client.patch(ref('Pod', 'p'), 'merge', { status: { podIP: '10.0.0.1' } }, { subresource: 'status' }) as Pod
  expect(status.podIPs).toEqual([{ ip: '10.0.0.1' }])
})

it('admission comes before what is checked: a pod of an unknown class is told of that alone', () => {
  const { client } = new Api()
  const wrong = pod('p', { priorityClassName: 'No Such', hostNetwork: true, restartPolicy: 'Maybe' })
  expect(refusal(() => client.create(wrong))).toBe('Forbidden: pods "p" is forbidden: no PriorityClass with name No Such was found')
})

it('what its class gave a pod stays when an update leaves it out', () => {
  const { client } = new Api()
  client.create(priorityClass('high', 10, { preemptionPolicy: 'Never' }))
  client.create(pod('p', { priorityClassName: 'high' }))
  const { spec } = client.patch(ref('Pod', 'p'), 'merge', { spec: { priority: null, preemptionPolicy: null } }) as Pod
  expect(spec).toMatchObject({ priority: 10, preemptionPolicy: 'Never' })
})

it('an owner that is named twice is named once, with a warning', () => {
  const { client } = new Api()
  const owner = (uid: string, more = {}) => ({ apiVersion: 'v1', kind: 'Node', name: 'n', uid, ...more })
  const said: string[] = []
  const onWarning = (text: string) => said.push(text.replace(/API server dedups .* your requests; /, ''))
  const ownersOf = (object: KubeObject) => object.metadata.ownerReferences?.map(({ uid, controller }) => `${uid} ${controller}`)
  const controlled = owner('a', { controller: true })
  const plain = pod('p')
  const ownerReferences = [controlled, owner('b'), controlled, owner('a'), owner('b')]
  const sent = { ...plain, metadata: { ...plain.metadata, ownerReferences } } as KubeObject
  expect(ownersOf(client.create(sent, { onWarning }))).toEqual(['a true', 'b undefined', 'a undefined'])
  const again = { metadata: { ownerReferences: [owner('c'), owner('c')] } }
  expect(ownersOf(client.patch(ref('Pod', 'p'), 'merge', again, { onWarning }))).toEqual(['c undefined'])
  expect(said).toEqual([
    '.metadata.ownerReferences contains duplicate entries; duplicate UID(s) observed: a, b',
    '.metadata.ownerReferences contains duplicate entries after mutating admission happens; duplicate UID(s) observed: c',
  ])
})

it('empty maps of labels and lists of requirements are not stored', () => {
  const { client } = new Api()
  const { spec } = daemonSet('d') as unknown as { spec: { template: { spec: object } } }
  const labelSelector = { matchLabels: {}, matchExpressions: [] }
  const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector }] }
  const sent = {
    ...daemonSet('d'),
    spec: {
      ...spec,
      selector: { matchLabels: {}, matchExpressions: [{ key: 'none', operator: 'DoesNotExist', values: [] }] },
      template: { metadata: { labels: {} }, spec: { ...spec.template.spec, affinity: { podAntiAffinity } } },
    },
  } as KubeObject
  const stored = {
    selector: { matchExpressions: [{ key: 'none', operator: 'DoesNotExist' }] },
    template: {
      metadata: {},
      spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: {} }] } } },
    },
  }
  for (const made of [client.create(sent), client.update(sent)] as { spec?: { selector: object; template: { metadata: object } } }[]) {
    expect(made.spec).toMatchObject(stored)
    expect([made.spec?.selector, made.spec?.template.metadata]).toEqual([stored.selector, {}])
  }
  const plain = pod('p') as unknown as Pod
  const made = client.create({ ...plain, spec: { ...plain.spec, affinity: { podAntiAffinity } } } as KubeObject) as Pod
  expect(made.spec.affinity).toEqual(stored.template.spec.affinity)
})

it('system metadata in an update count for nothing, or are refused; an update deletes nothing', () => {
  const api = new Api('1.33')
  const made = api.client.create(daemonSet('d'))
  const then = '2020-01-01T00:00:00Z'
  const patched = (metadata: Part, subresource?: 'status') =>
    refusal(() => api.client.patch(ref('DaemonSet', 'd'), 'merge', { metadata }, { subresource }))
  const immutable = (field: string, value: string) => `metadata.${field}: Invalid value: ${value}: field is immutable`
  const invalid = 'Invalid: DaemonSet.apps "d" is invalid:'
  const deletion = immutable('deletionTimestamp', '2020-01-01 00:00:00 +0000 UTC')
  expect(patched({ deletionTimestamp: then })).toBe(`${invalid} ${deletion}`)
  expect(patched({ deletionTimestamp: then }, 'status')).toBe(`${invalid} ${deletion}`)
  expect(patched({ deletionTimestamp: then, deletionGracePeriodSeconds: 5 })).toBe(
    `${invalid} [${deletion}, ${immutable('deletionGracePeriodSeconds', '5')}]`,
  )
  expect(patched({ creationTimestamp: then, generation: 77 })).toBe('done')
  expect(api.get('DaemonSet', 'd')).toEqual(made)
})

it('of an object that is being deleted neither time nor grace changes', () => {
  const api = new Api()
  api.client.create(daemonSet('d', ['a/b']))
  const ending = api.client.delete(ref('DaemonSet', 'd')).metadata
  const patched = (metadata: Part) => refusal(() => api.client.patch(ref('DaemonSet', 'd'), 'merge', { metadata }))
  expect(patched({ deletionTimestamp: '2020-01-01T00:00:00Z' })).toBe('done')
  expect(patched({ deletionTimestamp: null, deletionGracePeriodSeconds: null })).toBe('done')
  expect(patched({ deletionGracePeriodSeconds: 7 })).toMatch(/metadata.deletionGracePeriodSeconds: Invalid value: 7: field is immutable$/)
  expect(api.get('DaemonSet', 'd')?.metadata).toEqual(ending)
})

it('version 0 is any, what is no number is none; a version is compared before the uid', () => {
  const { client } = new Api()
  client.create(daemonSet('d'))
  const patched = (metadata: Part) => refusal(() => client.patch(ref('DaemonSet', 'd'), 'merge', { metadata }))
  expect(patched({ resourceVersion: '0', labels: { a: 'b' } })).toBe('done')
  expect(client.get(ref('DaemonSet', 'd')).metadata.labels).toEqual({ a: 'b' })
  expect(patched({ resourceVersion: '-1' })).toBe('Unknown: strconv.ParseUint: parsing "-1": invalid syntax')
  expect(patched({ resourceVersion: '99', uid: 'x' })).toMatch(/^Conflict: .*the object has been modified/)
})

it('a client that writes the status of an object writes its metadata along, as far as the kind lets it', () => {
  const { client } = new Api()
  const metadata = { labels: { a: 'b' }, annotations: { x: 'y' } }
  const written = (kind: Kind, object: KubeObject) => {
    const { name, namespace } = client.create({ ...object, kind }).metadata
    return client.patch({ kind, name, namespace }, 'merge', { metadata }, { subresource: 'status', fieldManager: 'me' })
  }
  for (const kind of ['DaemonSet', 'ReplicaSet', 'StatefulSet'] as const) expect(written(kind, daemonSet('d')).metadata).toMatchObject(metadata)
  expect(written('Node', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }).metadata).toMatchObject(metadata)
  expect(written('Pod', pod('p')).metadata).toMatchObject(metadata)
  const deployment = written('Deployment', daemonSet('d'))
  expect(deployment.metadata.annotations).toEqual({ x: 'y' })
  expect(deployment.metadata.labels).toBeUndefined()
  const set = client.get(ref('DaemonSet', 'd'))
  expect(client.managedFields(set).find(({ manager }) => manager === 'me')).toMatchObject({
    subresource: 'status',
    fieldsV1: { 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} }, 'f:annotations': { 'f:x': {} } } },
  })
})

it('what is emptied by an update is told as empty, not as nothing', () => {
  const { client } = new Api('1.31')
  client.create(daemonSet('d'))
  const emptied = { spec: { template: { metadata: { labels: { app: null } } } } }
  expect(refusal(() => client.patch(ref('DaemonSet', 'd'), 'merge', emptied))).toBe(
    'Invalid: DaemonSet.apps "d" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{}: `selector` does not match template `labels`',
  )
  const sent = daemonSet('d') as unknown as { spec: object }
  expect(refusal(() => client.update({ ...sent, spec: { ...sent.spec, selector: { matchLabels: {} } } } as unknown as KubeObject))).toContain(
    'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
  )
})
