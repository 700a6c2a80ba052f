import { describe, expect, it } from 'vitest'
import type { DaemonSet, KubeEvent, KubeNode, KubeObject, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Api, daemonSet, type Part, pod, priorityClass, ref, refusal } from './test-api.ts'
import { bindPod } from './writes.ts'

describe('new pods (API-1)', () => {
  it('begin Pending, whatever their status says (API-1.1, API-1.2)', () => {
    const made = new Api().client.create({ ...pod('p'), status: { phase: 'Running' } } as KubeObject) as Pod
    expect(made.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
    expect(made.spec).toMatchObject({ terminationGracePeriodSeconds: 30, restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', securityContext: {} })
  })

  it('have the priority of their class, and of no other (API-1.3)', () => {
    const { client } = new Api()
    client.create(priorityClass('high', 10, { preemptionPolicy: 'Never' }))
    client.create(priorityClass('usual', 5, { globalDefault: true }))
    const specOf = (object: KubeObject) => (client.create(object) as Pod).spec
    expect(specOf(pod('a', { priorityClassName: 'high' }))).toMatchObject({ priority: 10, preemptionPolicy: 'Never' })
    expect(specOf(pod('b'))).toMatchObject({ priorityClassName: 'usual', priority: 5, preemptionPolicy: 'PreemptLowerPriority' })
    expect(specOf(pod('c', { priorityClassName: 'system-node-critical' })).priority).toBe(2_000_001_000)
    const wrong: [Part, string][] = [
      [{ priorityClassName: 'none' }, 'no PriorityClass with name none was found'],
      [
        { priority: 7 },
        'the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 5 from the given PriorityClass name',
      ],
      [
        { preemptionPolicy: 'Never' },
        'the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
      ],
    ]
    for (const [spec, why] of wrong) expect(refusal(() => client.create(pod('x', spec)))).toBe(`Forbidden: pods "x" is forbidden: ${why}`)
  })

  it('priority classes: at most 1000000000, one default, the system’s own stay (API-1.3)', () => {
    const { client } = new Api()
    client.create(priorityClass('usual', 5, { globalDefault: true }))
    expect(refusal(() => client.create(priorityClass('other', 6, { globalDefault: true })))).toBe(
      'Forbidden: priorityclasses.scheduling.k8s.io "other" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
    )
    const { value: _, ...bare } = priorityClass('none', 0) as KubeObject & { value: number }
    expect(client.create(bare)).toMatchObject({ value: 0 })
    expect(refusal(() => client.create(priorityClass('huge', 1_000_000_001)))).toContain('value: Forbidden: maximum allowed value')
    expect(refusal(() => client.delete(ref('PriorityClass', 'system-node-critical')))).toBe(
      'Forbidden: priorityclasses.scheduling.k8s.io "system-node-critical" is forbidden: this is a system priority class and cannot be deleted',
    )
  })

  it('with gates say so from the start (SCH-1.5)', () => {
    const conditions = (version: KubernetesVersion) =>
      (new Api(version).client.create(pod('p', { schedulingGates: [{ name: 'a/b' }] })) as Pod).status.conditions
    expect(conditions('1.36')).toMatchObject([
      { status: 'False', reason: 'SchedulingGated', message: 'Scheduling is blocked due to non-empty scheduling gates' },
    ])
    expect(conditions('1.23')).toBeUndefined()
  })

  it('nodes begin not ready (API-1.5)', () => {
    const taints = (given: Part[]) =>
      (new Api().client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: { taints: given } } as KubeObject) as KubeNode).spec
    const own = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }
    expect(taints([{ key: 'a', effect: 'NoExecute' }])).toEqual({ taints: [{ key: 'a', effect: 'NoExecute' }, own] })
    expect(taints([own])).toEqual({ taints: [own] })
  })
})

describe('deleting (API-2)', () => {
  it('takes the grace asked for, or the pod’s own; none when it is not on a node or at its end (API-2.1, API-2.3)', () => {
    const graceOf = (spec: Part, asked?: number): number | undefined => {
      const api = new Api()
      api.client.create(pod('p', spec))
      api.client.delete(ref('Pod', 'p'), { gracePeriodSeconds: asked })
      return api.get('Pod', 'p')?.metadata.deletionGracePeriodSeconds
    }
    const bound = { nodeName: 'gone' }
    expect([graceOf(bound), graceOf({ ...bound, terminationGracePeriodSeconds: 5 }), graceOf(bound, 7), graceOf(bound, -1)]).toEqual([30, 5, 7, 1])
    expect([graceOf({}), graceOf({}, 50), graceOf(bound, 0)]).toEqual([undefined, undefined, undefined])
  })

  it('sets a time in the future (API-2.2), which a second delete may only bring nearer (API-2.4)', () => {
    const api = new Api()
    const start = api.cluster.core.epochNow()
    api.bound('p')
    const seconds = () => (Date.parse(api.get('Pod', 'p')?.metadata.deletionTimestamp ?? '') - start) / 1000
    api.client.delete(ref('Pod', 'p'), { gracePeriodSeconds: 60 })
    expect(seconds()).toBe(60)
    api.client.delete(ref('Pod', 'p'))
    api.client.delete(ref('Pod', 'p'), { gracePeriodSeconds: 90 })
    expect(seconds()).toBe(60)
    api.client.delete(ref('Pod', 'p'), { gracePeriodSeconds: 20 })
    expect([seconds(), api.get('Pod', 'p')?.metadata.deletionGracePeriodSeconds]).toEqual([20, 20])
    api.client.delete(ref('Pod', 'p'), { gracePeriodSeconds: 0 })
    expect(api.get('Pod', 'p')).toBeUndefined()
  })

  it('waits for finalizers; new ones are refused (API-2.5, API-2.7)', () => {
    const api = new Api('1.36')
    api.client.create(daemonSet('d', ['a/b']))
    api.client.delete(ref('DaemonSet', 'd'))
    const stored = api.get<DaemonSet>('DaemonSet', 'd') as DaemonSet
    expect(stored.metadata).toMatchObject({ deletionGracePeriodSeconds: 0, generation: 2 })
    expect(refusal(() => api.client.patch(ref('DaemonSet', 'd'), 'merge', { metadata: { finalizers: ['a/b', 'c/d'] } }))).toBe(
      'Invalid: DaemonSet.apps "d" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"c/d"}',
    )
    const released = api.client.patch(ref('DaemonSet', 'd'), 'merge', { metadata: { finalizers: null } })
    expect(released.metadata.finalizers, 'the answer is the object as it was asked for').toBeUndefined()
    expect(api.get('DaemonSet', 'd')).toBeUndefined()
  })

  it('is refused for another object than was meant, for some namespaces always; a dry run says the same', () => {
    const { client } = new Api()
    client.create(daemonSet('d'))
    const stored = client.get(ref('DaemonSet', 'd'))
    for (const dryRun of [true, false]) {
      expect(refusal(() => client.delete(ref('DaemonSet', 'd'), { dryRun, preconditions: { uid: 'x' } }))).toBe(
        `Conflict: Operation cannot be fulfilled on DaemonSet.apps "d": the UID in the precondition (x) does not match the UID in record (${stored.metadata.uid}). The object might have been deleted and then recreated`,
      )
      expect(refusal(() => client.delete(ref('Namespace', 'default'), { dryRun }))).toBe(
        'Forbidden: namespaces "default" is forbidden: this namespace may not be deleted',
      )
    }
  })
})

describe('binding (API-3)', () => {
  const bind = (api: Api, name: string, node: string) => {
    const { core } = api.cluster
    return bindPod(core, 'test', 'default', name, node)
  }

  it('sets node and condition (API-3.1); from 1.35 on the nomination is over', () => {
    for (const [version, nominated] of [
      ['1.34', 'n'],
      ['1.36', undefined],
    ] as const) {
      const api = new Api(version)
      api.client.create(pod('p'))
      api.client.patch(ref('Pod', 'p'), 'merge', { status: { nominatedNodeName: 'n' } }, { subresource: 'status' })
      const bound = bind(api, 'p', 'n')
      expect(bound.spec.nodeName).toBe('n')
      expect(bound.status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'True' }])
      expect(bound.status.nominatedNodeName).toBe(nominated)
    }
  })

  it('is refused for a pod that goes or has a node (API-3.2)', () => {
    const api = new Api()
    api.bound('p')
    api.client.create(pod('q', {}, { finalizers: ['a/b'] }))
    api.client.delete(ref('Pod', 'q'))
    const start = 'Conflict: Operation cannot be fulfilled on pods/binding'
    expect(refusal(() => bind(api, 'p', 'n'))).toBe(`${start} "p": pod p is already assigned to node "gone"`)
    expect(refusal(() => bind(api, 'q', 'n'))).toBe(`${start} "q": pod q is being deleted, cannot be assigned to a host`)
  })
})

describe('names (NM-1) and updates', () => {
  it('a generated name is the base and five characters, and is checked like any other', () => {
    const { client } = new Api()
    const { name } = (client.create(pod('', {}, { name: undefined, generateName: 'web-' })) as Pod).metadata
    expect(name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    const wrong = refusal(() => client.create(pod('', {}, { name: undefined, generateName: 'Web-' })))
    expect(wrong).toMatch(
      /^Invalid: Pod "Web-.{5}" is invalid: \[metadata.generateName: Invalid value: "Web-": .*, metadata.name: Invalid value: "Web-.{5}": /,
    )
  })

  it('a taken name is tried again from 1.31 on (NM-1.3)', () => {
    const create = (version: KubernetesVersion, taken: number) => {
      const api = new Api(version)
      const { core } = api.cluster
      const free = new Set<string>()
      // what the generator will say: the same seed in another cluster
      const other = new Api(version)
      for (let i = 0; i < taken; i++) free.add((other.client.create(pod('', {}, { name: undefined, generateName: 'w-' })) as Pod).metadata.name)
      for (const name of free) core.state.tables.Pod.set(`default/${name}`, pod(name) as Pod)
      return refusal(() => api.client.create(pod('', {}, { name: undefined, generateName: 'w-' })))
    }
    expect(create('1.31', 7)).toBe('done')
    expect(create('1.31', 8)).toMatch(/the server was not able to generate a unique name for the object$/)
    expect(create('1.30', 1)).toMatch(/^AlreadyExists: pods "w-.{5}" already exists, the server was not able/)
  })

  it('an update is refused when the object is another, or was changed since', () => {
    const { client } = new Api()
    const made = client.create(daemonSet('d'))
    const sent = (metadata: Part) => ({ ...daemonSet('d'), metadata: { name: 'd', ...metadata } }) as KubeObject
    expect(refusal(() => client.update(sent({ uid: 'x' })))).toBe(
      `Conflict: Operation cannot be fulfilled on daemonsets.apps "d": StorageError: invalid object, Code: 4, Key: /registry/daemonsets/default/d, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: ${made.metadata.uid}`,
    )
    expect(refusal(() => client.update(sent({ resourceVersion: '1' })))).toMatch(
      /the object has been modified; please apply your changes to the latest version and try again$/,
    )
    expect(refusal(() => client.patch(ref('DaemonSet', 'd'), 'merge', { metadata: { name: 'e' } }))).toBe(
      'BadRequest: the name of the object (e) does not match the name on the URL (d)',
    )
  })

  it('spec and status are written apart; generation counts changes of the spec', () => {
    const { client } = new Api()
    client.create(daemonSet('d'))
    const patch = (body: Part, subresource?: 'status') => client.patch(ref('DaemonSet', 'd'), 'merge', body, { subresource }) as DaemonSet
    expect(patch({ spec: { minReadySeconds: 3 }, status: { numberReady: 9 } })).toMatchObject({
      metadata: { generation: 2 },
      status: { numberReady: 0 },
    })
    expect(patch({ spec: { minReadySeconds: 4 }, status: { numberReady: 9 } }, 'status')).toMatchObject({
      metadata: { generation: 2 },
      spec: { minReadySeconds: 3 },
      status: { numberReady: 9 },
    })
    expect(patch({ metadata: { labels: { a: 'b' } } }).metadata.generation).toBe(2)
    expect(refusal(() => patch({ status: { numberReady: -1 } }, 'status'))).toBe(
      'Invalid: DaemonSet.apps "d" is invalid: status.numberReady: Invalid value: -1: must be greater than or equal to 0',
    )
  })
})

it('keys that affinity and spread take from the pod are written out in the new pod, from the version on that does so', () => {
  const specOf = (version: KubernetesVersion) => {
    const labelSelector = { matchLabels: { app: 'web' } }
    const term = { topologyKey: 'zone', labelSelector, matchLabelKeys: ['rev'], mismatchLabelKeys: ['tenant', 'none'] }
    const spec = {
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector, matchLabelKeys: ['rev'] }],
    }
    const made = new Api(version).client.create(pod('p', spec, { labels: { rev: '2', tenant: 't' } })) as Pod
    const selectors = [
      made.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[0]?.labelSelector,
      made.spec.topologySpreadConstraints?.[0]?.labelSelector,
    ]
    return selectors.map((selector) => selector?.matchExpressions)
  }
  const rev = { key: 'rev', operator: 'In', values: ['2'] }
  expect(specOf('1.30')).toEqual([undefined, undefined])
  expect(specOf('1.33')).toEqual([[rev, { key: 'tenant', operator: 'NotIn', values: ['t'] }], undefined])
  expect(specOf('1.36')[1]).toEqual([rev])
})

it.each([
  ['an image with a space', { containers: [{ name: 'c', image: 'a ' }] }, 'spec.containers[0].image: Invalid value: "a ": must not have leading or'],
  [
    'an affinity that selects twice by its own label',
    {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } }, matchLabelKeys: ['app'] },
          ],
        },
      },
    },
    'requiredDuringSchedulingIgnoredDuringExecution[0][0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
  ],
])('%s is for templates only: the pods are refused (ValidatePodCreate)', (_what, part, text) => {
  const { cluster, client } = new Api()
  const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'a' }], ...part } }
  client.create({ ...daemonSet('x'), kind: 'ReplicaSet', spec: { selector: { matchLabels: { app: 'x' } }, template } } as KubeObject)
  cluster.runFor(100)
  const [event] = client.list('Event', { fieldSelector: 'reason=FailedCreate' }).items as KubeEvent[]
  expect(event?.message).toContain(text)
  expect(client.list('Pod').items).toEqual([])
})

it('a StatefulSet whose name is too long for its pods’ label creates none (NM-2.8)', () => {
  const { cluster, client } = new Api()
  const name = 'x'.repeat(60)
  const set = { ...daemonSet(name), kind: 'StatefulSet' } as KubeObject
  client.create({ ...set, spec: { ...(set as DaemonSet).spec, serviceName: 's' } } as KubeObject)
  cluster.runFor(2_000)
  const [event] = client.list('Event', { fieldSelector: 'reason=FailedCreate' }).items as KubeEvent[]
  expect(event?.message).toMatch(
    new RegExp(
      `^create Pod ${name}-0 in StatefulSet ${name} failed error: Pod "${name}-0" is invalid: metadata.labels: Invalid value: "${name}-[^"]*": must be no more than 63 bytes$`,
    ),
  )
  expect(client.list('Pod').items).toEqual([])
})

it('a pod that its controller cannot make is refused like any other, by the name it would have had (WC-1.2, WC-4.7)', () => {
  const api = new Api('1.23')
  const { template, selector } = (daemonSet('x') as DaemonSet).spec
  const set = (name: string, part: object) =>
    api.client.create({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name },
      spec: { selector, template, ...part },
    } as unknown as KubeObject)
  set('empty', { template: { ...template, spec: {} } })
  set('a.b', {})
  const odd = { ...template, metadata: { ...template.metadata, finalizers: ['foo'] } }
  api.client.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'r' },
    spec: { selector, template: odd },
  } as unknown as KubeObject)
  api.cluster.settle()
  expect(api.cluster.core.state.tables.Pod.size).toBe(0)
  const texts = [...api.cluster.core.state.tables.Event.values()].map((event) => (event as KubeEvent).message)
  expect(texts).toContain('create Pod empty-0 in StatefulSet empty failed error: Pod "empty-0" is invalid: spec.containers: Required value')
  expect(texts.join('\n')).toContain(
    'create Pod a.b-0 in StatefulSet a.b failed error: Pod "a.b-0" is invalid: spec.hostname: Invalid value: "a.b-0"',
  )
  expect(texts.join('\n')).toMatch(/Error creating: Pod "r-[a-z0-9]{5}" is invalid: metadata.finalizers\[0\]: Invalid value: "foo"/)
})
