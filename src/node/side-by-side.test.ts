/** WC-5: what befalls a pod of a DaemonSet, of a Deployment and of a StatefulSet when its node fails, is cordoned or drained, and when its kubelet turns it away. */
import { describe, expect, it } from 'vitest'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { Bench, daemonSet, deployment, pod, statefulSet } from './version-changes/bench.ts'

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

describe.each(['1.23', '1.36'] as const)('KL-9.7 turned away by the kubelet, because its port is taken (%s)', (version) => {
  const bound = { nodeName: 'n1', containers: [{ name: 'c', image: 'c:1', ports: [{ containerPort: 80, hostPort: 80 }] }] }
  const run = (manifest: object) => {
    const bench = new Bench(version, machines, 'believable')
    bench.apply(pod('holder', bound), 10)
    bench.apply(manifest, 0.2)
    return bench
  }
  const phases = (bench: Bench, app: string) => of(bench, app).map(({ status }) => status.phase)

  it('ReplicaSet: another one at once, and the failed ones stay', () => {
    const bench = run(deployment('web', { pod: bound }))
    wait(bench, 3)
    const made = of(bench, 'web')
    expect(made.length).toBeGreaterThan(2)
    expect(made.filter(({ status }) => status.phase === 'Failed').length).toBeGreaterThanOrEqual(made.length - 1)
    expect(made[0]?.status).toMatchObject({ phase: 'Failed', reason: 'NodePorts' })
    expect(bench.events('SuccessfulDelete')).toEqual([])
  })

  it('DaemonSet: the failed one is deleted at once, its successors after 1, 2, 4, 8 s; there is never more than one', () => {
    const bench = run(daemonSet('agent', { pod: bound }))
    const killedAt: number[] = []
    for (let tenths = 0; tenths < 250; tenths++) {
      wait(bench, 0.1)
      expect(of(bench, 'agent').length).toBeLessThanOrEqual(1)
      const killed = (bench.cluster.client.list('Event').items as { reason: string; count?: number }[])
        .filter(({ reason }) => reason === 'FailedDaemonPod')
        .reduce((sum, { count = 1 }) => sum + count, 0)
      if (killed > killedAt.length) killedAt.push(tenths / 10)
    }
    // a successor that comes late waits for no more than what is left, and for all of it once more when it is looked at too early (DS-6.4)
    const waits = killedAt.slice(1).map((at, i) => at - (killedAt[i] ?? 0))
    expect(killedAt[0]).toBeLessThan(1)
    expect(waits).toHaveLength(4)
    for (const [i, seconds] of waits.entries()) {
      expect(seconds).toBeGreaterThanOrEqual(2 ** i - 0.1)
      expect(seconds).toBeLessThan(2 ** i + 1.5)
    }
    expect(bench.events('FailedDaemonPod')[0]).toMatch(/^Found failed daemon pod default\/agent-\w{5} on node n1, will try to kill it$/)
  })

  it('StatefulSet: the same name is made anew; until 1.30 it says so (WC-4.6)', () => {
    const bench = run(statefulSet('db', { pod: bound }))
    const seen = new Set<string>()
    for (let tenths = 0; tenths < 50; tenths++) {
      wait(bench, 0.1)
      expect(of(bench, 'db').length).toBeLessThanOrEqual(1)
      for (const { metadata } of of(bench, 'db')) seen.add(`${metadata.name} ${metadata.uid}`)
    }
    expect(seen.size).toBeGreaterThan(2)
    expect([...seen].every((text) => text.startsWith('db-0 '))).toBe(true)
    expect(new Set(bench.events('RecreatingFailedPod'))).toEqual(
      new Set(version === '1.23' ? ['StatefulSet default/db is recreating failed Pod db-0'] : []),
    )
    expect(phases(bench, 'holder')).toEqual(['Running'])
  })
})
