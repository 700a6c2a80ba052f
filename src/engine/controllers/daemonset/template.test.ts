/** DS-7.5 to DS-7.7, DS-19 section L. */
import { describe, expect, it } from 'vitest'
import { targetNode } from '#k8s/pod.ts'
import type { Affinity, NodeSelectorTerm, Pod, StringMap, Toleration } from '#k8s/types.ts'
import { isPodUpdated } from './node-view.ts'
import { addOrUpdateDaemonPodTolerations, createPodTemplate, podFromTemplate, replaceDaemonSetPodNodeNameNodeAffinity } from './template.ts'
import { daemonSet, podOn } from './test-bed.ts'

const short = (tolerations: Toleration[]) =>
  tolerations.map((t) => `${t.key}:${t.effect}${t.tolerationSeconds === undefined ? '' : ` ${t.tolerationSeconds}`}`)
const added = [
  'not-ready:NoExecute',
  'unreachable:NoExecute',
  'disk-pressure:NoSchedule',
  'memory-pressure:NoSchedule',
  'pid-pressure:NoSchedule',
  'unschedulable:NoSchedule',
].map((text) => `node.kubernetes.io/${text}`)

describe('addOrUpdateDaemonPodTolerations (DS-7.6)', () => {
  it('appends six tolerations, seven with hostNetwork', () => {
    expect(short(addOrUpdateDaemonPodTolerations({}))).toEqual(added)
    expect(short(addOrUpdateDaemonPodTolerations({ hostNetwork: true }))).toEqual([...added, 'node.kubernetes.io/network-unavailable:NoSchedule'])
  })

  it('replaces in place what says the same for a while only', () => {
    const limited = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }
    const other = { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }
    expect(short(addOrUpdateDaemonPodTolerations({ tolerations: [limited, other] }))).toEqual([added[0], 'dedicated:NoExecute', ...added.slice(1)])
    // each of them, also beside one that says so for ever already: the first in the list is the one that counts (NL-6.2)
    const twice = addOrUpdateDaemonPodTolerations({ tolerations: [limited, { ...limited, tolerationSeconds: undefined }] })
    expect(short(twice)).toEqual([added[0], ...added])
    expect(twice.filter(({ tolerationSeconds }) => tolerationSeconds !== undefined)).toEqual([])
  })

  it('one that says more or less than that is another one', () => {
    const tolerations = [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists' },
      { key: 'node.kubernetes.io/not-ready', operator: 'Equal', effect: 'NoExecute', tolerationSeconds: 5 },
      { operator: 'Exists' },
    ]
    expect(addOrUpdateDaemonPodTolerations({ tolerations }).slice(0, 3)).toEqual(tolerations)
    expect(addOrUpdateDaemonPodTolerations({ tolerations })).toHaveLength(9)
  })
})

describe('isPodUpdated, T-130', () => {
  const cases: [string, StringMap | undefined, string, boolean][] = [
    ['generation and hash match', { 'pod-template-generation': '12345', 'controller-revision-hash': '55555' }, '55555', true],
    ['generation matches, hash differs', { 'pod-template-generation': '12345', 'controller-revision-hash': '55555' }, '123', true],
    ['generation matches, no hash label', { 'pod-template-generation': '12345' }, '123', true],
    ['generation matches, no hash at all', { 'pod-template-generation': '12345' }, '', true],
    ['generation matches, hash label only', { 'pod-template-generation': '12345', 'controller-revision-hash': '55555' }, '', true],
    ['generation differs, hash matches', { 'pod-template-generation': '12350', 'controller-revision-hash': '55555' }, '55555', true],
    ['neither matches', { 'pod-template-generation': '12350', 'controller-revision-hash': '55555' }, '123', false],
    ['empty labels', {}, '123', false],
    ['empty labels and hash', {}, '', false],
    ['no labels', undefined, '', false],
  ]
  const updated = (labels: StringMap | undefined, hash: string, version: '1.23' | '1.36') => {
    const pod = podOn('n', undefined)
    return isPodUpdated({ ...pod, metadata: { ...pod.metadata, labels } }, { version, hash, templateGeneration: '12345' })
  }
  it.each(cases)('%s', (_, labels, hash, expected) => {
    expect(updated(labels, hash, '1.36')).toBe(expected)
    // in 1.23 the generation is never equal (DS-10.3)
    expect(updated(labels, hash, '1.23')).toBe(hash !== '' && labels?.['controller-revision-hash'] === hash)
  })
})

describe('createPodTemplate, T-131', () => {
  const { template } = daemonSet().spec
  it('labels with generation and hash', () => {
    const first = createPodTemplate(template, '1', '').metadata?.labels
    expect(first?.['pod-template-generation']).toBe('1')
    expect(first).not.toHaveProperty('controller-revision-hash')
    const second = createPodTemplate(template, '2', '3242341807').metadata?.labels
    expect(second).toMatchObject({ 'pod-template-generation': '2', 'controller-revision-hash': '3242341807' })
  })

  it('makes a pod that the DaemonSet owns, with a generated name', () => {
    const ds = daemonSet()
    const made = podFromTemplate(ds, { ...template, metadata: { name: 'x', namespace: 'y', labels: { a: 'b' }, finalizers: ['f/x'] } }, 'node-1')
    expect(made.metadata).toEqual({
      name: '',
      generateName: 'foo-',
      namespace: 'default',
      labels: { a: 'b' },
      finalizers: ['f/x'],
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'foo', uid: 'uid-of-foo', controller: true, blockOwnerDeletion: true }],
    })
    const long = 'x'.repeat(253)
    expect(podFromTemplate({ ...ds, metadata: { ...ds.metadata, name: long } }, template, 'n').metadata.generateName).toBe(long)
  })
})

describe('replaceDaemonSetPodNodeNameNodeAffinity, T-132', () => {
  const pinned = { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['host_1'] }] }] }
  const required = (...nodeSelectorTerms: NodeSelectorTerm[]): Affinity => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  })
  const byName = (operator: string, ...values: string[]) => ({ matchFields: [{ key: 'metadata.name', operator, values }] })
  const byLabel = { matchExpressions: [{ key: 'not-host-label', operator: 'In', values: ['label_value_1'] }] }
  it.each([
    ['nothing', undefined],
    ['expressions', required(byLabel)],
    ['a name field with two values', required(byName('In', 'host_1', 'host_2'))],
    ['two terms', required(byLabel, byName('In', 'host_2'))],
    ['NotIn', required(byName('NotIn', 'host_2'))],
    ['an unknown field', required({ matchFields: [{ key: 'metadata.foo', operator: 'In', values: ['bar'] }] })],
  ])('from %s', (_, affinity) => {
    expect(replaceDaemonSetPodNodeNameNodeAffinity(affinity, 'host_1')).toEqual({
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: pinned },
    })
  })

  it('SCH-4.9 keeps preferred terms and pod affinity, and the pod its nodeSelector', () => {
    const preferred = [{ weight: 1, preference: byLabel }]
    const kept = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred }, podAntiAffinity: {} }
    expect(replaceDaemonSetPodNodeNameNodeAffinity(kept, 'host_1')).toEqual({
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred, requiredDuringSchedulingIgnoredDuringExecution: pinned },
      podAntiAffinity: {},
    })
    const both = { nodeAffinity: { ...kept.nodeAffinity, ...required(byLabel).nodeAffinity } }
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [], nodeSelector: { disk: 'ssd' }, affinity: both } }
    const { affinity, nodeSelector } = podFromTemplate(daemonSet(), template, 'host_1').spec
    expect(affinity).toEqual({
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred, requiredDuringSchedulingIgnoredDuringExecution: pinned },
    })
    expect(nodeSelector).toEqual({ disk: 'ssd' })
  })
})

it('T-133 target node', () => {
  const pod = podOn('node-1', undefined)
  const unbound = (affinity?: Affinity): Pod => ({ ...pod, spec: { ...pod.spec, nodeName: undefined, affinity } })
  const naming = (...values: string[]): Affinity => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values }] }] },
    },
  })
  expect([targetNode(pod), targetNode(unbound(naming('node-1'))), targetNode(unbound(naming('node-1', 'node-2'))), targetNode(unbound())]).toEqual([
    'node-1',
    'node-1',
    undefined,
    undefined,
  ])
})
