import { describe, expect, it } from 'vitest'
import type { KubeNode, Namespace, PriorityClass } from '#k8s/types.ts'
import { emptyTables } from '#state/tables.ts'
import { liveValues } from './live-values.ts'
import { manifestPlace } from './manifest-place.ts'

/** The cursor is written as `|`. */
function placeAt(marked: string) {
  return manifestPlace(marked.replace('|', ''), marked.indexOf('|'))
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

describe('liveValues', () => {
  it('offers label keys and values for a node selector', () => {
    expect(offered('spec:\n  nodeSelector:\n    |')).toEqual(['disk', 'gpu'])
    expect(offered('spec:\n  nodeSelector:\n    disk: |')).toEqual(['hdd', 'ssd'])
    expect(offered('spec:\n  nodeSelector:\n    |\n  containers: []')).toEqual(['disk', 'gpu'])
    // what is there already is not asked for twice
    expect(offered('spec: {nodeSelector: {gpu: a, |')).toEqual(['disk'])
    expect(offered('{"spec": {"nodeSelector": {"disk": "|"}}}')).toEqual(['hdd', 'ssd'])
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
