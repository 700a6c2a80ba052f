/** DS-18: what changed about DaemonSets. */
import { describe } from 'vitest'
import type { DaemonSet } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Bench, daemonSet } from './bench.ts'
import { type ChangeCase, testChanges } from './each-change.ts'

const statusOf = (bench: Bench, name = 'agent') => (bench.cluster.client.get({ kind: 'DaemonSet', namespace: 'default', name }) as DaemonSet).status
const rolling = (rollingUpdate: object) => ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate } })
const nodes = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `n${i}` }))

/** A DaemonSet whose template is what an orphaned pod of generation 1 was not made from. */
function adoptedOfGeneration1(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(1))
  bench.apply(daemonSet('agent'))
  const [pod] = bench.pods()
  bench.run('kubectl delete ds agent --cascade=orphan')
  bench.run('kubectl delete controllerrevisions --all')
  bench.apply(daemonSet('agent', { image: 'c:2' }))
  return bench.pods().map((p) => (p.metadata.name === pod?.metadata.name ? 'kept' : 'replaced'))
}

/** A namespace that is going takes no new pods: creating them fails. Here: a template whose priority class is missing. */
function statusDespiteErrors(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(2))
  bench.apply(daemonSet('agent', { pod: { priorityClassName: 'missing' } }))
  return statusOf(bench).desiredNumberScheduled
}

function succeededPod(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(1))
  bench.apply(daemonSet('agent'))
  const [pod] = bench.pods()
  const ref = { kind: 'Pod', namespace: 'default', name: pod?.metadata.name ?? '' } as const
  bench.cluster.core.commit('test', 'status', `default/${ref.name}`, pod, {
    ...(pod as NonNullable<typeof pod>),
    status: { ...pod?.status, phase: 'Succeeded' },
  })
  bench.cluster.settle()
  return [bench.pods().some((p) => p.metadata.name === ref.name) ? 'stays' : 'replaced', bench.events('SucceededDaemonPod').length]
}

/** A Failed pod that a finalizer holds. */
function heldFailedPod(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(1))
  bench.apply(daemonSet('agent'))
  const name = bench.pods()[0]?.metadata.name ?? ''
  bench.run(`kubectl patch pod ${name} -p '{"metadata":{"finalizers":["example.org/hold"]}}'`)
  bench.fault({ podFails: { name: 'n0', app: 'agent' } })
  bench.cluster.runFor(20_000)
  return bench
    .pods()
    .map((p) => p.status.phase)
    .sort()
}

/** A surge rollout with a node that got an untolerated NoSchedule taint after its pod had come. */
function surgeOnTaintedNode(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(2))
  bench.apply(daemonSet('agent', { spec: rolling({ maxSurge: 1, maxUnavailable: 0 }) }))
  bench.run('kubectl taint node n0 a=b:NoSchedule')
  bench.run('kubectl set image ds/agent c=c:2')
  bench.cluster.runFor(60_000)
  return bench
    .pods()
    .map((p) => `${p.spec.nodeName ?? 'pending'} ${p.spec.containers[0]?.image}`)
    .sort()
}

/** A second template change while the pods of the first one are not ready (DS-10.8). */
function secondBadUpdate(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(4))
  bench.fault({ brokenImages: ['broken'] })
  bench.apply(daemonSet('agent', { spec: rolling({ maxUnavailable: 1 }) }))
  bench.run('kubectl set image ds/agent c=c:broken')
  bench.run('kubectl set image ds/agent c=c:broken2')
  return statusOf(bench).numberReady
}

/** An untolerated NoSchedule taint on a node that runs the pod (DS-1.14). */
function taintUnderPod(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(2))
  bench.apply(daemonSet('agent'))
  bench.run('kubectl taint node n0 a=b:NoSchedule')
  const { desiredNumberScheduled, numberMisscheduled } = statusOf(bench)
  return [desiredNumberScheduled, numberMisscheduled]
}

/** …and then its removal, when something else had made the controller count the pod as misscheduled. */
function taintRemoved(version: KubernetesVersion): unknown {
  const bench = new Bench(version, nodes(2))
  bench.apply(daemonSet('agent'))
  bench.run('kubectl taint node n0 a=b:NoSchedule')
  bench.run('kubectl annotate ds agent note=1')
  const tainted = statusOf(bench).numberMisscheduled
  bench.run('kubectl taint node n0 a-')
  return [tainted, statusOf(bench).numberMisscheduled]
}

/** A sync in the very millisecond in which minReadySeconds are over: does the pod count? */
function availableAtBoundary(version: KubernetesVersion): unknown {
  const countedWhenAsked = (msBefore: number): number => {
    const bench = new Bench(version, nodes(1))
    bench.apply(daemonSet('agent', { spec: { minReadySeconds: 5 } }), 0)
    while (!bench.conditions('agent').includes('Ready')) bench.cluster.step()
    const boundaryMs = Math.floor(bench.cluster.nowMs / 1000) * 1000 + 5000
    bench.cluster.runUntil(boundaryMs - msBefore)
    bench.run('kubectl annotate ds agent note=1', undefined, 0)
    bench.cluster.runUntil(boundaryMs)
    return statusOf(bench).numberAvailable ?? 0
  }
  // one of these is the time from a write to the sync it causes
  return Math.max(...[2, 3, 4, 5].map(countedWhenAsked))
}

const cases: ChangeCase[] = [
  { change: 'templateGenerationCounts', play: adoptedOfGeneration1, before: ['replaced'], since: ['kept'] },
  { change: 'statusWrittenOnError', play: statusDespiteErrors, before: 0, since: 2 },
  { change: 'succeededPodsDeleted', play: succeededPod, before: ['stays', 0], since: ['replaced', 1] },
  { change: 'terminalTerminatingIgnored', play: heldFailedPod, before: ['Failed'], since: ['Failed', 'Running'] },
  { change: 'surgeSunset', play: surgeOnTaintedNode, before: ['n0 c:1', 'n1 c:1', 'pending c:2'], since: ['n1 c:2'] },
  { change: 'oldUnavailableCounts', play: secondBadUpdate, before: 2, since: 3 },
  { change: 'nodeQueue', play: taintUnderPod, before: [1, 1], since: [2, 0] },
  { change: 'nodeQueueMisscheduled', play: taintRemoved, before: [1, 1], since: [1, 0] },
  { change: 'availableAtBoundary', play: availableAtBoundary, before: 0, since: 1 },
]

describe('DaemonSets', () => testChanges(cases))
