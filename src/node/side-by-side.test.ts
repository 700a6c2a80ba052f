/** WC-5: what befalls a pod of a DaemonSet, of a Deployment and of a StatefulSet when its node fails, is cordoned or drained. */
import { describe, expect, it } from 'vitest'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { Bench, daemonSet, deployment, statefulSet } from './version-changes/bench.ts'

const machines = ['n1', 'n2', 'n3'].map((name) => ({ name }))

/** One pod of each workload on each of three nodes. */
function three(): Bench {
  const bench = new Bench('1.23', machines, 'believable')
  bench.apply(daemonSet('agent'), 5)
  bench.apply(deployment('web', { spec: { replicas: 3 } }), 20)
  bench.apply(statefulSet('db', { spec: { replicas: 3 } }), 60)
  return bench
}

const of = (bench: Bench, app: string) => bench.pods().filter(({ metadata }) => metadata.labels?.app === app)
const on = (bench: Bench, app: string, node: string) => of(bench, app).filter(({ spec }) => spec.nodeName === node)
const isReady = (pod: Pod | undefined) => pod?.status.conditions?.find(({ type }) => type === 'Ready')?.status
const states = (bench: Bench, node: string) =>
  ['agent', 'web', 'db'].map((app) =>
    on(bench, app, node)
      .map((pod) => (pod.metadata.deletionTimestamp ? 'Terminating' : `Ready ${isReady(pod)}`))
      .join(),
  )
const living = (bench: Bench, app: string) => of(bench, app).filter(({ metadata }) => !metadata.deletionTimestamp)
const wait = (bench: Bench, seconds: number) => bench.cluster.runFor(seconds * 1000)

describe('a node whose kubelet stops', () => {
  const bench = three()
  expect(states(bench, 'n2')).toEqual(['Ready True', 'Ready True', 'Ready True'])
  const uid = (app: string) => on(bench, app, 'n2')[0]?.metadata.uid
  const before = { agent: uid('agent'), db: uid('db') }
  const dbName = on(bench, 'db', 'n2')[0]?.metadata.name
  bench.fault({ fail: 'n2' })

  it('WC-5.1 after 40 to 55 s all three are not Ready, and stay', () => {
    wait(bench, 30)
    expect(states(bench, 'n2')).toEqual(['Ready True', 'Ready True', 'Ready True'])
    wait(bench, 25)
    expect(states(bench, 'n2')).toEqual(['Ready False', 'Ready False', 'Ready False'])
  })

  it('WC-5.8 the DaemonSet looks complete without the node', () => {
    const { status } = bench.cluster.client.get({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }) as unknown as DaemonSet
    expect(status).toMatchObject({ desiredNumberScheduled: 2, currentNumberScheduled: 2, numberReady: 2, numberAvailable: 2, numberMisscheduled: 1 })
  })

  it('WC-5.2 the daemon pod tolerates it for ever, the others for 300 s', () => {
    const seconds = ['agent', 'web', 'db'].map(
      (app) => on(bench, app, 'n2')[0]?.spec.tolerations?.find(({ key }) => key === 'node.kubernetes.io/unreachable')?.tolerationSeconds,
    )
    expect(seconds).toEqual([undefined, 300, 300])
    // the last sign of life was up to 10 s before the kubelet stopped
    wait(bench, 270)
    expect(states(bench, 'n2')).toEqual(['Ready False', 'Ready False', 'Ready False'])
  })

  it('WC-5.3 after 345 to 360 s (from the last sign of life) the Deployment has another pod, the StatefulSet has not', () => {
    wait(bench, 40)
    expect(states(bench, 'n2')).toEqual(['Ready False', 'Terminating', 'Terminating'])
    expect(['agent', 'web', 'db'].map((app) => living(bench, app).length)).toEqual([3, 3, 2])
  })

  it('WC-5.5 the Node is deleted: 40 to 80 s later all three are gone; only the StatefulSet pod comes back', () => {
    const snapshot = bench.cluster.snapshot()
    bench.run('kubectl delete node n2 --wait=false', undefined, 35)
    expect(states(bench, 'n2')).toEqual(['Ready False', 'Terminating', 'Terminating'])
    wait(bench, 55)
    expect(states(bench, 'n2')).toEqual(['', '', ''])
    expect(['agent', 'web', 'db'].map((app) => living(bench, app).length)).toEqual([2, 3, 3])
    bench.cluster.restore(snapshot)
  })

  it('WC-5.4 the node returns: the daemon pod is Ready again, the old pod of the Deployment goes, the StatefulSet’s is made anew', () => {
    bench.fault({ recover: 'n2' })
    wait(bench, 90)
    expect(on(bench, 'agent', 'n2').map(({ metadata }) => metadata.uid)).toEqual([before.agent])
    expect(isReady(on(bench, 'agent', 'n2')[0])).toBe('True')
    expect(['agent', 'web', 'db'].map((app) => of(bench, app).length)).toEqual([3, 3, 3])
    const again = bench.pod(dbName ?? '')
    expect([again?.metadata.uid === before.db, isReady(again)]).toEqual([false, 'True'])
  })
})

it('WC-5.6 cordoned: all stay; new pods of the Deployment go elsewhere, daemon pods do not care', () => {
  const bench = three()
  bench.run('kubectl cordon n2', undefined, 10)
  expect(states(bench, 'n2')).toEqual(['Ready True', 'Ready True', 'Ready True'])
  bench.run('kubectl scale deploy/web --replicas=6', undefined, 20)
  expect([on(bench, 'web', 'n2').length, of(bench, 'web').length]).toEqual([1, 6])
  bench.run('kubectl delete pods -l app=agent', undefined, 40)
  expect(states(bench, 'n2')[0]).toBe('Ready True')
})

it('WC-5.7 drained: the daemon pod stays, the others are evicted and made again elsewhere', () => {
  const bench = three()
  const dbName = on(bench, 'db', 'n2')[0]?.metadata.name ?? ''
  bench.run('kubectl drain n2 --ignore-daemonsets', undefined, 60)
  expect(states(bench, 'n2')).toEqual(['Ready True', '', ''])
  expect(['web', 'db'].map((app) => living(bench, app).length)).toEqual([3, 3])
  expect(bench.pod(dbName)?.spec.nodeName).not.toBe('n2')
})
