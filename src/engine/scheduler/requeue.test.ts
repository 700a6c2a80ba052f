import { describe, expect, it } from 'vitest'
import type { KubeNode, Pod, StringMap } from '#k8s/types.ts'
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
  it('SCH-7.5: before 1.32 a new node wakes when it has lost its taint: whom it has room for, since 1.30 also who waits because of others', () => {
    const ready = (version: KubernetesVersion) => update(version, { taints: [taint] }, {})
    expect(wakes('1.23', 'NodeResourcesFit', makePod('p', { requests: { cpu: '1' } }), ready('1.23'))).toBe(true)
    expect(wakes('1.23', 'NodeResourcesFit', cpu3, ready('1.23'))).toBe(false)
    for (const plugin of ['InterPodAffinity', 'PodTopologySpread'] as const) {
      expect(wakes('1.29', plugin, makePod('p'), ready('1.29'))).toBe(false)
      expect(wakes('1.30', plugin, makePod('p'), ready('1.30'))).toBe(true)
      expect(wakes('1.31', plugin, makePod('p'), update('1.31', { unschedulable: true }, {}))).toBe(true)
    }
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
  const term = (key: string, topologyKey = 'zone') => ({ labelSelector: { matchExpressions: [{ key, operator: 'Exists' as const }] }, topologyKey })
  const near = (...keys: string[]) =>
    makePod('p', { spec: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: keys.map((k) => term(k)) } } } })
  const apart = (...keys: string[]) =>
    makePod('p', { spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: keys.map((k) => term(k)) } } } })
  const spread = (...keys: string[]) =>
    makePod('p', {
      spec: { topologySpreadConstraints: keys.map((key) => ({ maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' as const, ...term('foo', key) })) },
    })
  const on = (labels: StringMap | undefined, namespace?: string) => makePod('a', { labels, namespace, spec: { nodeName: 'n1' } })
  /** Labels of another pod or of a node before and after; undefined = it is not there. */
  type Labels = StringMap | undefined
  const podEvent = (before: Labels, after: Labels, namespace?: string) =>
    toPodEvent('1.36', {
      kind: 'Pod',
      type: !before ? 'ADDED' : after ? 'MODIFIED' : 'DELETED',
      object: on(after ?? before, namespace),
      ...(before && { old: on(before, namespace) }),
    })
  const nodeEvent = (before: Labels, after: Labels) =>
    toNodeEvent('1.36', {
      kind: 'Node',
      type: !before ? 'ADDED' : after ? 'MODIFIED' : 'DELETED',
      object: makeNode('n1', { labels: after ?? before }),
      ...(before && { old: makeNode('n1', { labels: before }) }),
    })

  it.each<[string, FilterName, Pod, Labels, Labels, boolean]>([
    ['one that all affinity terms want comes', 'InterPodAffinity', near('a', 'b'), undefined, { a: '1', b: '1' }, true],
    ['one that one of two terms wants comes', 'InterPodAffinity', near('a', 'b'), undefined, { a: '1' }, false],
    ['one comes to match', 'InterPodAffinity', near('a'), { c: '1' }, { a: '1' }, true],
    ['one matched before, too', 'InterPodAffinity', near('a'), { a: '1' }, { a: '2' }, false],
    ['one no longer matches', 'InterPodAffinity', near('a'), { a: '1' }, { c: '1' }, false],
    ['one that is wanted goes', 'InterPodAffinity', near('a'), { a: '1' }, undefined, false],
    ['one that is not wanted changes', 'InterPodAffinity', apart('a'), { a: '1' }, { c: '1' }, true],
    ['one turns into one that is not wanted', 'InterPodAffinity', apart('a'), { c: '1' }, { a: '1' }, false],
    ['one that is not wanted goes', 'InterPodAffinity', apart('a'), { a: '1' }, undefined, true],
    ['one that matters to nobody goes', 'InterPodAffinity', apart('a'), { c: '1' }, undefined, false],
    ['one that only one of two terms does not want goes', 'InterPodAffinity', apart('a', 'b'), { a: '1' }, undefined, false],
    ['one that counts comes', 'PodTopologySpread', spread('zone'), undefined, { foo: '1' }, true],
    ['one that does not count comes', 'PodTopologySpread', spread('zone'), undefined, { bar: '1' }, false],
    ['one that counts goes', 'PodTopologySpread', spread('zone'), { foo: '1' }, undefined, true],
    ['one that does not count goes', 'PodTopologySpread', spread('zone'), { bar: '1' }, undefined, false],
    ['one comes to count', 'PodTopologySpread', spread('zone'), {}, { foo: '1' }, true],
    ['one no longer counts', 'PodTopologySpread', spread('zone'), { foo: '1' }, {}, true],
    ['one counts as before', 'PodTopologySpread', spread('zone'), { foo: '1' }, { foo: '2' }, false],
  ])('SCH-7.7 pods: %s', (_what, plugin, pod, before, after, isWoken) => {
    expect(wakes('1.36', plugin, pod, podEvent(before, after))).toBe(isWoken)
  })
  it('SCH-7.7 pods of other namespaces do not count for spreading', () => {
    expect(wakes('1.36', 'PodTopologySpread', spread('zone'), podEvent(undefined, { foo: '1' }, 'other'))).toBe(false)
  })
  it.each<[string, FilterName, Pod, Labels, Labels, boolean]>([
    ['a new one with the key of an affinity term', 'InterPodAffinity', near('a'), undefined, { zone: '1' }, true],
    ['a new one without it', 'InterPodAffinity', near('a'), undefined, { region: '1' }, false],
    ['another label changes', 'InterPodAffinity', near('a'), { zone: '1' }, { zone: '1', x: '1' }, false],
    ['its domain changes', 'InterPodAffinity', near('a'), { zone: '1' }, { zone: '2' }, true],
    ['it comes to a domain', 'InterPodAffinity', near('a'), {}, { zone: '1' }, true],
    ['it leaves its domain', 'InterPodAffinity', near('a'), { zone: '1' }, {}, false],
    ['any new one, for anti-affinity', 'InterPodAffinity', apart('a'), undefined, {}, true],
    ['another label changes, for anti-affinity', 'InterPodAffinity', apart('a'), { zone: '1' }, { zone: '1', x: '1' }, false],
    ['its domain changes, for anti-affinity', 'InterPodAffinity', apart('a'), { zone: '1' }, { zone: '2' }, true],
    ['it comes to a domain, for anti-affinity', 'InterPodAffinity', apart('a'), {}, { zone: '1' }, false],
    ['it leaves its domain, for anti-affinity', 'InterPodAffinity', apart('a'), { zone: '1' }, {}, true],
    ['its domain changes, for spreading', 'PodTopologySpread', spread('zone'), { zone: '1' }, { zone: '2' }, true],
    ['another label changes, for spreading', 'PodTopologySpread', spread('zone'), { zone: '1', x: '1' }, { zone: '1', x: '2' }, false],
    ['one without the keys changes', 'PodTopologySpread', spread('zone'), { x: '1' }, { x: '2' }, false],
    ['a new one without the keys', 'PodTopologySpread', spread('zone'), undefined, { x: '1' }, false],
    ['a new one with one of two keys', 'PodTopologySpread', spread('zone', 'rack'), undefined, { zone: '1' }, false],
    ['a new one with all keys', 'PodTopologySpread', spread('zone', 'rack'), undefined, { zone: '1', rack: '1' }, true],
    ['one without the keys goes', 'PodTopologySpread', spread('zone'), { x: '1' }, undefined, false],
    ['one with the keys goes', 'PodTopologySpread', spread('zone'), { zone: '1' }, undefined, true],
    ['it loses one of two keys', 'PodTopologySpread', spread('zone', 'rack'), { zone: '1', rack: '1' }, { zone: '1' }, true],
  ])('SCH-7.7 nodes: %s', (_what, plugin, pod, before, after, isWoken) => {
    expect(wakes('1.36', plugin, pod, nodeEvent(before, after))).toBe(isWoken)
  })
  it('a pod that turns terminal counts as deleted (SCH-7.9)', () => {
    const old = makePod('a', { spec: { nodeName: 'n1' }, status: { phase: 'Running' } })
    const object: Pod = { ...old, status: { phase: 'Failed' } }
    expect(toPodEvent('1.23', { type: 'MODIFIED', kind: 'Pod', old, object })?.kind).toBe('PodDelete')
    expect(toPodEvent('1.23', { type: 'DELETED', kind: 'Pod', object })).toBeUndefined()
  })
})
