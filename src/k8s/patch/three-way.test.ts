import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json.ts'
import { applyStrategicMergePatch } from './strategic-merge-patch.ts'
import { changesSince, createThreeWayMergePatch, createTwoWayMergePatch } from './three-way.ts'

const set = (spec: object): JsonObject => ({ spec: { template: { spec } } })

const patchOf = (original: object, modified: object, current: object): unknown =>
  createThreeWayMergePatch('DaemonSet', original as JsonObject, modified as JsonObject, current as JsonObject)

describe('createThreeWayMergePatch, the patch of kubectl apply', () => {
  it('is empty when the server has what the manifest says, defaults and status beside it', () => {
    const manifest = set({ containers: [{ name: 'c', image: 'a' }] })
    const current = { ...set({ containers: [{ name: 'c', image: 'a', imagePullPolicy: 'Always' }], dnsPolicy: 'ClusterFirst' }), status: { x: 1 } }
    expect(patchOf(manifest, manifest, current)).toEqual({})
  })

  it('is empty, too, where lists have items of one key: they go in pairs', () => {
    const ports = [
      { containerPort: 53, protocol: 'UDP', name: 'dns' },
      { containerPort: 53, protocol: 'TCP', name: 'dns-tcp' },
    ]
    const env = [
      { name: 'A', value: 'x' },
      { name: 'A', value: 'z' },
    ]
    const manifest = set({ containers: [{ name: 'c', image: 'a', ports, env }] })
    expect(patchOf(manifest, manifest, manifest)).toEqual({})
    const changed = [ports[0], { ...ports[1], hostPort: 53 }]
    const [container] = (
      patchOf(manifest, set({ containers: [{ name: 'c', image: 'a', ports: changed, env }] }), manifest) as never as {
        spec: { template: { spec: { containers: object[] } } }
      }
    ).spec.template.spec.containers
    expect(container).toEqual({
      name: 'c',
      '$setElementOrder/ports': [{ containerPort: 53 }, { containerPort: 53 }],
      ports: [{ containerPort: 53, hostPort: 53 }],
    })
  })

  it('sends a changed image with the order of the containers', () => {
    const original = set({ containers: [{ name: 'c', image: 'a' }] })
    const modified = set({ containers: [{ name: 'c', image: 'b' }] })
    expect(patchOf(original, modified, original)).toEqual(
      set({ '$setElementOrder/containers': [{ name: 'c' }], containers: [{ name: 'c', image: 'b' }] }),
    )
  })

  it('deletes what was applied before and is gone, and nothing else', () => {
    const original = { metadata: { labels: { a: '1', b: '2' } }, ...set({ containers: [{ name: 'c' }, { name: 'd' }], nodeSelector: { x: 'y' } }) }
    const modified = { metadata: { labels: { a: '1' } }, ...set({ containers: [{ name: 'c' }] }) }
    const current = {
      metadata: { labels: { a: '1', b: '2', mine: '3' } },
      ...set({ containers: [{ name: 'c' }, { name: 'd' }, { name: 'injected' }], nodeSelector: { x: 'y' } }),
    }
    expect(patchOf(original, modified, current)).toEqual({
      metadata: { labels: { b: null } },
      ...set({
        '$setElementOrder/containers': [{ name: 'c' }],
        containers: [{ $patch: 'delete', name: 'd' }],
        nodeSelector: null,
      }),
    })
  })

  it('sends changes before deletions', () => {
    const original = set({ containers: [{ name: 'c', image: 'a' }, { name: 'd' }] })
    const modified = set({ containers: [{ name: 'c', image: 'b' }] })
    expect(patchOf(original, modified, original)).toEqual(
      set({
        '$setElementOrder/containers': [{ name: 'c' }],
        containers: [
          { name: 'c', image: 'b' },
          { $patch: 'delete', name: 'd' },
        ],
      }),
    )
  })

  it('says which keys a changed volume keeps', () => {
    const original = set({ volumes: [{ name: 'v', hostPath: { path: '/a' } }] })
    const modified = set({ volumes: [{ name: 'v', emptyDir: {} }] })
    const patch = patchOf(original, modified, original)
    expect(patch).toEqual(
      set({
        '$setElementOrder/volumes': [{ name: 'v' }],
        volumes: [{ $retainKeys: ['emptyDir', 'name'], emptyDir: {}, hostPath: null, name: 'v' }],
      }),
    )
    expect(applyStrategicMergePatch('DaemonSet', original, patch)).toEqual(modified)
  })

  it('replaces lists without merge key, tolerations among them', () => {
    const original = set({ tolerations: [{ key: 'a' }] })
    const modified = set({ tolerations: [{ key: 'b' }] })
    expect(patchOf(original, modified, original)).toEqual(modified)
  })
})

const container = fc.record(
  { name: fc.constantFrom('a', 'b', 'c', 'd'), image: fc.constantFrom('1', '2'), args: fc.array(fc.constantFrom('x', 'y')) },
  { requiredKeys: ['name', 'image'] },
)
const object = fc.record(
  {
    metadata: fc.record(
      {
        labels: fc.dictionary(fc.constantFrom('k', 'l', 'm'), fc.constantFrom('1', '2')),
        finalizers: fc.uniqueArray(fc.constantFrom('p', 'q', 'r')),
      },
      { requiredKeys: [] },
    ),
    spec: fc.record(
      {
        containers: fc.uniqueArray(container, { selector: (c) => c.name }),
        tolerations: fc.array(fc.record({ key: fc.constantFrom('a', 'b') })),
        nodeName: fc.constantFrom('n', 'o'),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['metadata', 'spec'] },
) as fc.Arbitrary<JsonObject>

/** Without empty lists and maps: whether one is there or not is not told apart. */
const dense = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length ? value.map(dense) : undefined
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, dense(item)] as const)
  const kept = entries.filter(([, item]) => item !== undefined)
  return kept.length ? Object.fromEntries(kept) : undefined
}

describe('patches lead where they were made for', () => {
  it('two-way', () => {
    fc.assert(
      fc.property(object, object, (from, to) => {
        const patch = createTwoWayMergePatch('Pod', from, to)
        expect(dense(applyStrategicMergePatch('Pod', from, patch))).toEqual(dense(to))
      }),
    )
  })

  it('three-way from an untouched object is two-way', () => {
    fc.assert(
      fc.property(object, object, (from, to) => {
        const patch = createThreeWayMergePatch('Pod', from, to, from)
        expect(dense(applyStrategicMergePatch('Pod', from, patch))).toEqual(dense(to))
      }),
    )
  })

  it('applying twice sends nothing the second time', () => {
    fc.assert(
      fc.property(object, object, object, (original, modified, current) => {
        const once = applyStrategicMergePatch('Pod', current, createThreeWayMergePatch('Pod', original, modified, current))
        const again = createThreeWayMergePatch('Pod', modified, modified, once)
        expect(dense(applyStrategicMergePatch('Pod', once, again))).toEqual(dense(once))
      }),
    )
  })
})

it('changes since a manifest was applied say which fields of a volume stay, and nothing of the order (as kubectl 1.36 shows them)', () => {
  const containers = [
    { name: 'a', image: '1' },
    { name: 'b', image: '1' },
  ]
  const podOf = (volume: object, list: object[]) => ({ spec: { containers: list, volumes: [{ name: 'v', emptyDir: volume }] } })
  expect(changesSince('Pod', podOf({}, containers), podOf({ medium: 'Memory' }, [...containers].reverse()))).toEqual({
    spec: { volumes: [{ $retainKeys: ['emptyDir', 'name'], name: 'v', emptyDir: { medium: 'Memory' } }] },
  })
})
