import { describe, expect, it } from 'vitest'
import type { KubeNode, Namespace, PriorityClass } from '#k8s/types.ts'
import { emptyTables } from '#state/tables.ts'
import { liveValues } from './live-values.ts'
import { manifestPlace } from './manifest-place.ts'

/** Splits at the cursor, written as `|`. */
function placeAt(marked: string) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n')
  return manifestPlace(marked.replace('|', ''), before.length, (before.at(-1) ?? '').length + 1)
}

const node = (name: string, labels: Record<string, string>, taints: KubeNode['spec']['taints'] = []) =>
  [name, { metadata: { name, labels }, spec: { taints } } as unknown as KubeNode] as const

const tables = {
  ...emptyTables(),
  Node: new Map([
    node('cp-0', { disk: 'hdd', gpu: 'true' }, [
      { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
      { key: 'team', value: 'infra', effect: 'NoExecute' },
    ]),
    node('worker-0', { disk: 'ssd' }),
    node('worker-1', { disk: 'ssd' }),
  ]),
  PriorityClass: new Map([['system-node-critical', { metadata: { name: 'system-node-critical' } } as unknown as PriorityClass]]),
  Namespace: new Map([['default', { metadata: { name: 'default' } } as unknown as Namespace]]),
}

const offered = (marked: string) => {
  const place = placeAt(marked)
  return place ? liveValues(place, tables).map((one) => one.text) : undefined
}

describe('manifestPlace', () => {
  it('finds the fields around the cursor in the same document only', () => {
    expect(placeAt('kind: A\nspec:\n  x: 1\n---\nspec:\n  template:\n    spec:\n      nodeName: wo|')).toEqual({
      path: ['spec', 'template', 'spec'],
      field: 'nodeName',
      beside: {},
      typed: 'wo',
    })
  })

  it('knows list items, with dashes indented or not', () => {
    expect(placeAt('spec:\n  tolerations:\n  - key: a\n    value: |\n    effect: NoSchedule\n  - key: b')).toMatchObject({
      path: ['spec', 'tolerations'],
      field: 'value',
      beside: { key: 'a', effect: 'NoSchedule' },
    })
    expect(placeAt('spec:\n  tolerations:\n    - key: a\n    - value: |')).toMatchObject({ path: ['spec', 'tolerations'], beside: {} })
  })

  it('leaves comments out, and knows nothing inside flow style', () => {
    expect(placeAt('spec:\n# nodeSelector:\n  |')).toMatchObject({ path: ['spec'], typed: '' })
    expect(placeAt('spec: # a |')).toBeUndefined()
    expect(placeAt('spec: {nodeName: |}')).toBeUndefined()
  })

  it('reads quoted fields', () => {
    expect(placeAt('"nodeSelector":\n  "disk": |')).toMatchObject({ path: ['nodeSelector'], field: 'disk' })
  })
})

describe('liveValues', () => {
  it('offers label keys and values for a node selector', () => {
    expect(offered('spec:\n  nodeSelector:\n    |')).toEqual(['disk', 'gpu'])
    expect(offered('spec:\n  nodeSelector:\n    disk: |')).toEqual(['hdd', 'ssd'])
    expect(offered('spec:\n  nodeSelector:\n    |\n  containers: []')).toEqual(['disk', 'gpu'])
  })

  it('offers label keys and values for node affinity, not for pod affinity', () => {
    const around = (kind: string) => `affinity:\n  ${kind}:\n    terms:\n      - matchExpressions:\n          - key: `
    expect(offered(`${around('nodeAffinity')}|`)).toEqual(['disk', 'gpu'])
    expect(offered(`${around('nodeAffinity')}disk\n            operator: In\n            values:\n              - |`)).toEqual(['hdd', 'ssd'])
    expect(offered(`${around('podAffinity')}|`)).toEqual([])
  })

  it('offers taints for a toleration', () => {
    expect(offered('tolerations:\n- key: |')).toEqual(['node-role.kubernetes.io/control-plane', 'team'])
    expect(offered('tolerations:\n- key: team\n  value: |')).toEqual(['infra'])
    expect(offered('tolerations:\n- value: |\n  key: team')).toEqual(['infra'])
  })

  it('offers names', () => {
    expect(offered('nodeName: |')).toEqual(['cp-0', 'worker-0', 'worker-1'])
    expect(offered('priorityClassName: |')).toEqual(['system-node-critical'])
    expect(offered('metadata:\n  namespace: |')).toEqual(['default'])
    expect(offered('metadata:\n  name: |')).toEqual([])
  })

  it('says on how many nodes it found something', () => {
    const place = placeAt('nodeSelector:\n  disk: |')
    expect(place && liveValues(place, tables)).toEqual([
      { text: 'hdd', nodes: 1 },
      { text: 'ssd', nodes: 2 },
    ])
  })
})
