import { describe, expect, it } from 'vitest'
import { ApiError } from '../api-error.ts'
import { applyStrategicMergePatch } from './strategic-merge-patch.ts'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'x', labels: { a: '1', b: '2' }, finalizers: ['a/a', 'b/b'] },
  spec: {
    hostNetwork: true,
    tolerations: [
      { key: 'a', operator: 'Exists' },
      { key: 'b', operator: 'Exists' },
    ],
    volumes: [
      { name: 'v1', emptyDir: { medium: 'Memory' } },
      { name: 'v2', hostPath: { path: '/x' } },
    ],
    containers: [
      {
        name: 'c1',
        image: 'i1',
        args: ['1', '2'],
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        ports: [{ containerPort: 80, name: 'p' }],
      },
      { name: 'c2', image: 'i2' },
      { name: 'c3', image: 'i3' },
    ],
  },
}

interface Case {
  patch: object
  /** What the patch makes of the fields it changes, by path; null for fields that go. Answers of `kubectl patch --local --type=strategic`. */
  changes: Record<string, unknown>
}

const cases: Record<string, Case> = {
  'an item is merged by its key': {
    patch: { spec: { containers: [{ name: 'c2', image: 'new' }] } },
    changes: {
      'spec.containers': [
        {
          args: ['1', '2'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'i1',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
        { image: 'new', name: 'c2' },
        { image: 'i3', name: 'c3' },
      ],
    },
  },
  'a new item comes first': {
    patch: { spec: { containers: [{ name: 'c9', image: 'new' }] } },
    changes: {
      'spec.containers': [
        { image: 'new', name: 'c9' },
        {
          args: ['1', '2'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'i1',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
        { image: 'i2', name: 'c2' },
        { image: 'i3', name: 'c3' },
      ],
    },
  },
  'new and old items in the order of the patch': {
    patch: {
      spec: {
        containers: [
          { name: 'c9', image: 'new' },
          { name: 'c1', image: 'zz' },
        ],
      },
    },
    changes: {
      'spec.containers': [
        { image: 'new', name: 'c9' },
        {
          args: ['1', '2'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'zz',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
        { image: 'i2', name: 'c2' },
        { image: 'i3', name: 'c3' },
      ],
    },
  },
  '$patch delete in a list': {
    patch: { spec: { containers: [{ name: 'c2', $patch: 'delete' }] } },
    changes: {
      'spec.containers': [
        {
          args: ['1', '2'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'i1',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
        { image: 'i3', name: 'c3' },
      ],
    },
  },
  '$patch replace in a list': {
    patch: { spec: { containers: [{ $patch: 'replace' }, { name: 'z', image: 'y' }] } },
    changes: { 'spec.containers': [{ image: 'y', name: 'z' }] },
  },
  'nested lists': {
    patch: {
      spec: {
        containers: [
          {
            name: 'c1',
            env: [
              { name: 'B', $patch: 'delete' },
              { name: 'C', value: '3' },
            ],
          },
        ],
      },
    },
    changes: {
      'spec.containers': [
        {
          args: ['1', '2'],
          env: [
            { name: 'C', value: '3' },
            { name: 'A', value: '1' },
          ],
          image: 'i1',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
        { image: 'i2', name: 'c2' },
        { image: 'i3', name: 'c3' },
      ],
    },
  },
  '$setElementOrder with a change': {
    patch: { spec: { '$setElementOrder/containers': [{ name: 'c3' }, { name: 'c1' }], containers: [{ name: 'c1', image: 'q' }] } },
    changes: {
      'spec.containers': [
        { image: 'i2', name: 'c2' },
        { image: 'i3', name: 'c3' },
        {
          args: ['1', '2'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'q',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
      ],
    },
  },
  '$setElementOrder alone': {
    patch: { spec: { '$setElementOrder/containers': [{ name: 'c3' }, { name: 'c2' }, { name: 'c1' }] } },
    changes: {
      'spec.containers': [
        { image: 'i3', name: 'c3' },
        { image: 'i2', name: 'c2' },
        {
          args: ['1', '2'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'i1',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
      ],
    },
  },
  '$setElementOrder with a new item': {
    patch: { spec: { '$setElementOrder/containers': [{ name: 'n' }, { name: 'c2' }], containers: [{ name: 'n', image: 'q' }] } },
    changes: {
      'spec.containers': [
        { image: 'q', name: 'n' },
        {
          args: ['1', '2'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'i1',
          name: 'c1',
          ports: [{ containerPort: 80, name: 'p' }],
        },
        { image: 'i2', name: 'c2' },
        { image: 'i3', name: 'c3' },
      ],
    },
  },
  'lists without key are replaced': { patch: { spec: { tolerations: [{ key: 'z' }] } }, changes: { 'spec.tolerations': [{ key: 'z' }] } },
  'null removes, and is not adopted': {
    patch: { spec: { tolerations: null, nodeSelector: { a: 'b', c: null } } },
    changes: { 'spec.nodeSelector': { a: 'b' }, 'spec.tolerations': null },
  },
  '$retainKeys in a list': {
    patch: { spec: { volumes: [{ name: 'v2', $retainKeys: ['name', 'emptyDir'], emptyDir: { medium: 'Memory' } }] } },
    changes: {
      'spec.volumes': [
        { emptyDir: { medium: 'Memory' }, name: 'v1' },
        { emptyDir: { medium: 'Memory' }, name: 'v2' },
      ],
    },
  },
  'without $retainKeys both stay': {
    patch: { spec: { volumes: [{ name: 'v2', emptyDir: { medium: 'Memory' } }] } },
    changes: {
      'spec.volumes': [
        { emptyDir: { medium: 'Memory' }, name: 'v1' },
        { emptyDir: { medium: 'Memory' }, hostPath: { path: '/x' }, name: 'v2' },
      ],
    },
  },
  'plain lists inside items are replaced': {
    patch: { spec: { containers: [{ name: 'c1', args: ['9'], ports: [{ containerPort: 81 }] }] } },
    changes: {
      'spec.containers': [
        {
          args: ['9'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          image: 'i1',
          name: 'c1',
          ports: [{ containerPort: 81 }, { containerPort: 80, name: 'p' }],
        },
        { image: 'i2', name: 'c2' },
        { image: 'i3', name: 'c3' },
      ],
    },
  },
  'plain values are merged': { patch: { metadata: { finalizers: ['c/c'] } }, changes: { 'metadata.finalizers': ['c/c', 'a/a', 'b/b'] } },
  $deleteFromPrimitiveList: { patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/a'] } }, changes: { 'metadata.finalizers': ['b/b'] } },
  'all directives of a plain list': {
    patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/a'], '$setElementOrder/finalizers': ['c/c', 'b/b'], finalizers: ['c/c'] } },
    changes: { 'metadata.finalizers': ['c/c', 'b/b'] },
  },
  '$patch replace of a map': { patch: { metadata: { labels: { $patch: 'replace', z: '1' } } }, changes: { 'metadata.labels': { z: '1' } } },
  '$patch delete of a map': { patch: { metadata: { labels: { $patch: 'delete' } } }, changes: { 'metadata.labels': null } },
  'an annotation': { patch: { metadata: { annotations: { q: 'r' } } }, changes: { 'metadata.annotations': { q: 'r' } } },
  '$patch delete of what is not there': { patch: { spec: { affinity: { nodeAffinity: { $patch: 'delete' } } } }, changes: {} },
}

function changedFields(after: Record<string, Record<string, unknown>>): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const part of ['metadata', 'spec'] as const) {
    const before = pod[part] as Record<string, unknown>
    for (const key of new Set([...Object.keys(before), ...Object.keys(after[part] ?? {})])) {
      const value = after[part]?.[key]
      if (JSON.stringify(value) === JSON.stringify(before[key])) continue
      const isEmpty = value === undefined || (typeof value === 'object' && JSON.stringify(value).length === 2)
      if (!isEmpty || before[key] !== undefined) changes[`${part}.${key}`] = isEmpty ? null : value
    }
  }
  return changes
}

describe('strategic merge patches as kubectl applies them', () => {
  it.each(Object.entries(cases))('%s', (_, { patch, changes }) => {
    const before = JSON.stringify(pod)
    const after = applyStrategicMergePatch('Pod', pod as unknown as Record<string, Record<string, unknown>>, patch)
    expect(dropEmpty(changedFields(after))).toEqual(changes)
    expect(JSON.stringify(pod)).toBe(before)
  })
})

/** Empty objects are not shown by kubectl. */
function dropEmpty(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => JSON.stringify(item) !== '{"nodeAffinity":{}}'))
}

describe('malformed strategic merge patches', () => {
  const attempt = (patch: unknown) => () => applyStrategicMergePatch('Pod', pod, patch)

  it('says which item lacks its merge key', () => {
    const error = new ApiError('Unknown', 'map: map[image:new] does not contain declared merge key: name')
    expect(attempt({ spec: { containers: [{ image: 'new' }] } })).toThrow(error)
  })

  it('says when items are not all of one sort', () => {
    const containers = [null, { name: 'c' }]
    expect(attempt({ spec: { containers } })).toThrow(/^list element types are not identical: \[\[map\[.*\]\] \[<nil> map\[name:c\]\]\]$/)
  })

  it('refuses unknown directives', () => {
    expect(attempt({ metadata: { $patch: 'nope' } })).toThrow(new ApiError('Unknown', 'unknown patch type: nope in map: map[$patch:nope]'))
    expect(attempt({ spec: { containers: [{ name: 'c', $patch: 'merge' }] } })).toThrow('merging lists cannot yet be specified in the patch')
    expect(attempt({ spec: { $retainKeys: 'x' } })).toThrow(new ApiError('BadRequest', 'invalid patch format of retainKeys'))
    expect(attempt({ spec: { containers: [{ name: 'c', $patch: 'x' }] } })).toThrow('unknown patch type: x in map: map[$patch:x name:c]')
  })

  it('says what it is when it is no object', () => {
    const say = (sort: string) => new ApiError('BadRequest', `json: cannot unmarshal ${sort} into Go value of type map[string]interface {}`)
    for (const [patch, sort] of [
      [[], 'array'],
      ['x', 'string'],
      [5, 'number'],
      [true, 'bool'],
    ] as const)
      expect(attempt(patch)).toThrow(say(sort))
  })

  it('null changes nothing', () => {
    expect(applyStrategicMergePatch('Pod', pod, null)).toBe(pod)
  })

  it('refuses an order that is no list', () => {
    expect(attempt({ spec: { '$setElementOrder/containers': 'a' } })).toThrow('expected a []interface {}, but received a string')
  })
})

describe('as kubectl 1.36 patches (its answers, taken with --local)', () => {
  const object = { spec: { template: { spec: { containers: [{ name: 'c1', env: [{ name: 'A' }] }, { name: 'c2' }] } } } }
  const patched = (spec: object): unknown => {
    const next = applyStrategicMergePatch('DaemonSet', object, { spec: { template: { spec } } }) as typeof object
    return next.spec.template.spec
  }

  it('directives about what is not there are dropped whole', () => {
    expect(patched({ securityContext: { $patch: 'replace', runAsUser: 1 } })).toEqual(object.spec.template.spec)
    expect(patched({ affinity: { nodeAffinity: { $patch: 'replace' }, podAffinity: { c: [1, { $patch: 'delete' }, [2]] } } })).toMatchObject({
      affinity: { podAffinity: { c: [1, [2]] } },
    })
    expect(
      patched({
        initContainers: [
          { name: 'a', $patch: 'replace' },
          { name: 'b', env: [{ name: 'q', $patch: 'delete' }], image: null },
        ],
      }),
    ).toMatchObject({
      initContainers: [{ name: 'b', env: [] }],
    })
  })

  it('a patch stands in the order it names', () => {
    const env = [
      { name: 'A', value: '9' },
      { name: 'A', value: '9' },
    ]
    const order = [{ name: 'B' }, { name: 'A' }]
    expect(() => patched({ containers: [{ name: 'c1', env, '$setElementOrder/env': order }] })).toThrow(
      "The order in patch list:\n[map[name:A value:9] map[name:A value:9]]\n doesn't match $setElementOrder list:\n[map[name:B] map[name:A]]\n",
    )
    expect(() => patched({ containers: [{ name: 'c1', env: env.slice(1), '$setElementOrder/env': order }] })).not.toThrow()
  })

  it('what only the server has stands before what is new where a patch also deletes (patch_test.go, add map and delete map)', () => {
    const stored = { spec: { tolerations: [], volumes: [{ name: '1' }, { name: '2' }, { name: '4' }] } }
    const patch = { '$setElementOrder/volumes': [{ name: '2' }, { name: '3' }], volumes: [{ name: '3' }, { name: '1', $patch: 'delete' }] }
    const names = (object: { spec: { volumes: { name: string }[] } }) => object.spec.volumes.map(({ name }) => name)
    expect(names(applyStrategicMergePatch('Pod', stored, { spec: patch }))).toEqual(['2', '4', '3'])
    const without = { spec: { volumes: [{ name: '1' }, { name: '4' }] } }
    const both = { ...patch, volumes: [{ name: '2' }, ...patch.volumes] }
    expect(names(applyStrategicMergePatch('Pod', without, { spec: both }))).toEqual(['4', '2', '3'])
    expect(names(applyStrategicMergePatch('Pod', without, { spec: { ...patch, volumes: [{ name: '3' }] } }))).toEqual(['3', '1', '4'])
  })
})
