/** Random states of one DaemonSet for a single pass of its controller, also such as no cluster gets into by itself. */
import fc from 'fast-check'
import { toTimestamp } from '#k8s/time.ts'
import type { DaemonSet, DaemonSetUpdateStrategy, KubeNode, Pod, PodPhase, PodSpec, Taint, Toleration } from '#k8s/types.ts'
import { type KubernetesVersion, versions } from '#k8s/version.ts'

export const passNowMs = 1_767_225_600_000
const ago = (seconds: number) => toTimestamp(passNowMs - seconds * 1000)
const one = <T>(...values: T[]) => fc.constantFrom(...values)
const rarely = <T>(n: number, wanted: fc.Arbitrary<T>) => fc.option(wanted, { freq: n, nil: undefined })
const compact = <T extends object>(object: T): T => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

const labelKeys = ['disk', 'zone', 'gen'] as const
const labelValues = ['ssd', 'hdd', 'a', '5', '7', '12', '-5', '+5', '007', 'abc', '', '9223372036854775807', '9223372036854775808'] as const
const taintKeys = [
  'dedicated',
  'maint',
  ...['not-ready', 'unreachable', 'disk-pressure', 'unschedulable', 'network-unavailable'].map((k) => `node.kubernetes.io/${k}`),
]
const effects = ['NoSchedule', 'NoExecute', 'PreferNoSchedule'] as const

const taint: fc.Arbitrary<Taint> = fc
  .record({ key: one(...taintKeys), value: one(undefined, undefined, 'gpu', ''), effect: one(...effects) })
  .map((t) => compact(t) as Taint)

const toleration: fc.Arbitrary<Toleration> = fc
  .record({
    key: one(undefined, ...taintKeys),
    operator: one(undefined, '', 'Equal', 'Exists', 'Exists', 'Bogus'),
    value: one(undefined, undefined, 'gpu', ''),
    effect: one(undefined, '', ...effects),
    tolerationSeconds: one(undefined, undefined, 0, 5),
  })
  .map((t) => compact(t) as Toleration)

const expression = fc
  .record({
    key: one(...labelKeys, ...labelKeys, ...labelKeys, 'absent', 'bad key', '', 'a/b/c', 'x.y/z'),
    operator: one('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Foo'),
    values: fc.oneof(one(undefined, [] as string[]), fc.array(one(...labelValues, 'bad value', '_x'), { minLength: 1, maxLength: 2 })),
  })
  .map(compact)

const field = fc
  .record({
    key: one('metadata.name', 'metadata.name', 'metadata.name', 'metadata.foo', ''),
    operator: one('In', 'NotIn', 'Exists'),
    values: one<string[] | undefined>(['n0'], ['n1'], [''], ['n0', 'n1'], [], undefined),
  })
  .map(compact)

const term = fc
  .record({ matchExpressions: rarely(3, fc.array(expression, { maxLength: 3 })), matchFields: rarely(1, fc.array(field, { maxLength: 2 })) })
  .map(compact)

/** What of a template decides about nodes. */
export const placementSpec: fc.Arbitrary<PodSpec> = fc
  .record({
    nodeName: one(undefined, undefined, undefined, undefined, '', 'n0'),
    nodeSelector: rarely(1, fc.dictionary(one(...labelKeys), one('ssd', 'a', '5'), { maxKeys: 2 })),
    terms: rarely(1, fc.array(term, { maxLength: 3 })),
    tolerations: rarely(2, fc.array(toleration, { maxLength: 3 })),
    hostNetwork: one(undefined, undefined, true),
  })
  .map(
    ({ terms, ...spec }) =>
      compact({
        ...spec,
        containers: [],
        affinity: terms && { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
      }) as unknown as PodSpec,
  )

export const placementNode = (name: string): fc.Arbitrary<KubeNode> =>
  fc
    .record({ labels: rarely(4, fc.dictionary(one(...labelKeys), one(...labelValues))), taints: rarely(1, fc.array(taint, { maxLength: 2 })) })
    .map(({ labels, taints }) => ({ apiVersion: 'v1', kind: 'Node', metadata: compact({ name, labels }), spec: compact({ taints }), status: {} }))

const limit = one<number | string>(1, 2, 3, 20, '1%', '30%', '34%', '50%', '100%')
const updateStrategy: fc.Arbitrary<DaemonSetUpdateStrategy> = fc.oneof(
  fc.constant({ type: 'OnDelete' }),
  fc.constant({ type: 'RollingUpdate' }),
  fc.record({ maxUnavailable: limit, maxSurge: one<number | string>(0, '0%') }).map((rollingUpdate) => ({ type: 'RollingUpdate', rollingUpdate })),
  fc.record({ maxUnavailable: one<number | string>(0, '0%'), maxSurge: limit }).map((rollingUpdate) => ({ type: 'RollingUpdate', rollingUpdate })),
  fc.record({ maxUnavailable: limit, maxSurge: limit }).map((rollingUpdate) => ({ type: 'RollingUpdate', rollingUpdate })),
  fc.constant({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 0 } }),
)

const pod = (nodes: readonly string[]): fc.Arbitrary<Omit<Pod, 'metadata'> & { metadata: Omit<Pod['metadata'], 'name'> }> =>
  fc
    .record({
      node: one(...nodes, 'gone'),
      bound: one(true, true, true, false),
      hash: one('old', 'old', 'new', undefined),
      generation: one(undefined, undefined, '1', '2'),
      phase: one<PodPhase>('Running', 'Running', 'Running', 'Pending', 'Failed', 'Succeeded', 'Unknown'),
      readyFor: one(undefined, 0, 4, 5, 6, 600),
      age: one(0, 10, 10, 50, 80),
      terminating: one(false, false, false, false, true),
    })
    .map(({ node, bound, hash, generation, phase, readyFor, age, terminating }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: compact({
        namespace: 'default',
        labels: compact({ app: 'ds', 'controller-revision-hash': hash, 'pod-template-generation': generation }) as Record<string, string>,
        creationTimestamp: ago(age),
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'ds', uid: 'ds-uid', controller: true }],
        deletionTimestamp: terminating ? ago(0) : undefined,
      }),
      spec: bound
        ? { containers: [], nodeName: node }
        : {
            containers: [],
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
                },
              },
            },
          },
      status: compact({
        phase,
        conditions: readyFor === undefined ? undefined : [{ type: 'Ready', status: 'True' as const, lastTransitionTime: ago(readyFor) }],
      }),
    }))

export interface PassState {
  version: KubernetesVersion
  set: DaemonSet
  nodes: KubeNode[]
  pods: Pod[]
}

/** A DaemonSet whose current hash is `new`, nodes, and pods on them and on a node that is gone. */
export const passState: fc.Arbitrary<PassState> = fc.integer({ min: 0, max: 7 }).chain((count) => {
  const names = Array.from({ length: count }, (_, i) => `n${i}`)
  return fc
    .record({
      version: one(...versions),
      updateStrategy,
      minReadySeconds: one(undefined, 0, 5),
      generation: one(undefined, '1'),
      nodeSelector: one<Record<string, string> | undefined>(undefined, undefined, { disk: 'ssd' }),
      nodes: fc.tuple(...names.map(placementNode)),
      pods: fc.array(pod(names), { maxLength: 14 }),
    })
    .map(
      ({ version, nodes, pods, generation, nodeSelector, ...spec }): PassState => ({
        version,
        nodes,
        pods: pods.map((p, i) => ({ ...p, metadata: { ...p.metadata, name: `p${(i * 7) % 16}` } })),
        set: {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          metadata: {
            name: 'ds',
            namespace: 'default',
            uid: 'ds-uid',
            generation: 1,
            ...(generation && { annotations: { 'deprecated.daemonset.template.generation': generation } }),
          },
          spec: {
            ...spec,
            selector: { matchLabels: { app: 'ds' } },
            template: { metadata: { labels: { app: 'ds' } }, spec: compact({ containers: [], nodeSelector }) },
          },
          status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
        },
      }),
    )
})
