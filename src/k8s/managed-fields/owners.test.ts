import { describe, expect, it } from 'vitest'
import { ApiError } from '../api-error.ts'
import { fromFieldsV1, pathsOf, pathText, toFieldsV1 } from './field-set.ts'
import { applyOwners, ownersAfterUpdate, type Writer } from './owners.ts'

const time = '2026-01-01T00:00:00Z'
const later = '2026-01-01T00:01:00Z'
const update = (manager: string, at = time, subresource?: string): Writer => ({ manager, operation: 'Update', time: at, subresource })
const applier = (manager: string, at = time): Writer => ({ manager, operation: 'Apply', time: at })

type Web = { apiVersion: string; kind: string; metadata: object; spec?: object; status?: object }
const web = (spec: object, metadata: object = {}): Web => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', ...metadata },
  spec,
})
const container = (fields: object) => ({ template: { spec: { containers: [{ name: 'web', ...fields }] } } })

/** Appliers' results, one after the other. */
function applied(live: Web | undefined, entries: Parameters<typeof applyOwners>[0], config: Web, writer: Writer, force = false) {
  return applyOwners(entries, live, config, writer, { force })
}

describe('field sets', () => {
  it('read and write fieldsV1; a field of its own above others is "."', () => {
    const text = {
      'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
      'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {} } } },
    }
    expect(toFieldsV1(fromFieldsV1(text))).toEqual({ ...text, 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': {} } } })
    expect(pathsOf(fromFieldsV1(text)).map(pathText)).toEqual(['.metadata.labels', '.metadata.labels.app', '.spec.ports[port=80,protocol="TCP"]'])
  })
})

describe('owners after an update', () => {
  it('of more than ten updaters the oldest become one; appliers do not count', () => {
    let live = web({})
    let entries = applied(undefined, [], web({ replicas: 1 }), applier('applier')).entries
    for (let i = 0; i < 12; i++) {
      const after = web({}, { labels: Object.fromEntries(Array.from({ length: i + 1 }, (_, n) => [`l${n}`, ''])) })
      entries = ownersAfterUpdate(entries, live, after, update(`m${i}`, `2026-01-01T00:00:${10 + i}Z`))
      live = after
    }
    expect(entries.map(({ manager }) => manager)).toEqual(['applier', 'ancient-changes', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10', 'm11'])
    expect(entries[1]).toMatchObject({ operation: 'Update', time: '2026-01-01T00:00:12Z' })
    expect(pathsOf(fromFieldsV1(entries[1]?.fieldsV1 ?? {})).map(pathText)).toEqual([
      '.metadata.labels',
      '.metadata.labels.l0',
      '.metadata.labels.l1',
      '.metadata.labels.l2',
    ])
  })

  it('a create owns what it set, maps and list items with ".", structs that always are there without', () => {
    const [entry] = ownersAfterUpdate(
      [],
      undefined,
      web({ replicas: 1, ...container({ image: 'a' }) }, { labels: { app: 'web' } }),
      update('kubectl-create'),
    )
    expect(entry).toEqual({
      apiVersion: 'apps/v1',
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
        'f:spec': {
          'f:replicas': {},
          'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:name': {} } } } },
        },
      },
      manager: 'kubectl-create',
      operation: 'Update',
      time,
    })
  })

  it('who changes a field takes it; who removes one leaves it to nobody', () => {
    const before = web({ replicas: 1, paused: true })
    const created = ownersAfterUpdate([], undefined, before, update('a'))
    const entries = ownersAfterUpdate(created, before, web({ replicas: 2 }), update('b', later))
    expect(entries).toMatchObject([{ manager: 'b', time: later, fieldsV1: { 'f:spec': { 'f:replicas': {} } } }])
    expect(entries).toHaveLength(1)
  })

  it('the count of templates belongs to nobody who updates a DaemonSet', () => {
    const key = 'deprecated.daemonset.template.generation'
    const set = (image: string, count: string) => ({ ...web(container({ image }), { annotations: { [key]: count } }), kind: 'DaemonSet' })
    const entries = ownersAfterUpdate([], set('a', '1'), set('b', '2'), update('a'))
    expect(pathsOf(fromFieldsV1(entries[0]?.fieldsV1 ?? {})).map(pathText)).toEqual(['.spec.template.spec.containers[name="web"].image'])
  })

  it('the status belongs to who writes the status subresource', () => {
    const before = { ...web({ replicas: 1 }), status: {} }
    const entries = ownersAfterUpdate([], before, { ...before, status: { replicas: 1 } }, update('c', time, 'status'))
    expect(entries).toEqual([expect.objectContaining({ manager: 'c', subresource: 'status', fieldsV1: { 'f:status': { 'f:replicas': {} } } })])
  })

  it('selectors, tolerations and taints are owned as a whole', () => {
    const spec = { selector: { matchLabels: { a: 'b' } }, template: { spec: { tolerations: [{ key: 'x' }], nodeSelector: { disk: 'ssd' } } } }
    expect(ownersAfterUpdate([], undefined, web(spec), update('a'))[0]?.fieldsV1['f:spec']).toEqual({
      'f:selector': {},
      'f:template': { 'f:spec': { 'f:nodeSelector': {}, 'f:tolerations': {} } },
    })
  })
})

describe('server-side apply', () => {
  const first = applied(undefined, [], web({ replicas: 1, ...container({ image: 'a' }) }, { labels: { app: 'web', old: 'x' } }), applier('me'))

  it('owns what it names and nothing else', () => {
    expect(first.entries[0]?.fieldsV1['f:metadata']).toEqual({ 'f:labels': { 'f:app': {}, 'f:old': {} } })
  })

  it('removes what it owned and does not name any more', () => {
    const { object } = applied(first.object, first.entries, web(container({ image: 'a' }), { labels: { app: 'web' } }), applier('me'))
    expect(object.metadata).toEqual({ name: 'web', labels: { app: 'web' } })
    expect(object.spec).not.toHaveProperty('replicas')
  })

  it('leaves what another applier owns too', () => {
    const both = applied(first.object, first.entries, web({ replicas: 1 }), applier('other'))
    const { object, entries } = applied(both.object, both.entries, web(container({ image: 'a' })), applier('me'))
    expect(object.spec).toHaveProperty('replicas', 1)
    expect(entries.find((e) => e.manager === 'other')?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } })
  })

  it('leaves what an updater owns too', () => {
    const before = first.object as Web
    const after = { ...before, metadata: { ...before.metadata, labels: { app: 'web', old: 'y' } } } as Web
    const labelled = ownersAfterUpdate(first.entries, before, after, update('kubectl-label', later))
    const back = applied(after, labelled, web(container({ image: 'a' }), { labels: { app: 'web', old: 'y' } }), applier('me'))
    const { object } = applied(back.object, back.entries, web(container({ image: 'a' })), applier('me'))
    expect(object.metadata).toEqual({ name: 'web', labels: { old: 'y' } })
  })

  it('may give up its labels and say nothing of metadata any more', () => {
    const { object } = applied(first.object, first.entries, { ...web({}), metadata: {} } as Web, applier('me'))
    expect(object).toMatchObject({ kind: 'Deployment', metadata: { name: 'web' } })
  })

  it('goes on owning a map that it empties; of what is emptied nothing stays but null', () => {
    const made = applied(undefined, [], web(container({ resources: { limits: { cpu: '1' } } })), applier('me'))
    const { object, entries } = applied(made.object, made.entries, web(container({ resources: {} })), applier('me'))
    expect(object.spec).toMatchObject(container({ name: 'web', resources: null }))
    const own = { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:name': {}, 'f:resources': {} } } }
    expect(entries[0]?.fieldsV1['f:spec']).toEqual({ 'f:template': { 'f:spec': own } })
  })

  it('takes nothing from a list by null', () => {
    const live = web(container({ image: 'a', ports: [{ containerPort: 80, protocol: 'TCP' }] }))
    expect(applied(live, [], web(container({ ports: null })), applier('me')).object.spec).toEqual(live.spec)
  })

  it('refuses to change what others own, with every field in question', () => {
    const attempt = () => applied(first.object, first.entries, web({ replicas: 2, ...container({ image: 'b' }) }), applier('other'))
    expect(attempt).toThrow(ApiError)
    expect(attempt).toThrow(
      'Apply failed with 2 conflicts: conflicts with "me":\n- .spec.replicas\n- .spec.template.spec.containers[name="web"].image',
    )
  })

  it('names the version of those who update', () => {
    const entries = ownersAfterUpdate([], undefined, web({ replicas: 3 }), update('x', time, 'scale'))
    expect(() => applied(web({ replicas: 3 }), entries, web({ replicas: 2 }), applier('me'))).toThrow(
      'Apply failed with 1 conflict: conflict with "x" with subresource "scale" using apps/v1: .spec.replicas',
    )
  })

  it('takes the fields by force', () => {
    const { object, entries } = applied(first.object, first.entries, web({ replicas: 2 }), applier('other'), true)
    expect(object.spec).toHaveProperty('replicas', 2)
    expect(entries.find((e) => e.manager === 'me')?.fieldsV1['f:spec']).not.toHaveProperty('f:replicas')
  })

  it('the same value is owned by both', () => {
    const { entries } = applied(first.object, first.entries, web({ replicas: 1 }), applier('other'))
    expect(entries.map((e) => e.fieldsV1['f:spec']?.['f:replicas'])).toEqual([{}, {}])
  })

  it('keeps the order of the applied list, and items of others where they stood', () => {
    const list = (...names: string[]) => web({ template: { spec: { containers: names.map((name) => ({ name })) } } })
    const { object } = applied(list('a', 'x', 'b'), [], list('b', 'a', 'c'), applier('me'))
    const { template } = object.spec as { template: { spec: { containers: { name: string }[] } } }
    expect(template.spec.containers.map((c) => c.name)).toEqual(['x', 'b', 'a', 'c'])
  })
})
