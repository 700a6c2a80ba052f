import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { type ApiServer, serveApi } from './server.ts'

/** What is at a path of keys in a JSON value. */
const at = (value: unknown, ...path: string[]): unknown => path.reduce((v, key) => (v as Record<string, unknown> | undefined)?.[key], value)

/** One field of each item of a list. */
const each = (list: unknown, ...path: string[]): unknown[] => (list as unknown[]).map((item) => at(item, ...path))

const daemonSet = (name: string, extra: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: `${name}:v1` }], ...extra } },
  },
})

const sets = '/apis/apps/v1/namespaces/default/daemonsets'
const pods = '/api/v1/namespaces/default/pods'

let cluster: Cluster
let server: ApiServer

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = text !== '' && (response.headers.get('content-type') ?? '').startsWith('application/json')
  const json: unknown = isJson ? JSON.parse(text) : undefined
  return { code: response.status, json, text, warning: response.headers.get('warning') }
}

const get = (path: string, accept = 'application/json') => call('GET', path, undefined, { accept })
const patch = (path: string, type: string, body: unknown) => call('PATCH', path, body, { 'content-type': `application/${type}` })

/** Follows a watch until `count` events came. */
async function watchEvents(path: string, count: number, act: () => void, accept = 'application/json'): Promise<{ type: string; object: object }[]> {
  const abort = new AbortController()
  const response = await fetch(`${server.url}${path}`, { headers: { accept }, signal: abort.signal })
  act()
  let text = ''
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  while (text.split('\n').length <= count) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  abort.abort()
  return text
    .split('\n')
    .filter(Boolean)
    .slice(0, count)
    .map((line) => JSON.parse(line))
}

beforeAll(async () => {
  cluster = new Cluster({ version: '1.33', kubelets: 'stand-in' })
  cluster.fault({ add: [{ name: 'w0' }, { name: 'w1' }] }, 'two machines')
  cluster.settle()
  server = await serveApi(cluster, 0)
  await call('POST', sets, daemonSet('agent'))
  cluster.settle()
})

afterAll(() => server.close())

describe('documents', () => {
  it('discovery names the groups and the resources with their parts', async () => {
    expect((await get('/api')).json).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
    const groups = at((await get('/apis')).json, 'groups')
    expect(each(groups, 'name')).toEqual(['apps', 'coordination.k8s.io', 'metrics.k8s.io', 'policy', 'scheduling.k8s.io'])
    const core = at((await get('/api/v1')).json, 'resources')
    expect(each(core, 'name')).toContain('pods/eviction')
    expect((await get('/apis/nope')).code).toBe(404)
    expect((await get('/version')).json).toMatchObject({ major: '1', minor: '33', gitVersion: 'v1.33.1' })
  })

  it('OpenAPI 3 has merge keys and says what a patch may be asked', async () => {
    const { json } = await get('/openapi/v3/apis/apps/v1')
    const spec = at(json, 'components', 'schemas', 'io.k8s.api.core.v1.PodSpec')
    expect(at(spec, 'properties', 'containers')).toMatchObject({ 'x-kubernetes-patch-merge-key': 'name', 'x-kubernetes-patch-strategy': 'merge' })
    const names = each(at(json, 'paths', `${sets.replace('default', '{namespace}')}/{name}`, 'patch', 'parameters'), 'name')
    expect(names).toContain('fieldValidation')
  })

  it('OpenAPI 2 is the protobuf message that kubectl asks for, and JSON for others', async () => {
    const set = at((await get('/openapi/v2')).json, 'definitions', 'io.k8s.api.apps.v1.DaemonSet')
    expect(set).toMatchObject({ 'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'DaemonSet' }] })
    expect(at(set, 'properties', 'spec')).toMatchObject({ $ref: '#/definitions/io.k8s.api.apps.v1.DaemonSetSpec' })
    const type = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'
    expect((await get('/openapi/v2', `${type},application/json`)).text).not.toContain('"swagger"')
  })

  it('speaks JSON only, and only to this machine', async () => {
    expect((await get(pods, 'application/vnd.kubernetes.protobuf')).code).toBe(406)
    expect((await get(pods, 'application/vnd.kubernetes.protobuf,application/json')).code).toBe(200)
    expect((await get('/healthz')).text).toBe('ok')
    expect((await call('GET', pods, undefined, { origin: 'https://example.org' })).code).toBe(403)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })
})

describe('reading', () => {
  const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

  it('lists as objects, as a table and as metadata', async () => {
    const list = (await get(`${pods}?labelSelector=app%3Dagent&fieldSelector=spec.nodeName%3Dw0`)).json
    expect(list).toMatchObject({ kind: 'PodList', apiVersion: 'v1', items: [{ spec: { nodeName: 'w0' } }] })
    const table = (await get(sets, asTable)).json as { columnDefinitions: { name: string }[]; rows: { cells: unknown[]; object: object }[] }
    expect(table.columnDefinitions.map((c) => c.name)).toEqual(expect.arrayContaining(['Up-to-date', 'Node Selector']))
    expect(table.rows[0]?.cells.slice(0, 7)).toEqual(['agent', 2, 2, 2, 2, 2, '<none>'])
    expect(table.rows[0]?.object).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'agent' } })
    const partial = await get(`${sets}/agent`, 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io')
    expect(Object.keys(partial.json as object)).toEqual(['kind', 'apiVersion', 'metadata'])
  })

  it('answers with Status objects what is not there or cannot be read', async () => {
    expect((await get(`${sets}/nope`)).json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'daemonsets.apps "nope" not found',
      reason: 'NotFound',
      details: { name: 'nope', group: 'apps', kind: 'daemonsets' },
      code: 404,
    })
    expect((await get(`${pods}?labelSelector=a+in`)).json).toMatchObject({ reason: 'BadRequest', code: 400 })
    expect((await get('/apis/apps/v1/nopes')).json).toMatchObject({ message: 'the server could not find the requested resource', code: 404 })
  })
})

describe('writing', () => {
  it('refuses or warns of unknown fields as it is asked to', async () => {
    const odd = daemonSet('odd', { hostnetwork: true })
    const strict = await call('POST', `${sets}?fieldValidation=Strict`, odd)
    expect(strict.json).toMatchObject({ code: 400, reason: 'BadRequest' })
    expect(at(strict.json, 'message')).toContain('unknown field "spec.template.spec.hostnetwork"')
    const warned = await call('POST', `${sets}?dryRun=All`, odd)
    expect(warned).toMatchObject({ code: 201, warning: '299 - "unknown field \\"spec.template.spec.hostnetwork\\""' })
    expect((await get(`${sets}/odd`)).code).toBe(404)
  })

  it('says every cause of an invalid object', async () => {
    const { code, json } = await call('POST', sets, { ...daemonSet('Bad_Name'), spec: { ...daemonSet('x').spec, minReadySeconds: -1 } })
    expect(code).toBe(422)
    expect(json).toMatchObject({ reason: 'Invalid', details: { name: 'Bad_Name', group: 'apps', kind: 'DaemonSet' } })
    expect(each(at(json, 'details', 'causes'), 'field')).toEqual(['metadata.name', 'spec.minReadySeconds'])
  })

  it('takes JSON, merge and strategic patches', async () => {
    const path = `${sets}/agent`
    expect((await patch(path, 'json-patch+json', [{ op: 'add', path: '/metadata/labels', value: { a: '1' } }])).json).toHaveProperty(
      'metadata.labels',
      {
        a: '1',
      },
    )
    expect((await patch(path, 'merge-patch+json', { metadata: { labels: { b: '2' } } })).json).toHaveProperty('metadata.labels', { a: '1', b: '2' })
    expect((await patch(path, 'strategic-merge-patch+json', { metadata: { labels: { a: null } } })).json).toHaveProperty('metadata.labels', {
      b: '2',
    })
    expect((await patch(path, 'cbor-patch', {})).json).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' })
    expect((await patch(path, 'merge-patch+json', '{a}')).json).toMatchObject({
      code: 400,
      message: "invalid character 'a' looking for beginning of object key string",
    })
  })

  it('applies on the server: creates (201), says who owns what, refuses what another owns', async () => {
    const path = `${sets}/applied`
    const apply = (manager: string, image: string) =>
      patch(`${path}?fieldManager=${manager}`, 'apply-patch+yaml', {
        ...daemonSet('applied'),
        spec: { ...daemonSet('applied').spec, template: { spec: { containers: [{ name: 'applied', image }] } } },
      })
    expect((await patch(path, 'apply-patch+yaml', daemonSet('applied'))).json).toMatchObject({ code: 422, reason: 'Invalid' })
    expect((await patch(`${path}?fieldManager=a`, 'apply-patch+yaml', daemonSet('applied'))).code).toBe(201)
    expect((await apply('a', 'applied:v2')).code).toBe(422)
    expect(each(at((await get(path)).json, 'metadata', 'managedFields'), 'manager')).toContain('a')
    const { json } = await patch(`${path}?fieldManager=b`, 'apply-patch+yaml', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'applied' },
      spec: { template: { spec: { containers: [{ name: 'applied', image: 'b' }] } } },
    })
    expect(json).toMatchObject({ code: 409, reason: 'Conflict' })
    expect(each(at(json, 'details', 'causes'), 'reason')).toEqual(['FieldManagerConflict'])
    await call('DELETE', path)
  })

  it('refuses an update of another name, namespace or version', async () => {
    const set = (await get(`${sets}/agent`)).json as { metadata: object; spec: object }
    expect((await call('PUT', `${sets}/agent`, { ...set, metadata: { ...set.metadata, resourceVersion: '1' } })).json).toMatchObject({
      reason: 'Conflict',
    })
    expect((await call('PUT', `${sets}/other`, set)).json).toHaveProperty(
      'message',
      'the name of the object (agent) does not match the name on the URL (other)',
    )
    expect((await call('PUT', `${sets.replace('default', 'kube-system')}/agent`, set)).json).toHaveProperty(
      'message',
      'the namespace of the provided object does not match the namespace sent on the request',
    )
    expect((await call('PUT', `${sets}/agent`, { ...set, spec: { ...set.spec, minReadySeconds: 1 } })).json).toHaveProperty('metadata.generation', 2)
  })

  it('of all namespaces can only be read; parts are neither made nor deleted', async () => {
    for (const [method, path] of [
      ['DELETE', '/api/v1/pods'],
      ['DELETE', '/apis/apps/v1/daemonsets'],
      ['POST', '/apis/apps/v1/daemonsets'],
      ['DELETE', `${sets}/agent/status`],
      ['POST', `${sets}/agent/status`],
    ] as const)
      expect(await call(method, path, daemonSet('q'))).toMatchObject({ code: 405, json: { reason: 'MethodNotAllowed' } })
    expect((await get(`${sets}/agent`)).code).toBe(200)
  })

  it('refuses options that are none before it looks for the object, and versions of what is new', async () => {
    expect((await patch(`${sets}/nope?force=true`, 'merge-patch+json', {})).json).toMatchObject({ code: 422, reason: 'Invalid' })
    expect((await call('DELETE', `${sets}/agent`, { dryRun: ['Foo'] })).json).toMatchObject({ code: 422, reason: 'Invalid' })
    expect((await call('POST', `${sets}?dryRun=Foo`, daemonSet('agent'))).json).toMatchObject({ code: 422, reason: 'Invalid' })
    const { metadata, ...rest } = daemonSet('versioned')
    expect((await call('POST', sets, { ...rest, metadata: { ...metadata, resourceVersion: '5' } })).json).toMatchObject({
      code: 500,
      message: 'resourceVersion should not be set on objects to be created',
    })
  })

  it('scales what can be scaled', async () => {
    const deployments = '/apis/apps/v1/namespaces/default/deployments'
    const { spec } = daemonSet('web')
    await call('POST', deployments, { kind: 'Deployment', metadata: { name: 'web' }, spec: { ...spec, replicas: 1 } })
    const scale = (await get(`${deployments}/web/scale`)).json as object
    expect(scale).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: { replicas: 1 } })
    expect((await call('PUT', `${deployments}/web/scale`, { ...scale, spec: { replicas: 3 } })).json).toHaveProperty('spec.replicas', 3)
    expect((await patch(`${deployments}/web/scale`, 'merge-patch+json', { spec: { replicas: 2 } })).json).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 2 },
    })
    expect((await get(`${deployments}/web`)).json).toHaveProperty('spec.replicas', 2)
    expect((await get(`${sets}/agent/scale`)).code).toBe(404)
    const scalePatch = async (body: object) => (await patch(`${deployments}/web/scale`, 'merge-patch+json', body)).json
    expect(await scalePatch({ spec: { replicas: -3 } })).toMatchObject({
      code: 422,
      message: 'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -3: must be greater than or equal to 0',
    })
    expect(await scalePatch({ metadata: { resourceVersion: '1' } })).toMatchObject({ code: 409 })
    expect(at(await scalePatch({ metadata: { uid: 'x' } }), 'message')).toMatch(
      /^Operation cannot be fulfilled on deployments\/scale.apps "web": Precondition failed: UID in precondition: x, /,
    )
    expect(await scalePatch({ spec: { replicas: 0 } })).toMatchObject({ spec: {}, status: { selector: 'app=web' } })
    expect(at((await get(`${deployments}/nope/scale`)).json, 'message')).toBe('deployments/scale.apps "nope" not found')
    expect((await call('DELETE', `${deployments}/web`)).json).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'web', group: 'apps', kind: 'deployments' },
    })
    cluster.settle()
  })

  it('deletes pods gracefully, evicts them, and deletes collections', async () => {
    const names = async () => each(at((await get(`${pods}?labelSelector=app%3Dagent`)).json, 'items'), 'metadata', 'name')
    const [first, second] = (await names()) as [string, string]
    expect((await call('DELETE', `${pods}/${first}`, { dryRun: ['All'] })).json).not.toHaveProperty('metadata.deletionTimestamp')
    expect((await call('DELETE', `${pods}/${first}`)).json).toMatchObject({ metadata: { name: first, deletionGracePeriodSeconds: 30 } })
    expect((await call('POST', `${pods}/${second}/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction' })).code).toBe(201)
    cluster.settle()
    expect(await names()).not.toContain(first)
    expect(await names()).not.toContain(second)
    const gone = (await call('DELETE', `${pods}?labelSelector=app%3Dagent`)).json
    expect(gone).toMatchObject({ kind: 'PodList' })
    expect(at(gone, 'items')).toHaveLength(2)
    cluster.settle()
  })
})

describe('watching', () => {
  const nodes = '/api/v1/nodes'
  const label = (value: string | null) => {
    cluster.client.patch({ kind: 'Node', name: 'w0' }, 'merge', { metadata: { labels: { disk: value } } })
  }
  const seen = (events: { type: string; object: object }[]) => events.map((e) => [e.type, at(e.object, 'metadata', 'labels', 'disk')])

  it('tells what is there, then what happens; without a resourceVersion', async () => {
    const events = await watchEvents(`${nodes}?watch=true&fieldSelector=metadata.name%3Dw0`, 2, () => label('ssd'))
    expect(seen(events)).toEqual([
      ['ADDED', undefined],
      ['MODIFIED', 'ssd'],
    ])
  })

  it('begins after a resourceVersion, and a label selector makes objects come and go', async () => {
    const from = at((await get(nodes)).json, 'metadata', 'resourceVersion')
    label('hdd')
    const events = await watchEvents(`${nodes}?watch=true&resourceVersion=${from}&labelSelector=disk%3Dhdd`, 3, () => {
      label('ssd')
      label('hdd')
    })
    expect(seen(events)).toEqual([
      ['ADDED', 'hdd'],
      ['DELETED', 'hdd'],
      ['ADDED', 'hdd'],
    ])
    const versions = events.map((e) => Number(at(e.object, 'metadata', 'resourceVersion')))
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
  })

  it('sends tables with their columns once, and a bookmark after initial events', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
    const [first, second] = await watchEvents(`${nodes}?watch=true`, 2, () => {}, accept)
    expect(at(first?.object, 'columnDefinitions')).toHaveLength(10)
    expect(at(second?.object, 'columnDefinitions')).toBeNull()
    const initial = await watchEvents(
      `${nodes}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
      3,
      () => {},
    )
    expect(initial[2]).toMatchObject({ type: 'BOOKMARK', object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } } })
  })

  it('answers Expired to a resourceVersion from before the server began', async () => {
    const [event] = await watchEvents(`${nodes}?watch=true&resourceVersion=1`, 1, () => {})
    expect(event).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } })
  })

  it('ends after timeoutSeconds', async () => {
    const from = at((await get(nodes)).json, 'metadata', 'resourceVersion')
    expect((await get(`${nodes}?watch=true&resourceVersion=${from}&timeoutSeconds=1`)).text).toBe('')
  })
})
