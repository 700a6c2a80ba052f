/** CH: what changed about scheduling, and its texts (SCH-6, SCH-8). */
import { describe, expect, it } from 'vitest'
import type { KubeEvent } from '#k8s/types.ts'
import { type KubernetesVersion, versions } from '#k8s/version.ts'
import { Bench, daemonSet, deployment, pod } from './bench.ts'
import { type ChangeCase, testChanges } from './each-change.ts'

const asking = (cpu: string, more: object = {}, other: object = {}) => ({
  containers: [{ name: 'c', image: 'c:1', resources: { requests: { cpu, ...other } } }],
  ...more,
})

/** The scheduler's condition on a pod that fits nowhere: one of three nodes is tainted, the others are too small. */
function pendingText(version: KubernetesVersion): string {
  const bench = new Bench(version, [
    { name: 'a', cpu: '1' },
    { name: 'b', cpu: '1' },
    { name: 'c', taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] },
  ])
  bench.apply(pod('full-a', asking('800m', { nodeName: 'a' })))
  bench.apply(pod('full-b', asking('800m', { nodeName: 'b' })))
  bench.apply(pod('p', asking('500m')), 1)
  return bench.pod('p')?.status.conditions?.find((c) => c.type === 'PodScheduled')?.message ?? ''
}

/** A daemon pod pinned to the one of three nodes that is full (SCH-6.10). */
function pinnedText(version: KubernetesVersion): string {
  const bench = new Bench(version, [{ name: 'a' }, { name: 'b' }, { name: 'c', cpu: '1', labels: { pick: 'me' } }])
  bench.apply(pod('full', asking('800m', { nodeName: 'c' })))
  bench.apply(daemonSet('agent', { pod: asking('500m', { nodeSelector: { pick: 'me' } }) }), 1)
  return bench.pod('agent')?.status.conditions?.find((c) => c.type === 'PodScheduled')?.message ?? ''
}

const firstPart = (text: string) => text.split(' preemption:')[0]?.split(' no new claims')[0]

/** A critical pod preempts. */
function preempted(version: KubernetesVersion): Bench {
  const bench = new Bench(version, [{ name: 'a', cpu: '1' }])
  bench.apply(pod('low', asking('800m')))
  bench.apply(pod('high', asking('500m', { priorityClassName: 'system-node-critical' })), 0.05)
  return bench
}

const preemptedText = (version: KubernetesVersion) => {
  const bench = preempted(version)
  const uid = bench.pod('high')?.metadata.uid ?? '?'
  return bench.events('Preempted').map((text) => text.replace(uid, 'UID'))
}

/** Node and nomination of a pod that took another's place. */
function nominatedAfterwards(version: KubernetesVersion): unknown[] {
  const bench = preempted(version)
  bench.cluster.runFor(60_000)
  const high = bench.pod('high')
  return [high?.spec.nodeName, high?.status.nominatedNodeName]
}

/** Selectors of a pod's affinity and spread constraint, which take a value from the pod itself. */
function ownKeys(version: KubernetesVersion): unknown[] {
  const bench = new Bench(version, [{ name: 'a' }])
  const term = { topologyKey: 'zone', labelSelector: {}, matchLabelKeys: ['app'] }
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
  const topologySpreadConstraints = [{ ...term, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' }]
  bench.apply(pod('p', { affinity, topologySpreadConstraints }))
  const spec = bench.pod('p')?.spec
  const terms = [spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[0], spec?.topologySpreadConstraints?.[0]]
  return terms.map((t) => (t?.labelSelector?.matchExpressions ? 'written out' : 'as given'))
}

/** How often the events about a pod that fits nowhere say they happened, after several attempts. */
function repeats(version: KubernetesVersion): unknown[] {
  const bench = new Bench(version, [{ name: 'a', cpu: '1' }])
  bench.apply(pod('p', asking('5')), 1000)
  const events = bench.cluster.client.list('Event', { fieldSelector: 'reason=FailedScheduling' }).items as KubeEvent[]
  return events.map(({ series }) => series?.count)
}

/** A pod that could never fit, on a node with a victim. */
function tooBig(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a', cpu: '1' }])
  bench.apply(pod('low', asking('800m')))
  bench.apply(pod('high', asking('5', { priorityClassName: 'system-node-critical' })), 1)
  return /preemption: (.*)$/.exec(bench.pod('high')?.status.conditions?.find((c) => c.type === 'PodScheduled')?.message ?? '')?.[1]
}

/** A pod that another one repels, half a minute after that one went. */
function repelled(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }])
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: {} }
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
  bench.apply(pod('loner', { affinity, terminationGracePeriodSeconds: 0 }))
  bench.apply(pod('p'), 1)
  bench.run('kubectl delete pod loner', undefined, 1)
  bench.cluster.runFor(30_000)
  return bench.pod('p')?.spec.nodeName ?? 'waits'
}

/** A pod that another keeps off the only node, and a second node joins. */
function keptOff(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }])
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: {} }
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
  bench.apply(pod('loner', { affinity }))
  bench.apply(pod('p', { affinity }), 1)
  bench.cluster.fault({ add: [{ name: 'b' }] }, 'join')
  bench.cluster.runFor(30_000)
  return bench.pod('p')?.spec.nodeName ?? 'waits'
}

/** How often scheduling has failed. */
const attempts = (bench: Bench): number =>
  (bench.cluster.client.list('Event').items as KubeEvent[]).reduce(
    (n, e) => (e.reason === 'FailedScheduling' ? n + (e.series?.count ?? e.count ?? 1) : n),
    0,
  )

/** Nothing changes that could help an unschedulable pod; time passes. */
function retries(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a', cpu: '1' }])
  bench.apply(pod('big', asking('5')), 1)
  const before = attempts(bench)
  bench.cluster.runFor(200_000)
  return attempts(bench) > before ? 'tried again' : 'waits'
}

/** A pod without requests: to the emptier node, or to the one whose cpu and memory are equally used (SCH-5.5, worked out by hand). */
function balance(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'emptier' }, { name: 'balanced' }])
  bench.apply(pod('x', { nodeName: 'emptier', ...asking('3200m') }))
  bench.apply(pod('y', { nodeName: 'balanced', ...asking('2', {}, { memory: '4Gi' }) }))
  bench.apply(pod('z'))
  return bench.pod('z')?.spec.nodeName
}

function gated(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }])
  bench.run('kubectl apply --validate=false -f -', JSON.stringify(pod('p', { schedulingGates: [{ name: 'example.org/wait' }] })))
  return bench.pod('p')?.spec.nodeName ?? 'waits'
}

const lastStops = (version: KubernetesVersion) => /\.*$/.exec(pendingText(version))?.[0]

/** A Service-less Deployment's second pod: beside the first on the empty node, or on one of two full ones (SCH-5.8, worked out by hand). */
function spread(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }, { name: 'b' }, { name: 'c' }])
  const filling = (name: string, nodeName: string) => pod(name, { nodeName, ...asking('3', {}, { memory: '6Gi' }) })
  bench.apply(filling('x', 'b'))
  bench.apply(filling('y', 'c'))
  bench.apply(deployment('web', { spec: { replicas: 1 } }))
  bench.run('kubectl scale deploy web --replicas=2')
  const web = bench.pods().filter((p) => p.metadata.labels?.app === 'web')
  return web.map((p) => (p.spec.nodeName === 'a' ? 'empty node' : 'full node')).sort()
}

/** A pod in back-off whose obstacle goes: is it bound at once? */
function earlyOutOfBackOff(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a', cpu: '1' }])
  bench.apply(pod('low', asking('800m')))
  bench.apply(pod('next', asking('800m')), 0.1)
  bench.run('kubectl delete pod low --grace-period=0 --force', undefined, 0.2)
  return bench.pod('next')?.spec.nodeName ?? 'still in back-off'
}

/** A pod that no node takes, for its affinity on one and for a taint on the other, and a change of the first that cures neither (SCH-7.5, SCH-7.7). */
function uselessChange(version: KubernetesVersion): unknown {
  const bench = new Bench(version, [{ name: 'a' }, { name: 'b', taints: [{ key: 'x', effect: 'NoSchedule' }] }])
  const near = { labelSelector: { matchLabels: { app: 'nobody' } }, topologyKey: 'kubernetes.io/hostname' }
  bench.apply(pod('p', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [near] } } }), 2)
  const before = attempts(bench)
  bench.run('kubectl taint node a x=y:PreferNoSchedule', undefined, 15)
  return attempts(bench) - before
}

const oneReason = '1 node(s) had'

const cases: ChangeCase[] = [
  {
    change: 'untoleratedTaintText',
    play: (v) => firstPart(pendingText(v)),
    before: `0/3 nodes are available: ${oneReason} taint {dedicated: gpu}, that the pod didn't tolerate, 2 Insufficient cpu.`,
    since: `0/3 nodes are available: ${oneReason} untolerated taint {dedicated: gpu}, 2 Insufficient cpu.`,
  },
  {
    change: 'taintTextWithoutKey',
    play: (v) => firstPart(pendingText(v)),
    before: `0/3 nodes are available: ${oneReason} untolerated taint {dedicated: gpu}, 2 Insufficient cpu.`,
    since: `0/3 nodes are available: ${oneReason} untolerated taint(s), 2 Insufficient cpu.`,
  },
  { change: 'preemptionText', play: (v) => pendingText(v).includes('preemption: 0/3 nodes are available'), before: false, since: true },
  { change: 'doubledFullStop', play: lastStops, before: '.', since: '..' },
  { change: 'singleFullStop', play: lastStops, before: '..', since: '.' },
  {
    change: 'preFilterResult',
    play: (v) => firstPart(pinnedText(v)),
    before: "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector.",
    since: '0/3 nodes are available: 1 Insufficient cpu.',
  },
  {
    change: 'otherNodesCountedAsPlugin',
    play: (v) => firstPart(pinnedText(v)),
    before: '0/3 nodes are available: 1 Insufficient cpu.',
    since: "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
  },
  { change: 'dynamicResourcesText', play: (v) => pendingText(v).includes('no new claims to deallocate, preemption: '), before: false, since: true },
  { change: 'preemptedByAPodText', play: preemptedText, before: ['Preempted by default/high on node a'], since: ['Preempted by a pod on node a'] },
  { change: 'preemptedByUidText', play: preemptedText, before: ['Preempted by a pod on node a'], since: ['Preempted by pod UID on node a'] },
  {
    change: 'disruptionConditions',
    where: 'preemption',
    play: (v) => preempted(v).conditions('low').includes('DisruptionTarget'),
    before: false,
    since: true,
  },
  {
    change: 'requestBeyondNodeIsFinal',
    play: tooBig,
    before: '0/1 nodes are available: 1 Insufficient cpu.',
    since: '0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  },
  { change: 'unschedulableRetry5m', play: retries, before: 'tried again', since: 'waits' },
  { change: 'bestEffortSkipsBalance', play: balance, before: 'balanced', since: 'emptier' },
  { change: 'spreadScoreRounded', play: spread, before: ['empty node', 'empty node'], since: ['empty node', 'full node'] },
  { change: 'seriesCountsFirst', play: repeats, before: [undefined, 1], since: [undefined, 2] },
  { change: 'affinityLabelKeys', play: ownKeys, before: ['as given', 'as given'], since: ['written out', 'as given'] },
  { change: 'spreadLabelKeysWritten', play: ownKeys, before: ['written out', 'as given'], since: ['written out', 'written out'] },
  { change: 'bindingClearsNomination', play: nominatedAfterwards, before: ['a', 'a'], since: ['a', undefined] },
  { change: 'popFromBackoffQ', play: earlyOutOfBackOff, before: 'still in back-off', since: 'a' },
  { change: 'affinityHintsBothWays', play: repelled, before: 'waits', since: 'a' },
  { change: 'newNodesWakeAffinity', play: keptOff, before: 'waits', since: 'b' },
  { change: 'queueingHints', play: uselessChange, before: 1, since: 0 },
  { change: 'schedulingGates', play: gated, before: 'a', since: 'waits' },
]

describe('the scheduler', () => testChanges(cases))

it.each(versions)('SCH-7.5: %s: a pod for which there was no room is tried when a new node has become ready', (version) => {
  const bench = new Bench(version, [{ name: 'a', cpu: '1' }])
  bench.apply(pod('full', asking('800m')))
  bench.apply(pod('p', asking('500m')), 1)
  bench.cluster.fault({ add: [{ name: 'b' }] }, 'join')
  bench.cluster.runFor(20_000)
  expect(bench.pod('p')?.spec.nodeName).toBe('b')
})
