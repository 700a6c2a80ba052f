/** WC, CH: what changed about Deployments, StatefulSets and what kubectl shows. */
import { describe } from 'vitest'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Bench, deployment, pod, statefulSet } from './bench.ts'
import { type ChangeCase, testChanges } from './each-change.ts'

const benchOf = (version: KubernetesVersion) => new Bench(version, [{ name: 'a' }])

function withSet(version: KubernetesVersion, spec: object = {}): Bench {
  const bench = benchOf(version)
  bench.apply(statefulSet('s', { spec: { replicas: 1, ...spec } }))
  return bench
}

function scaledUp(version: KubernetesVersion): unknown {
  const bench = benchOf(version)
  bench.apply(deployment('w', { spec: { replicas: 1 } }))
  bench.run('kubectl scale deploy w --replicas=3')
  return bench.events('ScalingReplicaSet').map((text) => text.replace(/w-\w+/, 'w-HASH'))
}

function succeeded(version: KubernetesVersion): unknown {
  const bench = withSet(version)
  const before = bench.pod('s')
  if (!before) return 'no pod'
  bench.cluster.core.commit('test', 'status', 'default/s-0', before, { ...before, status: { ...before.status, phase: 'Succeeded' } })
  bench.cluster.settle()
  return bench.pod('s')?.metadata.uid === before.metadata.uid ? 'stays' : 'replaced'
}

/** A pod that its set has let go still holds the name that the next one needs. */
function nameIsTaken(version: KubernetesVersion): unknown {
  const bench = withSet(version)
  bench.run('kubectl label pod s-0 app=other --overwrite')
  return bench.run('kubectl get sts s -o jsonpath={.status.replicas}')
}

function recreated(version: KubernetesVersion): unknown {
  const bench = withSet(version)
  bench.fault({ podFails: { name: 'a', app: 's' } })
  bench.cluster.settle()
  return [bench.events('RecreatingFailedPod').length, bench.pod('s')?.status.phase]
}

function renewedBeforeAvailable(version: KubernetesVersion): unknown {
  const bench = withSet(version, { replicas: 2, minReadySeconds: 600, podManagementPolicy: 'Parallel' })
  bench.run('kubectl set image sts/s c=c:2', undefined, 120)
  return bench.pods().filter((p) => p.spec.containers[0]?.image === 'c:2').length
}

function terminatingCounted(version: KubernetesVersion): unknown {
  const bench = benchOf(version)
  bench.apply(deployment('w', { spec: { replicas: 2 } }))
  bench.run('kubectl scale deploy w --replicas=1', undefined, 0.1)
  return bench.run("kubectl get rs -o jsonpath='{.items[0].status.terminatingReplicas}'", undefined, 0)
}

function leftWithItsPods(version: KubernetesVersion): unknown {
  const bench = benchOf(version)
  bench.run('kubectl create ns team')
  bench.run('kubectl apply -n team -f -', JSON.stringify(deployment('w', { spec: { replicas: 1 } })))
  bench.run('kubectl delete ns team --wait=false', undefined, 5.05)
  return bench.run('kubectl get deploy,pods -n team -o name', undefined, 0).replace(/w-\S+/, 'w-HASH')
}

function heldTerminalPod(version: KubernetesVersion): unknown {
  const bench = benchOf(version)
  bench.apply(pod('p'))
  bench.run(`kubectl patch pod p -p '{"metadata":{"finalizers":["example.org/hold"]}}'`)
  bench.fault({ podFails: { name: 'a', app: 'p', reason: '' } })
  bench.run('kubectl delete pod p --wait=false')
  return bench.run('kubectl get pod p --no-headers').split(/\s+/)[2]
}

const cases: ChangeCase[] = [
  {
    change: 'scalingEventNamesBoth',
    play: scaledUp,
    before: ['Scaled up replica set w-HASH to 1', 'Scaled up replica set w-HASH to 3'],
    since: ['Scaled up replica set w-HASH to 1', 'Scaled up replica set w-HASH to 3 from 1'],
  },
  {
    change: 'scalingEventFromTo',
    play: scaledUp,
    before: ['Scaled up replica set w-HASH to 1', 'Scaled up replica set w-HASH to 3 from 1'],
    since: ['Scaled up replica set w-HASH from 0 to 1', 'Scaled up replica set w-HASH from 1 to 3'],
  },
  { change: 'terminatingReplicas', play: terminatingCounted, before: '', since: '1' },
  { change: 'podIndexLabel', play: (v) => withSet(v).pod('s')?.metadata.labels?.['apps.kubernetes.io/pod-index'], before: undefined, since: '0' },
  {
    change: 'claimRetentionPolicy',
    play: (v) => withSet(v).run("kubectl get sts s -o jsonpath='{.spec.persistentVolumeClaimRetentionPolicy}'"),
    before: '',
    since: '{"whenDeleted":"Retain","whenScaled":"Retain"}',
  },
  { change: 'statefulSetStatusOnError', play: nameIsTaken, before: '1', since: '0' },
  { change: 'statefulSetReplacesSucceeded', play: succeeded, before: 'stays', since: 'replaced' },
  { change: 'noRecreatingFailedPodEvent', play: recreated, before: [1, 'Running'], since: [0, 'Running'] },
  { change: 'podsOfNamespaceFirst', play: leftWithItsPods, before: 'pod/w-HASH\n', since: 'deployment.apps/w\npod/w-HASH\n' },
  { change: 'statefulSetWaitsForAvailable', play: renewedBeforeAvailable, before: 2, since: 1 },
  { change: 'terminalNotShownTerminating', play: heldTerminalPod, before: 'Terminating', since: 'Error' },
  {
    change: 'preemptionPolicyColumn',
    play: (v) => benchOf(v).run('kubectl get priorityclass').split('\n')[0]?.split(/\s+/),
    before: ['NAME', 'VALUE', 'GLOBAL-DEFAULT', 'AGE'],
    since: ['NAME', 'VALUE', 'GLOBAL-DEFAULT', 'AGE', 'PREEMPTIONPOLICY'],
  },
  {
    change: 'architectureShown',
    play: (v) => benchOf(v).run('kubectl get nodes -o wide --no-headers').trim().split(/\n/)[0]?.split(/ {3,}/).slice(-2),
    before: ['6.1.0', 'containerd://2.1.0'],
    since: ['6.1.0 (amd64)', 'containerd://2.1.0'],
  },
]

describe('other workloads', () => testChanges(cases))
