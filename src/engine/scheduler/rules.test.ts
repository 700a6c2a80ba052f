import { describe, expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { filters } from './filters/index.ts'
import { runFilters } from './run-filters.ts'
import { imageLocality } from './scores/image-locality.ts'
import { comparingScores, ownScores } from './scores/index.ts'
import { makeNode, makePod, pinnedTo, TestCluster } from './test-cluster.ts'

const remove = () => undefined
const big = { requests: { cpu: '2' } }
const mib = 1024 * 1024

const reasonsOf = (cluster: TestCluster, pod: Pod, node = 'n1') => {
  const cycle = cluster.cycle(pod)
  const info = cycle.view.node(node)
  return info && runFilters(cycle, info)?.reasons
}

describe('plugins', () => {
  it('filters in the order of SCH-2.1, scores with the weights of SCH-2.3', () => {
    expect(filters.map(({ name }) => name)).toEqual([
      'NodeUnschedulable',
      'NodeName',
      'TaintToleration',
      'NodeAffinity',
      'NodePorts',
      'NodeResourcesFit',
      'PodTopologySpread',
      'InterPodAffinity',
    ])
    expect([...comparingScores, ...ownScores].map(({ name, weight }) => [name, weight])).toEqual([
      ['TaintToleration', 3],
      ['NodeAffinity', 2],
      ['PodTopologySpread', 2],
      ['InterPodAffinity', 2],
      ['ImageLocality', 1],
      ['NodeResourcesFit', 1],
      ['NodeResourcesBalancedAllocation', 1],
    ])
  })

  it('NodeName (SCH-3.2, SCH-3.10)', () => {
    const cluster = new TestCluster().add(makeNode('n1'))
    expect(reasonsOf(cluster, makePod('p', { spec: { nodeName: 'n2' } }))).toEqual(["node(s) didn't match the requested node name"])
    expect(reasonsOf(cluster, makePod('p'))).toBeUndefined()
  })
})

describe('required node affinity (SCH-4)', () => {
  const cluster = () => new TestCluster().add(makeNode('n1', { labels: { disk: 'ssd', cores: '8' } }))
  const admits = (...terms: object[]) => {
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } }
    return reasonsOf(cluster(), makePod('p', { spec: { affinity } as Pod['spec'] })) === undefined
  }
  const label = (key: string, operator: string, ...values: string[]) => ({ matchExpressions: [{ key, operator, values }] })
  const field = (operator: string, ...values: string[]) => ({ matchFields: [{ key: 'metadata.name', operator, values }] })
  const cases: [rule: string, terms: object[], admitted: boolean][] = [
    ['SCH-4.2 one of the terms', [label('disk', 'In', 'hdd'), label('disk', 'In', 'ssd')], true],
    ['SCH-4.2 all of a term', [{ ...label('disk', 'In', 'ssd'), ...field('In', 'n2') }], false],
    ['SCH-4.3 an empty term', [{}], false],
    ['SCH-4.3 no terms', [], false],
    ['SCH-4.4 NotIn without the label', [label('zone', 'NotIn', 'a')], true],
    ['SCH-4.4 DoesNotExist', [label('disk', 'DoesNotExist')], false],
    ['SCH-4.4 Gt', [label('cores', 'Gt', '7')], true],
    ['SCH-4.4 Gt is strict', [label('cores', 'Gt', '8')], false],
    ['SCH-4.4 Lt with a label that is no number', [label('disk', 'Lt', '9')], false],
    ['SCH-4.4 Gt with two values', [label('cores', 'Gt', '1', '2')], false],
    ['SCH-4.5 fields', [field('NotIn', 'n2')], true],
    ['SCH-4.6 a term that cannot be read', [label('disk', 'Like', 'ssd')], false],
    ['SCH-4.6 beside one that matches', [label('disk', 'Like', 'ssd'), label('disk', 'Exists')], true],
  ]
  it.each(cases)('%s', (_rule, terms, admitted) => {
    expect(admits(...terms)).toBe(admitted)
  })
})

describe('scores', () => {
  it('ImageLocality: large images that are there already (SCH-5.7)', () => {
    const scoresOf = (version: KubernetesVersion, spec: object, sizes: number[]) => {
      const cluster = new TestCluster(version)
      sizes.forEach((size, i) => {
        const node = makeNode(`n${i}`)
        cluster.add({ ...node, status: { ...node.status, images: size ? [{ names: ['a:1'], sizeBytes: size * mib }] : [] } })
      })
      const cycle = cluster.cycle(makePod('p', { spec: spec as Pod['spec'] }))
      return imageLocality.skips(cycle) ? 'skipped' : imageLocality.score(cycle, cycle.view.nodes())
    }
    const containers = [{ name: 'c', image: 'a:1' }]
    // on one node of two half of the size counts: (500 − 23) of (1000 − 23)
    expect(scoresOf('1.36', { containers }, [1000, 0])).toEqual([48, 0])
    expect(scoresOf('1.36', { containers }, [2000, 2000])).toEqual([100, 100])
    expect(scoresOf('1.36', { containers }, [20, 20])).toEqual([0, 0])
    expect(scoresOf('1.36', { containers }, [0, 0])).toBe('skipped')
    const withInit = { containers: [{ name: 'c', image: 'b' }], initContainers: [{ name: 'i', image: 'a:1' }] }
    expect([scoresOf('1.29', withInit, [2000, 2000]), scoresOf('1.30', withInit, [2000, 2000])]).toEqual([
      [0, 0],
      [100, 100],
    ])
  })

  it('a Deployment’s pods go to the emptier nodes, one node is taken unscored (SCH-5.2)', () => {
    const cluster = new TestCluster('1.36')
      .add(makeNode('n0'), makeNode('n1', { unschedulable: true }), makeNode('n2', { unschedulable: true }))
      .add(makePod('p'))
      .run(50)
    expect(cluster.pod('p')?.spec.nodeName).toBe('n0')
    const spread = new TestCluster('1.36').add(makeNode('n0'), makeNode('n1'), makeNode('n2'))
    for (let i = 0; i < 6; i++) spread.add(makePod(`p${i}`, { requests: { cpu: '300m', memory: '300Mi' } }))
    spread.run(100)
    const nodes = Array.from({ length: 6 }, (_, i) => spread.pod(`p${i}`)?.spec.nodeName)
    expect(['n0', 'n1', 'n2'].map((node) => nodes.filter((n) => n === node).length)).toEqual([2, 2, 2])
  })
})

describe('preemption', () => {
  const victim = (more: Partial<Pod['spec']> = {}, metadata: { deletionTimestamp?: string } = {}) =>
    makePod('web', { ...big, ...metadata, spec: { nodeName: 'n1', priority: 0, ...more }, status: { phase: 'Running' } })
  const urgent = (spec: Partial<Pod['spec']> = {}) => makePod('urgent', { ...big, spec: { priority: 10, ...spec } })

  it('not with preemptionPolicy Never (SCH-8.1)', () => {
    const cluster = new TestCluster()
      .add(makeNode('n1'))
      .add(victim(), urgent({ preemptionPolicy: 'Never' }))
      .run(5_000)
    expect(cluster.scheduled('urgent')).toContain('preemption: not eligible due to preemptionPolicy=Never.')
    expect(cluster.pod('web')?.metadata.deletionTimestamp).toBeUndefined()
  })

  it('not where nothing but the node itself is in the way (SCH-8.2)', () => {
    const taints = [{ key: 'a', effect: 'NoSchedule' as const }]
    const cluster = new TestCluster('1.28').add(makeNode('n1', { taints })).add(victim(), urgent()).run(5_000)
    expect(cluster.scheduled('urgent')).toBe(
      '0/1 nodes are available: 1 node(s) had untolerated taint {a: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling..',
    )
  })

  it('the victim goes with its own grace, the preemptor waits and goes to its node first (SCH-8.4, SCH-8.5)', () => {
    const cluster = new TestCluster('1.36').add(makeNode('n1'), makeNode('n2', { cpu: '1' })).add(victim({ terminationGracePeriodSeconds: 7 }))
    cluster.add(urgent()).run(5_000)
    expect(cluster.pod('web')?.metadata.deletionGracePeriodSeconds).toBe(7)
    expect(cluster.pod('urgent')).toMatchObject({ status: { nominatedNodeName: 'n1', phase: 'Pending' } })
    expect(cluster.scheduled('urgent')).toBe('0/2 nodes are available: 2 Insufficient cpu.')
    // a larger node comes up meanwhile
    cluster.add(makeNode('n3', { cpu: '64', memory: '64Gi' }))
    cluster.change('Pod', 'web', remove)
    cluster.run(11_000)
    expect(cluster.pod('urgent')?.spec.nodeName).toBeDefined()
    expect(cluster.pod('urgent')?.status.nominatedNodeName).toBeUndefined()
  })

  it('lower nominations for the node end (SCH-8.6)', () => {
    const cluster = new TestCluster('1.36').add(makeNode('n1')).add(victim())
    cluster.add(urgent()).run(3_000)
    cluster.add(makePod('more', { ...big, spec: { priority: 20 } })).run(3_000)
    expect([cluster.pod('urgent'), cluster.pod('more')].map((pod) => pod?.status.nominatedNodeName)).toEqual([undefined, 'n1'])
  })

  it('what a nomination kept off is tried again when the nominated pod goes', () => {
    const cluster = new TestCluster('1.36').add(makeNode('n1'))
    cluster.add(makePod('urgent', { ...big, spec: { priority: 10, schedulerName: 'mine' }, status: { nominatedNodeName: 'n1' } }))
    cluster.add(makePod('p', big)).run(3_000)
    expect(cluster.pod('p')?.spec.nodeName).toBeUndefined()
    cluster.change('Pod', 'urgent', remove)
    expect(cluster.run(3_000).pod('p')?.spec.nodeName).toBe('n1')
  })
})

it('a pod that is gone when its turn comes is left', () => {
  const cluster = new TestCluster('1.36').add(makeNode('n1')).add(makePod('p', { spec: { affinity: pinnedTo('n1') } }))
  cluster.run(2)
  cluster.core.state.tables.Pod.delete('default/p')
  expect(cluster.run(50).events('Scheduled')).toEqual([])
})
