/** Random DaemonSets and Deployments, as the YAML a person would apply. Small pools of names and values, so that they meet. */
import fc from 'fast-check'
import { stringify } from 'yaml'

export const daemonSetNames = ['alpha', 'beta', 'gamma'] as const
export const nodeNames = ['w0', 'w1', 'w2', 'w3', 'w4'] as const
export const images = ['agent:v1', 'agent:v2', 'agent:v3', 'agent:broken'] as const

/** Labels that nodes get and templates ask for. */
export const labelPool: Record<string, readonly string[]> = { disk: ['ssd', 'hdd'], zone: ['a', 'b'], size: ['3', '10'] }

/** Taints that nodes get and templates tolerate. */
export const taintPool = [
  { key: 'dedicated', value: 'db', effect: 'NoSchedule' },
  { key: 'dedicated', value: 'web', effect: 'NoSchedule' },
  { key: 'maint', effect: 'NoExecute' },
  { key: 'maint', value: 'soon', effect: 'NoExecute' },
  { key: 'slow', effect: 'PreferNoSchedule' },
  { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
] as const

/** Mostly absent: `wanted` in one of `n` cases. */
const rarely = <T>(n: number, wanted: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: n - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: wanted })

const labelPair = fc.constantFrom(...Object.entries(labelPool).flatMap(([key, values]) => values.map((value) => ({ key, value }))))

const expression = fc.oneof(
  labelPair.map(({ key, value }) => ({ key, operator: 'In', values: [value] })),
  labelPair.map(({ key, value }) => ({ key, operator: 'NotIn', values: [value] })),
  fc.constantFrom(...Object.keys(labelPool)).map((key) => ({ key, operator: 'Exists' })),
  fc.constantFrom(...Object.keys(labelPool)).map((key) => ({ key, operator: 'DoesNotExist' })),
  fc.constantFrom('Gt', 'Lt').map((operator) => ({ key: 'size', operator, values: ['5'] })),
)

const term = fc.oneof(
  { weight: 4, arbitrary: fc.array(expression, { minLength: 1, maxLength: 2 }).map((matchExpressions): object => ({ matchExpressions })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ operator: fc.constantFrom('In', 'NotIn'), name: fc.constantFrom(...nodeNames) })
      .map(({ operator, name }): object => ({ matchFields: [{ key: 'metadata.name', operator, values: [name] }] })),
  },
)

const affinity = fc.record({
  nodeAffinity: fc.oneof(
    fc
      .array(term, { minLength: 1, maxLength: 2 })
      .map((nodeSelectorTerms): object => ({ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } })),
    expression.map((e): object => ({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, preference: { matchExpressions: [e] } }] })),
  ),
})

const toleration = fc.oneof(
  fc.constantFrom<object>(
    { operator: 'Exists' },
    { key: 'dedicated', operator: 'Exists' },
    { key: 'dedicated', value: 'db' },
    { key: 'maint', operator: 'Exists', effect: 'NoExecute' },
    { key: 'maint', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 },
    { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists' },
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists' },
  ),
)

const updateStrategy = fc.constantFrom<object | undefined>(
  undefined,
  { type: 'OnDelete' },
  { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } },
  { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '34%' } },
  { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
  { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '60%' } },
)

const containerExtras = fc.oneof(
  { weight: 6, arbitrary: fc.constant<object>({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<object>(
      { resources: { requests: { cpu: '1500m' } } },
      { resources: { requests: { cpu: '6' } } },
      { resources: { requests: { memory: '5Gi' } } },
      { ports: [{ containerPort: 80, hostPort: 8080 }] },
    ),
  },
)

const podExtras = fc.record(
  {
    hostNetwork: fc.constant(true),
    nodeName: fc.constantFrom('w1', 'w3'),
    priorityClassName: fc.constant('system-node-critical'),
    terminationGracePeriodSeconds: fc.constantFrom(0, 3),
  },
  { requiredKeys: [] },
)

/** Without the keys whose value is undefined. */
const compact = (object: object): object => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

export const daemonSetManifest = fc
  .record({
    name: fc.constantFrom(...daemonSetNames),
    image: fc.constantFrom(...images, 'agent:v1', 'agent:v2'),
    // a selector with a second label: pods without it are released
    tier: rarely(6, fc.constantFrom('front', 'back')),
    nodeSelector: rarely(
      4,
      labelPair.map(({ key, value }) => ({ [key]: value })),
    ),
    affinity: rarely(4, affinity),
    tolerations: rarely(3, fc.array(toleration, { minLength: 1, maxLength: 3 })),
    updateStrategy,
    minReadySeconds: rarely(4, fc.constantFrom(1, 7)),
    revisionHistoryLimit: rarely(8, fc.constantFrom(0, 1)),
    container: containerExtras,
    pod: rarely(4, podExtras),
  })
  .map(({ name, image, tier, container, pod, nodeSelector, affinity: wanted, tolerations, ...spec }) =>
    stringify({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name },
      spec: {
        ...compact(spec),
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: compact({ app: name, tier }) },
          spec: {
            ...compact({ nodeSelector, affinity: wanted, tolerations }),
            ...pod,
            containers: [{ name: 'agent', image, ...container }],
          },
        },
      },
    }),
  )

export const deploymentManifest = fc
  .record({ replicas: fc.integer({ min: 0, max: 4 }), image: fc.constantFrom(...images), cpu: fc.constantFrom('100m', '1500m', '3') })
  .map(({ replicas, image, cpu }) =>
    stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'agent', image, resources: { requests: { cpu } } }] } },
      },
    }),
  )

/** A pod of nobody that a DaemonSet would adopt. */
export const podManifest = fc
  .record({ app: fc.constantFrom(...daemonSetNames, 'web'), nodeName: fc.option(fc.constantFrom(...nodeNames), { nil: undefined }) })
  .map(({ app, nodeName }) =>
    stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `lone-${app}`, labels: { app } },
      spec: compact({ nodeName, containers: [{ name: 'agent', image: 'agent:v1' }] }),
    }),
  )
