/** Random steps of a scenario: what a person may do to a cluster, by kubectl and outside Kubernetes. */
import fc from 'fast-check'
import type { NodeAction, Step } from '#scenario/format.ts'
import { machine } from './machine-arbitrary.ts'
import { daemonSetManifest, daemonSetNames, deploymentManifest, images, labelPool, nodeNames, podManifest, taintPool } from './manifest-arbitrary.ts'

const node = fc.constantFrom(...nodeNames)
const set = fc.constantFrom(...daemonSetNames)
const app = fc.constantFrom(...daemonSetNames, 'web')
const one = <T extends string>(...words: T[]) => fc.constantFrom(...words)

/** A command line from parts; empty parts are left out. */
const line = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((words) => words.filter(Boolean).join(' '))

const labelChange = fc.oneof(
  fc.constantFrom(...Object.entries(labelPool).flatMap(([key, values]) => values.map((value) => `${key}=${value} --overwrite`))),
  fc.constantFrom(...Object.keys(labelPool).map((key) => `${key}-`)),
)

const taintText = fc.constantFrom(...taintPool).map((t) => `${t.key}${'value' in t ? `=${t.value}` : ''}:${t.effect}`)
const untaintText = fc.constantFrom(...taintPool).chain((t) => one(`${t.key}-`, `${t.key}:${t.effect}-`))

const strategyPatch = fc.constantFrom(
  '{"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}',
  '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":1,"maxSurge":0}}}}',
  '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"50%","maxSurge":0}}}}',
  '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":0,"maxSurge":2}}}}',
  '{"spec":{"minReadySeconds":4}}',
  '{"spec":{"template":{"spec":{"nodeSelector":{"disk":"ssd"}}}}}',
  '{"spec":{"template":{"spec":{"nodeSelector":null,"affinity":null}}}}',
  '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}',
  '{"spec":{"selector":{"matchLabels":{"app":"other"}}}}',
)

const nodeCommand = fc.oneof(
  { weight: 4, arbitrary: line('kubectl taint node', node, taintText, one('', '--overwrite')) },
  { weight: 3, arbitrary: line('kubectl taint node', node, untaintText) },
  { weight: 4, arbitrary: line('kubectl label node', node, labelChange) },
  line('kubectl cordon', node),
  line('kubectl uncordon', node),
  line('kubectl drain', node, '--ignore-daemonsets', one('', '--force', '--force --disable-eviction'), '--timeout=20s'),
  line('kubectl drain', node),
  line('kubectl delete node', node),
)

const podCommand = fc.oneof(
  {
    weight: 2,
    arbitrary: line(
      'kubectl delete pods -l',
      app.map((a) => `app=${a}`),
      one('--wait=false', '', '--grace-period=0 --force', '--grace-period=1'),
    ),
  },
  line(
    'kubectl delete pods --field-selector',
    node.map((n) => `spec.nodeName=${n}`),
    '--wait=false',
  ),
  line('kubectl delete pod --all', one('--wait=false', '--timeout=5s')),
  line(
    'kubectl label pods -l',
    app.map((a) => `app=${a}`),
    one('app=loose', 'app=alpha', 'app=beta', 'tier=front'),
    '--overwrite',
  ),
  line(
    'kubectl label pods -l app=loose',
    app.map((a) => `app=${a}`),
    '--overwrite',
  ),
)

const setCommand = fc.oneof(
  {
    weight: 5,
    arbitrary: line(
      'kubectl set image',
      set.map((s) => `ds/${s}`),
      fc.constantFrom(...images).map((i) => `agent=${i}`),
    ),
  },
  {
    weight: 2,
    arbitrary: line(
      'kubectl rollout undo',
      set.map((s) => `ds/${s}`),
      one('', '--to-revision=1'),
    ),
  },
  line(
    'kubectl rollout restart',
    set.map((s) => `ds/${s}`),
  ),
  line(
    'kubectl rollout status',
    set.map((s) => `ds/${s}`),
    '--timeout=15s',
  ),
  {
    weight: 2,
    arbitrary: line(
      'kubectl patch ds',
      set,
      strategyPatch.map((p) => `-p '${p}'`),
    ),
  },
  {
    weight: 2,
    arbitrary: line('kubectl delete ds', set, one('', '--wait=false', '--cascade=orphan', '--cascade=orphan', '--cascade=foreground --wait=false')),
  },
  line('kubectl annotate ds', set, one('note=1', 'note=2', 'note-'), '--overwrite'),
  line(
    'kubectl set resources',
    set.map((s) => `ds/${s}`),
    one('--requests=cpu=200m', '--requests=cpu=5'),
  ),
  one('100m', '300m', '2', '9').map(
    (cpu) =>
      `for p in $(kubectl get pods -o name); do kubectl patch $p --subresource resize -p '{"spec":{"containers":[{"name":"agent","resources":{"requests":{"cpu":"${cpu}"}}}]}}'; done`,
  ),
)

const deploymentCommand = fc.oneof(
  line('kubectl scale deploy web', one('--replicas=0', '--replicas=2', '--replicas=5')),
  line(
    'kubectl set image deploy/web',
    fc.constantFrom(...images).map((i) => `agent=${i}`),
  ),
  line('kubectl rollout', one('undo', 'restart', 'pause', 'resume'), 'deploy/web'),
  line('kubectl delete deploy web', one('', '--cascade=orphan')),
)

const readCommand = one(
  'kubectl get all -o wide',
  'kubectl get nodes,ds,pods --show-labels',
  'kubectl describe nodes',
  'kubectl describe ds',
  'kubectl describe pods',
  'kubectl get events',
  'kubectl rollout history ds',
  'kubectl get ds,pods -o yaml',
  'kubectl diff -f - || true',
)

const pressure = fc.constantFrom('DiskPressure', 'MemoryPressure', 'PIDPressure', 'NotReady')

export const outside: fc.Arbitrary<NodeAction> = fc.oneof(
  { weight: 2, arbitrary: machine.map((add): NodeAction => ({ add })) },
  { weight: 2, arbitrary: node.map((fail): NodeAction => ({ fail })) },
  { weight: 3, arbitrary: node.map((recover): NodeAction => ({ recover })) },
  { weight: 1, arbitrary: node.map((remove): NodeAction => ({ remove })) },
  {
    weight: 2,
    arbitrary: fc.tuple(node, pressure, fc.boolean()).map(([name, type, on]): NodeAction => ({ condition: { name, set: { [type]: on } } })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(node, app).map(([name, a]): NodeAction => ({ podFails: { name, app: a, reason: 'Evicted', message: 'low on memory' } })),
  },
)

const apply = (manifest: fc.Arbitrary<string>) => manifest.map((stdin): Step => ({ run: 'kubectl apply -f -', stdin }))
const run = (command: fc.Arbitrary<string>) => command.map((text): Step => ({ run: text }))

const action: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: apply(daemonSetManifest) },
  { weight: 1, arbitrary: apply(deploymentManifest) },
  { weight: 1, arbitrary: apply(podManifest) },
  { weight: 6, arbitrary: run(nodeCommand) },
  { weight: 3, arbitrary: run(podCommand) },
  { weight: 6, arbitrary: run(setCommand) },
  { weight: 1, arbitrary: run(deploymentCommand) },
  { weight: 1, arbitrary: run(readCommand) },
  { weight: 6, arbitrary: outside.map((what): Step => ({ node: what })) },
  { weight: 1, arbitrary: fc.constantFrom<string[]>(['broken'], ['v2'], []).map((brokenImages): Step => ({ brokenImages })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 30, 70, 400).map((wait): Step => ({ wait })) },
)

/** A step, and whether what follows waits until the cluster is quiet. */
export const step: fc.Arbitrary<Step> = fc
  .tuple(action, fc.integer({ min: 0, max: 4 }), fc.constantFrom(undefined, undefined, 0.05, 0.3, 1))
  .map(([what, n, wait]) => (n > 0 ? what : { ...what, ...(wait && what.wait === undefined && { wait }), settle: false }))

const wait = fc.constantFrom<Step>({ wait: 3 }, { wait: 20 }, { wait: 70 }, { wait: 130 }, { wait: 400 })
const alone = (step: fc.Arbitrary<Step>): fc.Arbitrary<Step[]> => step.map((one) => [one])
const atOnce = (steps: readonly Step[], last: Step): Step[] => [...steps.map((step): Step => ({ ...step, settle: false })), last]
const someNodes = fc.shuffledSubarray([...nodeNames], { minLength: 1 })

/** A few steps about nodes: machines fail together, return, go and come, in cluster times that matter to the node lifecycle controller. */
export const nodeSteps: fc.Arbitrary<Step[]> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(someNodes, wait).map(([names, last]) =>
      atOnce(
        names.map((fail) => ({ node: { fail } })),
        last,
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(someNodes, wait).map(([names, last]) =>
      atOnce(
        names.map((recover) => ({ node: { recover } })),
        last,
      ),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(node, wait).map(([remove, last]) => atOnce([{ node: { remove } }], last)) },
  {
    weight: 2,
    arbitrary: fc.tuple(someNodes, pressure, fc.boolean(), wait).map(([names, type, on, last]) =>
      atOnce(
        names.map((name) => ({ node: { condition: { name, set: { [type]: on } } } })),
        last,
      ),
    ),
  },
  { weight: 3, arbitrary: alone(outside.map((what): Step => ({ node: what }))) },
  { weight: 4, arbitrary: alone(run(nodeCommand)) },
  { weight: 1, arbitrary: alone(run(podCommand)) },
  { weight: 2, arbitrary: alone(apply(daemonSetManifest)) },
  { weight: 2, arbitrary: alone(apply(deploymentManifest)) },
)
