import { describe, expect, it } from 'vitest'
import type { KubeNode, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { type ClusterEvent, toNodeEvent, toPodEvent } from './cluster-event.ts'
import type { FilterName } from './filters/plugin.ts'
import { nodeSchedulingPropertiesChange } from './node-changes.ts'
import { isWorthRequeuing } from './requeue.ts'
import { makeNode, makePod, type NodeOptions, pinnedTo, TestCluster } from './test-cluster.ts'

const taint = { key: 'a', effect: 'NoSchedule' as const }

describe('what a node update means (SCH-7.6)', () => {
  const cordonedAndTainted = makeNode('n1', { unschedulable: true, taints: [taint] })
  it('all changes, before 1.32 only the first', () => {
    expect(nodeSchedulingPropertiesChange('1.36', cordonedAndTainted, makeNode('n1'))).toEqual(['schedulable', 'taints'])
    expect(nodeSchedulingPropertiesChange('1.28', cordonedAndTainted, makeNode('n1'))).toEqual(['schedulable'])
  })
  it('nothing for heartbeats', () => {
    const beat = (lastHeartbeatTime: string): KubeNode => {
      const node = makeNode('n1')
      return { ...node, status: { ...node.status, conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime }] } }
    }
    expect(nodeSchedulingPropertiesChange('1.36', beat('2026-01-01T00:00:00Z'), beat('2026-01-01T00:00:10Z'))).toEqual([])
  })
})

describe('which changes wake whom (SCH-7.5, SCH-7.7)', () => {
  const wakes = (version: KubernetesVersion, plugin: FilterName, pod: Pod, event: ClusterEvent | undefined) =>
    event !== undefined && isWorthRequeuing(pod, [plugin], event, new TestCluster(version).cycle(pod).view)
  const update = (version: KubernetesVersion, before: NodeOptions, after: NodeOptions) =>
    toNodeEvent(version, { type: 'MODIFIED', kind: 'Node', old: makeNode('n1', before), object: makeNode('n1', after) })
  const gone = (pod: Pod) => toPodEvent('1.36', { type: 'DELETED', kind: 'Pod', object: pod })
  const cpu3 = makePod('p', { requests: { cpu: '3' } })

  it.each<KubernetesVersion>(['1.28', '1.36'])('%s: more cpu wakes NodeResourcesFit only if it is enough', (version) => {
    expect(wakes(version, 'NodeResourcesFit', cpu3, update(version, {}, { cpu: '4' }))).toBe(true)
    expect(wakes(version, 'NodeResourcesFit', cpu3, update(version, {}, { cpu: '2500m' }))).toBe(false)
  })
  it.each<KubernetesVersion>(['1.28', '1.36'])('%s: only the taint in the way matters', (version) => {
    expect(wakes(version, 'TaintToleration', makePod('p'), update(version, { taints: [taint] }, {}))).toBe(true)
    expect(wakes(version, 'TaintToleration', makePod('p'), update(version, { taints: [taint, { ...taint, key: 'b' }] }, { taints: [taint] }))).toBe(
      false,
    )
  })
  it('a pinned pod cares for its node', () => {
    const pinned = makePod('p', { spec: { affinity: pinnedTo('n2') } })
    expect(wakes('1.28', 'TaintToleration', pinned, update('1.28', { taints: [taint] }, {}))).toBe(false)
    expect(wakes('1.36', 'TaintToleration', pinned, update('1.36', { taints: [taint] }, {}))).toBe(false)
    expect(wakes('1.36', 'NodeResourcesFit', pinned, gone(makePod('a', { spec: { nodeName: 'n1' } })))).toBe(false)
    expect(wakes('1.36', 'NodeResourcesFit', pinned, gone(makePod('a', { spec: { nodeName: 'n2' } })))).toBe(true)
  })
  it('a deleted pod wakes NodePorts if it had the port', () => {
    const wants80 = makePod('p', { hostPort: 80 })
    expect(wakes('1.36', 'NodePorts', wants80, gone(makePod('a', { hostPort: 80, spec: { nodeName: 'n1' } })))).toBe(true)
    expect(wakes('1.36', 'NodePorts', wants80, gone(makePod('a', { hostPort: 81, spec: { nodeName: 'n1' } })))).toBe(false)
  })
  it('an arriving pod wakes those that want to be near it', () => {
    const term = { labelSelector: { matchLabels: { app: 'db' } }, topologyKey: 'kubernetes.io/hostname' }
    const near = makePod('p', { spec: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } } })
    const added = (app: string) =>
      toPodEvent('1.36', { type: 'ADDED', kind: 'Pod', object: makePod('a', { labels: { app }, spec: { nodeName: 'n1' } }) })
    expect(wakes('1.36', 'InterPodAffinity', near, added('db'))).toBe(true)
    expect(wakes('1.36', 'InterPodAffinity', near, added('web'))).toBe(false)
  })
  it('a pod that turns terminal counts as deleted (SCH-7.9)', () => {
    const old = makePod('a', { spec: { nodeName: 'n1' }, status: { phase: 'Running' } })
    const object: Pod = { ...old, status: { phase: 'Failed' } }
    expect(toPodEvent('1.23', { type: 'MODIFIED', kind: 'Pod', old, object })?.kind).toBe('PodDelete')
    expect(toPodEvent('1.23', { type: 'DELETED', kind: 'Pod', object })).toBeUndefined()
  })
})
