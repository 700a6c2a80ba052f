/** CH: what changed about kubelets, evictions and nodes. */
import { describe } from 'vitest'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Bench, pod } from './bench.ts'
import { type ChangeCase, testChanges } from './each-change.ts'

const one = (version: KubernetesVersion) => new Bench(version, [{ name: 'a' }], 'believable')

/** A pod that has run; the texts of its container events. */
function lifeTexts(version: KubernetesVersion): Record<string, string | undefined> {
  const bench = one(version)
  bench.apply(pod('p'))
  const texts = Object.fromEntries(
    ['Pulled', 'Created', 'Started'].map((reason) => [
      reason,
      bench
        .events(reason)[0]
        ?.replaceAll(/\d+\.\d+s|\d+ms/g, 'T')
        .replaceAll(/\d{4,}/g, 'N'),
    ]),
  )
  bench.apply(pod('q'))
  return { ...texts, Present: bench.events('Pulled')[1] }
}

function deletedPhase(version: KubernetesVersion): unknown {
  const bench = one(version)
  bench.apply(pod('p'))
  bench.run('kubectl delete pod p --wait=false', undefined, 0)
  const phases = new Set<string | undefined>()
  while (bench.pod('p') && bench.cluster.step()) phases.add(bench.pod('p')?.status.phase)
  phases.delete(undefined)
  return [...phases]
}

function crashText(version: KubernetesVersion): unknown {
  const bench = one(version)
  bench.fault({ crashingImages: { images: ['c:1'] } })
  bench.apply(pod('p'), 60)
  const uid = bench.pod('p')?.metadata.uid ?? '?'
  return bench.events('BackOff')[0]?.replace(uid, 'UID')
}

/** A pod bound by hand to a node that is too small for it, or that has a NoExecute taint. */
function rejected(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a', labels: { disk: 'ssd' } }], 'believable')
  bench.apply(pod('p', { nodeName: 'a', nodeSelector: { disk: 'hdd' } }), 3)
  return bench.pod('p')?.status.message
}

function evictionText(version: KubernetesVersion): unknown {
  const bench = one(version)
  bench.apply(pod('p'))
  bench.fault({ evict: { name: 'a' } } as never)
  return bench.pod('p')?.status.message?.replace(/\d+[KM]i/g, 'N')
}

/** A container that is not to be restarted in a pod whose others would be. */
function ownPolicy(version: KubernetesVersion): unknown {
  const bench = one(version)
  const said = bench.apply(pod('p', { containers: [{ name: 'c', image: 'c:1', restartPolicy: 'Never' }] }))
  if (!bench.pod('p')) return said.trim().split('Forbidden: ')[1]
  bench.fault({ crash: { pod: 'p', exitCode: 1 } } as never)
  bench.cluster.settle()
  return bench.pod('p')?.status.phase
}

function restartAll(version: KubernetesVersion): unknown {
  const restartPolicyRules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } }]
  const said = one(version).apply(pod('p', { containers: [{ name: 'c', image: 'c:1', restartPolicy: 'Never', restartPolicyRules }] }))
  return said.trim().split(/Unsupported value: |pod\//)[1]
}

function taintRejection(version: KubernetesVersion): unknown {
  const bench = one(version)
  bench.run('kubectl taint node a x=y:NoExecute')
  bench.apply(pod('p', { nodeName: 'a' }), 3)
  return bench.events('TaintToleration').length
}

/** These fields of the statuses of two containers that run, as kubectl prints them. */
function statusFields(version: KubernetesVersion, fields: readonly string[]): unknown {
  const bench = one(version)
  const resources = { requests: { cpu: '100m' }, limits: { memory: '1Gi' } }
  bench.apply(
    pod('p', {
      securityContext: { runAsGroup: 3000, fsGroup: 2000 },
      containers: [
        { name: 'a', image: 'a:1', resources, securityContext: { runAsUser: 1000 } },
        { name: 'b', image: 'b:1', securityContext: { runAsUser: 0 } },
      ],
    }),
  )
  const statuses = JSON.parse(bench.run('kubectl get pod p -o json')).status.containerStatuses as Record<string, unknown>[]
  return statuses.map((status) => Object.fromEntries(fields.flatMap((field) => (field in status ? [[field, status[field]]] : []))))
}

/** A pod with 100m of cpu and 1Gi of memory at most, whose container is to have something else. */
function resized(version: KubernetesVersion, resources: object) {
  const bench = one(version)
  bench.apply(pod('p', { containers: [{ name: 'c', image: 'c:1', resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } } }] }))
  const patch = JSON.stringify({ spec: { containers: [{ name: 'c', resources }] } })
  const said = bench.run(`kubectl patch pod p --subresource resize -p '${patch}'`).trim()
  const { cpu } = bench.pod('p')?.status.containerStatuses?.[0]?.resources?.requests ?? {}
  return { said, cpu, events: ['ResizeStarted', 'ResizeCompleted'].flatMap((reason) => bench.events(reason)).map((text) => text.split(':')[0]) }
}

function pullBackOff(version: KubernetesVersion): unknown {
  const bench = one(version)
  bench.fault({ brokenImages: ['broken'] })
  bench.apply(pod('p', { containers: [{ name: 'c', image: 'c:broken' }] }), 30)
  const waiting = bench.pod('p')?.status.containerStatuses?.[0]?.state?.waiting
  return [
    waiting?.reason,
    (waiting?.message ?? '').startsWith('Back-off pulling image "c:broken"'),
    (waiting?.message ?? '').includes('ErrImagePull: '),
  ]
}

/** When a silent node turns Unknown, in seconds. */
function noticedAfter(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }, { name: 'b' }])
  bench.cluster.runFor(20_000)
  const start = bench.cluster.nowMs
  bench.fault({ fail: 'a' })
  const isKnown = () => bench.cluster.core.state.tables.Node.get('a')?.status.conditions?.find((c) => c.type === 'Ready')?.status === 'True'
  while (isKnown()) bench.cluster.step()
  const seconds = (bench.cluster.nowMs - start) / 1000
  return seconds >= 30 && seconds <= 45 ? '40 s' : seconds > 40 && seconds <= 55 ? '50 s' : seconds
}

/** A dead node is marked out of service: its terminating pods. */
function outOfService(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }, { name: 'b' }])
  bench.apply(pod('p', { nodeName: 'a' }))
  bench.fault({ fail: 'a' })
  bench.cluster.runFor(60_000)
  bench.run('kubectl taint node a node.kubernetes.io/out-of-service=nodeshutdown:NoExecute', undefined, 60)
  return bench.pod('p') ? 'terminates for ever' : 'gone'
}

function evictionSource(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }])
  bench.apply(pod('p', { nodeName: 'a' }))
  bench.run('kubectl taint node a x=y:NoExecute')
  return bench.cluster.client.list('Event').items.flatMap((e) => {
    const event = e as { reason?: string; source?: { component?: string } }
    return event.reason === 'TaintManagerEviction' ? [event.source?.component] : []
  })
}

function evictedConditions(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }])
  bench.apply(pod('p', { nodeName: 'a', terminationGracePeriodSeconds: 30 }))
  bench.run('kubectl taint node a x=y:NoExecute', undefined, 0.05)
  return bench.conditions('p').includes('DisruptionTarget')
}

/** Generation, that of the status and those of the conditions: created, tolerations changed, deleted. */
function generations(version: KubernetesVersion): unknown {
  const bench = one(version)
  const seen = () => {
    const { metadata, status } = bench.pod('p') ?? {}
    const conditions = [...new Set(status?.conditions?.map((c) => c.observedGeneration))]
    return [metadata?.generation, status?.observedGeneration, ...conditions]
  }
  bench.apply(pod('p', { containers: [{ name: 'c', image: 'c:1', lifecycle: { preStop: { sleep: { seconds: 5 } } } }] }))
  const created = seen()
  bench.run(`kubectl patch pod p --type json -p '[{"op":"add","path":"/spec/tolerations/-","value":{"key":"a","operator":"Exists"}}]'`, undefined, 1)
  bench.run('kubectl label pod p a=b', undefined, 1)
  const changed = seen()
  bench.run('kubectl delete pod p --wait=false', undefined, 1)
  return [created, changed, seen()]
}

function sidecar(version: KubernetesVersion): unknown {
  const bench = one(version)
  bench.apply(pod('p', { initContainers: [{ name: 's', image: 's:1', restartPolicy: 'Always' }] }))
  const { spec, status } = bench.pod('p') ?? {}
  return [spec?.initContainers?.[0]?.restartPolicy, ...Object.keys(status?.initContainerStatuses?.[0]?.state ?? {}), status?.phase]
}

function scheduledLabels(version: KubernetesVersion): unknown {
  const zone = 'topology.kubernetes.io/zone'
  const bench = new Bench(version, [{ name: 'a', labels: { [zone]: 'z1', 'topology.kubernetes.io/region': 'r', disk: 'ssd' } }])
  bench.apply(pod('p'))
  bench.apply(pod('q', { nodeName: 'a' }, { [zone]: 'own' }))
  return ['p', 'q'].map((name) => Object.values(bench.pod(name)?.metadata.labels ?? {}).sort())
}

const cases: ChangeCase[] = [
  // in 1.34 the policy is thrown away
  { change: 'containerRestartRules', play: ownPolicy, before: 'Running', since: 'Failed' },
  { change: 'restartAllContainers', play: restartAll, before: '"RestartAllContainers": supported values: "Restart"', since: 'p created' },
  { change: 'sidecarContainers', play: sidecar, before: [undefined, 'terminated', 'Running'], since: ['Always', 'running', 'Running'] },
  {
    change: 'podGeneration',
    play: generations,
    before: [
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
    ],
    since: [
      [1, undefined, undefined],
      [2, undefined, undefined],
      [3, undefined, undefined],
    ],
  },
  {
    change: 'podObservedGeneration',
    play: generations,
    before: [
      [1, undefined, undefined],
      [2, undefined, undefined],
      [3, undefined, undefined],
    ],
    since: [
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ],
  },
  {
    change: 'podTopologyLabels',
    play: scheduledLabels,
    before: [['p'], ['own']],
    since: [
      ['p', 'r', 'z1'],
      ['own', 'r'],
    ],
  },
  {
    change: 'pullTimesBoth',
    play: (v) => lifeTexts(v).Pulled,
    before: 'Successfully pulled image "c:1" in T',
    since: 'Successfully pulled image "c:1" in T (T including waiting)',
  },
  {
    change: 'imageSizeText',
    play: (v) => lifeTexts(v).Pulled,
    before: 'Successfully pulled image "c:1" in T (T including waiting)',
    since: 'Successfully pulled image "c:1" in T (T including waiting). Image size: N bytes.',
  },
  { change: 'createdContainerColon', play: (v) => lifeTexts(v).Created, before: 'Created container c', since: 'Created container: c' },
  {
    change: 'kubeletShortTexts',
    play: (v) => Object.values(lifeTexts(v)).slice(1),
    before: ['Created container: c', 'Started container c', 'Container image "c:1" already present on machine'],
    since: ['Container created', 'Container started', 'Container image "c:1" already present on machine and can be accessed by the pod'],
  },
  { change: 'terminalPhaseOnDelete', play: deletedPhase, before: ['Running'], since: ['Running', 'Succeeded'] },
  {
    change: 'backOffNamesContainer',
    play: crashText,
    before: 'Back-off restarting failed container',
    since: 'Back-off restarting failed container c in pod p_default(UID)',
  },
  {
    change: 'evictionThresholdText',
    play: evictionText,
    before: 'The node was low on resource: memory. Container c was using N, which exceeds its request of 0. ',
    since:
      'The node was low on resource: memory. Threshold quantity: N, available: N. Container c was using N, request is 0, has larger consumption of memory. ',
  },
  {
    change: 'kubeletRejectedText',
    play: rejected,
    before: 'Pod Predicate NodeAffinity failed',
    since: 'Pod was rejected: Predicate NodeAffinity failed',
  },
  {
    change: 'predicateDescribed',
    play: rejected,
    before: 'Pod was rejected: Predicate NodeAffinity failed',
    since: "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  },
  { change: 'taintAdmissionByKubelet', play: taintRejection, before: 0, since: 1 },
  { change: 'pullBackOffNamesError', play: pullBackOff, before: ['ImagePullBackOff', true, false], since: ['ImagePullBackOff', true, true] },
  {
    change: 'coreEventsNameReporter',
    play: (v) => {
      const b = one(v)
      b.apply(pod('p'))
      return b.run(`kubectl get events --field-selector reason=Started -o jsonpath='{.items[*].reportingComponent}/{.items[*].reportingInstance}'`)
    },
    before: '/',
    since: 'kubelet/a',
  },
  {
    change: 'hostIps',
    play: (v) => {
      const b = one(v)
      b.apply(pod('p'))
      return b.pod('p')?.status.hostIPs?.length ?? 0
    },
    before: 0,
    since: 1,
  },
  {
    change: 'podReadyToStartContainers',
    play: (v) => {
      const b = one(v)
      b.apply(pod('p'))
      return b.conditions('p').includes('PodReadyToStartContainers')
    },
    before: false,
    since: true,
  },
  {
    change: 'containerStatusResources',
    play: (v) => statusFields(v, ['allocatedResources', 'resources']),
    before: [{}, {}],
    since: [
      { allocatedResources: { cpu: '100m', memory: '1Gi' }, resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } } },
      { resources: {} },
    ],
  },
  {
    change: 'podResize',
    play: (v) => {
      const { said, cpu } = resized(v, { requests: { cpu: '200m' } })
      return [said, cpu]
    },
    before: ['Error from server (NotFound): the server could not find the requested resource', undefined],
    since: ['pod/p patched', '200m'],
  },
  {
    change: 'memoryLimitLowered',
    play: (v) =>
      resized(v, { requests: { memory: '512Mi' }, limits: { memory: '512Mi' } })
        .said.split('Forbidden: ')
        .at(-1),
    before: 'memory limits cannot be decreased unless resizePolicy is RestartContainer',
    since: 'pod/p patched',
  },
  {
    change: 'resizeEvents',
    play: (v) => resized(v, { requests: { cpu: '200m' } }).events,
    before: [],
    since: ['Pod resize started', 'Pod resize completed'],
  },
  {
    change: 'containerStatusUser',
    play: (v) => statusFields(v, ['user']),
    before: [{}, {}],
    since: [
      { user: { linux: { uid: 1000, gid: 3000, supplementalGroups: [3000, 2000] } } },
      { user: { linux: { uid: 0, gid: 3000, supplementalGroups: [3000, 2000] } } },
    ],
  },
  { change: 'monitorGrace50s', play: noticedAfter, before: '40 s', since: '50 s' },
  { change: 'outOfServiceTaint', play: outOfService, before: 'terminates for ever', since: 'gone' },
  { change: 'taintEvictionController', play: evictionSource, before: ['taint-controller'], since: ['taint-eviction-controller'] },
  { change: 'disruptionConditions', where: 'taint', play: evictedConditions, before: false, since: true },
]

describe('kubelets and nodes', () => testChanges(cases))
