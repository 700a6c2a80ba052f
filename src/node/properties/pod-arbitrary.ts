/** Random sessions about single pods and the kubelets that run them. */
import fc from 'fast-check'
import { stringify } from 'yaml'
import type { NodeAction, Scenario, Step } from '#scenario/format.ts'

const nodes = ['a', 'b']
const node = fc.constantFrom(...nodes)
const name = fc.constantFrom('p', 'q')
const maybe = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined })

const container = (of: string) =>
  fc.record({
    name: fc.constant(of),
    image: fc.constantFrom('app:v1', 'broken:v1'),
    readinessProbe: of === 'step' ? fc.constant(undefined) : maybe({ httpGet: { port: 80 }, periodSeconds: 3 }),
    lifecycle: of === 'step' ? fc.constant(undefined) : maybe({ preStop: { exec: { command: ['sleep', '20'] } } }),
  })

const sidecar = container('sidecar').map((made) => ({ ...made, restartPolicy: 'Always' }))

const pod = fc
  .record({
    name,
    finalizers: fc.option(fc.constant(['x/y']), { nil: undefined, freq: 5 }),
    spec: fc.record({
      nodeName: node,
      restartPolicy: fc.constantFrom('Always', 'Never', 'OnFailure'),
      terminationGracePeriodSeconds: fc.constantFrom(0, 1, 30),
      initContainers: fc.subarray([0, 1]).chain((which) => fc.tuple(...[container('step'), sidecar].filter((_, i) => which.includes(i)))),
      containers: fc.tuple(container('app')),
      tolerations: maybe([{ operator: 'Exists' }]),
    }),
  })
  .map(({ name, finalizers, spec }) => stringify(JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, finalizers }, spec }))))

const outside: fc.Arbitrary<NodeAction> = fc.oneof(
  node.map((fail) => ({ fail })),
  node.map((recover) => ({ recover })),
  node.map((remove) => ({ remove })),
  node.map((name) => ({ add: { name } })),
)

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: pod.map((stdin): Step => ({ run: 'kubectl create -f -', stdin })) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(name, fc.constantFrom('', '--grace-period=1', '--grace-period=0 --force'))
          .map(([of, grace]): Step => ({ run: `kubectl delete pod ${of} --wait=false ${grace}` })),
      },
      { weight: 4, arbitrary: outside.map((what): Step => ({ node: what })) },
    ),
    fc.constantFrom(0.05, 0.5, 2, 10, 70, 400),
  )
  .map(([what, wait]) => ({ ...what, wait, settle: false }))

const backAgain = nodes.flatMap((name): Step[] => [
  { node: { add: { name } }, settle: false },
  { node: { recover: name }, settle: false },
])

/** A session at whose end every kubelet runs and all is quiet. */
export const podScenario: fc.Arbitrary<Scenario> = fc
  .record({ version: fc.constantFrom('1.23', '1.28', '1.33', '1.36'), steps: fc.array(step, { minLength: 2, maxLength: 12 }) })
  .map(({ version, steps }) => ({
    id: 'property',
    title: 'A random session about pods',
    version,
    nodes: nodes.map((name) => ({ name })),
    steps: [...steps, ...backAgain, { wait: 600, settle: false }],
  }))
