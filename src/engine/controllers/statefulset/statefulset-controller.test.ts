import { describe, expect, it } from 'vitest'
import type { Pod, StatefulSet } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { createWorkloadTestCluster, type WorkloadTestCluster } from '../replicaset/workload-test-cluster.ts'
import { statefulSetController } from './statefulset-controller.ts'

const template = (image: string) => ({ metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'db', image }] } })

function start(spec: object = {}, version?: KubernetesVersion): WorkloadTestCluster {
  const cluster = createWorkloadTestCluster([statefulSetController], { version })
  const whole = { replicas: 3, serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template: template('db:v1'), ...spec }
  cluster.create('StatefulSet', { metadata: { name: 'db' }, spec: whole })
  return cluster
}

const setOf = (cluster: WorkloadTestCluster) => cluster.api.get('StatefulSet', 'default', 'db') as StatefulSet
const pods = (cluster: WorkloadTestCluster): Pod[] => cluster.api.list('Pod', 'default').sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
const names = (cluster: WorkloadTestCluster) => pods(cluster).map((p) => p.metadata.name)
const images = (cluster: WorkloadTestCluster) => pods(cluster).map((p) => `${p.metadata.name}=${p.spec.containers[0]?.image}`)
const setImage = (cluster: WorkloadTestCluster, image: string) => cluster.patchSpec('StatefulSet', 'db', { template: template(image) })
const podOf = (cluster: WorkloadTestCluster, name: string) => cluster.api.get('Pod', 'default', name) as Pod

function setReady(cluster: WorkloadTestCluster, name: string, status: 'True' | 'False'): void {
  const pod = podOf(cluster, name)
  const conditions = pod.status.conditions?.map((c) => (c.type === 'Ready' ? { ...c, status, lastTransitionTime: cluster.core.timestamp() } : c))
  cluster.api.updateStatus('Pod', pod, { ...pod.status, conditions })
}

describe('statefulset-controller', () => {
  it('WC-4.2: of very many missing pods a sync creates the first ones, and the next sync comes at once', () => {
    const cluster = start({ replicas: 2_147_483_647, podManagementPolicy: 'Parallel' })
    const ordinals = () => cluster.api.list('Pod', 'default').map(({ metadata }) => Number(metadata.name.slice(3)))
    while (ordinals().length === 0) cluster.runFor(1)
    expect(ordinals()).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    cluster.runFor(1)
    expect(ordinals()).toEqual(Array.from({ length: 2000 }, (_, i) => i))
  })

  it('WC-4.2: what lies beyond the places that a sync looks at is none too many', () => {
    const cluster = start({ replicas: 2500, podManagementPolicy: 'Parallel' })
    cluster.runFor(2000)
    const all = names(cluster)
    expect(all).toHaveLength(2500)
    for (let i = 0; i < 1500; i++) cluster.api.delete('Pod', 'default', `db-${i}`, { gracePeriodSeconds: 0 })
    cluster.runFor(2000)
    expect(names(cluster)).toEqual(all)
    expect(cluster.events('SuccessfulDelete')).toEqual([])
    cluster.patchSpec('StatefulSet', 'db', { replicas: 1 })
    cluster.runFor(60_000)
    expect(names(cluster)).toEqual(['db-0'])
  })

  it('WC-4.2: one without measure begins with its first pod', () => {
    const cluster = start({ replicas: 2_147_483_647 })
    while (names(cluster).length === 0) cluster.runFor(1)
    expect(names(cluster)).toEqual(['db-0'])
  })

  it('WC-4.1, WC-4.7, TRAP-12: names, labels, revision, events and status', () => {
    const cluster = start({ replicas: 2 })
    cluster.runFor(2000)
    const set = setOf(cluster)
    const revision = cluster.api.list('ControllerRevision')[0]
    expect(revision?.metadata.name).toMatch(/^db-[456789bcdf]+$/)
    expect(revision).toMatchObject({ revision: 1, data: { spec: { template: { $patch: 'replace' } } } })
    expect(pods(cluster)[1]).toMatchObject({
      metadata: {
        name: 'db-1',
        labels: {
          app: 'db',
          'statefulset.kubernetes.io/pod-name': 'db-1',
          'apps.kubernetes.io/pod-index': '1',
          'controller-revision-hash': revision?.metadata.name,
        },
        ownerReferences: [{ kind: 'StatefulSet', name: 'db', uid: set.metadata.uid, controller: true, blockOwnerDeletion: true }],
      },
      spec: { hostname: 'db-1', subdomain: 'db' },
    })
    expect(set.status).toEqual({
      observedGeneration: 1,
      replicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      currentReplicas: 2,
      updatedReplicas: 2,
      currentRevision: revision?.metadata.name,
      updateRevision: revision?.metadata.name,
      collisionCount: 0,
    })
    expect(cluster.events()).toEqual([
      'SuccessfulCreate: create Pod db-0 in StatefulSet db successful',
      'SuccessfulCreate: create Pod db-1 in StatefulSet db successful',
    ])
  })

  it('WC-4.1: the index label came with 1.28', () => {
    const cluster = start({ replicas: 1 }, '1.27')
    cluster.runFor(1000)
    expect(Object.keys(pods(cluster)[0]?.metadata.labels ?? {}).sort()).toEqual([
      'app',
      'controller-revision-hash',
      'statefulset.kubernetes.io/pod-name',
    ])
  })

  it('WC-4.2: OrderedReady creates a pod only when its predecessors are ready, and scales down from the top', () => {
    const cluster = start()
    cluster.runFor(50)
    expect(names(cluster)).toEqual(['db-0'])
    cluster.runFor(2000)
    expect(names(cluster)).toEqual(['db-0', 'db-1', 'db-2'])
    cluster.patchSpec('StatefulSet', 'db', { replicas: 1 })
    cluster.runFor(50)
    expect(pods(cluster).map((p) => !!p.metadata.deletionTimestamp)).toEqual([false, false, true])
    cluster.runFor(2000)
    expect(names(cluster)).toEqual(['db-0'])
  })

  it('WC-4.2: scaling down stops while a lower pod is not ready; the sick one itself may go', () => {
    const cluster = start()
    cluster.runFor(2000)
    setReady(cluster, 'db-0', 'False')
    cluster.patchSpec('StatefulSet', 'db', { replicas: 2 })
    cluster.runFor(1000)
    expect(names(cluster)).toHaveLength(3)
    setReady(cluster, 'db-0', 'True')
    setReady(cluster, 'db-2', 'False')
    cluster.runFor(1000)
    expect(names(cluster)).toEqual(['db-0', 'db-1'])
  })

  it('WC-4.3: Parallel creates and deletes all at once', () => {
    const cluster = start({ podManagementPolicy: 'Parallel' })
    cluster.runFor(50)
    expect(names(cluster)).toEqual(['db-0', 'db-1', 'db-2'])
    cluster.runFor(1000)
    cluster.patchSpec('StatefulSet', 'db', { replicas: 0 })
    cluster.runFor(50)
    expect(pods(cluster).every((p) => p.metadata.deletionTimestamp)).toBe(true)
  })

  it.each(['1.23', '1.36'] as const)('WC-4.4: RollingUpdate goes from the highest ordinal down, one at a time (%s)', (version) => {
    const cluster = start({}, version)
    cluster.runFor(2000)
    const before = setOf(cluster).status.currentRevision
    setImage(cluster, 'db:v2')
    cluster.runFor(250)
    expect(images(cluster)).toContain('db-2=db:v2')
    expect(images(cluster)).toContain('db-0=db:v1')
    expect(setOf(cluster).status).toMatchObject({ currentRevision: before, currentReplicas: 2 })
    cluster.runFor(3000)
    expect(images(cluster)).toEqual(['db-0=db:v2', 'db-1=db:v2', 'db-2=db:v2'])
    const { currentRevision, updateRevision, currentReplicas } = setOf(cluster).status
    expect(currentRevision).toBe(updateRevision)
    expect(currentRevision).not.toBe(before)
    expect(currentReplicas).toBe(3)
    expect(cluster.events('SuccessfulDelete').map((t) => t.split(' ')[3])).toEqual(['db-2', 'db-1', 'db-0'])
  })

  it('WC-4.4: pods below the partition keep the old revision, also when they are made anew', () => {
    const cluster = start({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } })
    cluster.runFor(2000)
    setImage(cluster, 'db:v2')
    cluster.runFor(3000)
    expect(images(cluster)).toEqual(['db-0=db:v1', 'db-1=db:v1', 'db-2=db:v2'])
    cluster.api.delete('Pod', 'default', 'db-0')
    cluster.runFor(3000)
    expect(images(cluster)).toEqual(['db-0=db:v1', 'db-1=db:v1', 'db-2=db:v2'])
    expect(setOf(cluster).status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 })
  })

  describe('WC-4.4: a deleted pod of neither revision counts as one less of the current one until the next sync', () => {
    /** What the status says from now on, each count once. */
    function countsOf(cluster: WorkloadTestCluster): number[] {
      const counts: number[] = []
      for (let i = 0; i < 3000; i++) {
        cluster.runFor(1)
        const { currentReplicas = 0 } = setOf(cluster).status
        if (counts.at(-1) !== currentReplicas) counts.push(currentReplicas)
      }
      return counts
    }
    it('as status tells', () => {
      const cluster = start({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } })
      cluster.runFor(2000)
      setImage(cluster, 'db:v2')
      cluster.runFor(3000)
      setImage(cluster, 'db:v3')
      expect([countsOf(cluster), images(cluster)[2]]).toEqual([[2, 1, 2], 'db-2=db:v3'])
    })
    it('but for a count below zero, which the API refuses', () => {
      const cluster = start({ replicas: 1, podManagementPolicy: 'Parallel' })
      cluster.runFor(2000)
      cluster.machines.brokenImages.add('db:bad')
      setImage(cluster, 'db:bad')
      cluster.runFor(3000)
      setImage(cluster, 'db:v3')
      expect([countsOf(cluster), images(cluster)]).toEqual([[0, 1], ['db-0=db:v3']])
    })
  })

  it('WC-4.4: OnDelete changes nothing by itself', () => {
    const cluster = start({ updateStrategy: { type: 'OnDelete' } })
    cluster.runFor(2000)
    setImage(cluster, 'db:v2')
    cluster.runFor(3000)
    expect(images(cluster)).toEqual(['db-0=db:v1', 'db-1=db:v1', 'db-2=db:v1'])
    cluster.api.delete('Pod', 'default', 'db-1')
    cluster.runFor(3000)
    expect(images(cluster)).toEqual(['db-0=db:v1', 'db-1=db:v2', 'db-2=db:v1'])
  })

  it.each(['1.24', '1.36'] as const)('WC-4.4: maxUnavailable is not kept, and a rollout goes one at a time (%s)', (version) => {
    const cluster = start({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } }, version)
    expect(setOf(cluster).spec.updateStrategy?.rollingUpdate).toEqual({ partition: 0 })
    cluster.runFor(2000)
    setImage(cluster, 'db:v2')
    cluster.runFor(20)
    expect(pods(cluster).filter((p) => p.metadata.deletionTimestamp)).toHaveLength(1)
  })

  it.each([
    ['1.33', ['db-0=db:v2', 'db-1=db:v2', 'db-2=db:v2']],
    ['1.34', ['db-0=db:v1', 'db-1=db:v1', 'db-2=db:v2']],
  ] as const)('WC-4.4: a rollout in Parallel waits for a new pod to be ready, since 1.34 available (%s)', (version, expected) => {
    const cluster = start({ minReadySeconds: 30, podManagementPolicy: 'Parallel' }, version)
    cluster.runFor(60_000)
    setImage(cluster, 'db:v2')
    cluster.runFor(2000)
    expect(images(cluster)).toEqual(expected)
  })

  it('WC-4.4: in Parallel old pods that are not healthy do not stop a rollout', () => {
    const cluster = start({ podManagementPolicy: 'Parallel', template: template('db:bad') })
    cluster.machines.brokenImages.add('db:bad')
    cluster.runFor(2000)
    setImage(cluster, 'db:v1')
    cluster.runFor(10_000)
    expect(images(cluster)).toEqual(['db-0=db:v1', 'db-1=db:v1', 'db-2=db:v1'])
  })

  it('WC-4.5: a rollout to a broken image blocks; reverting needs the broken pod deleted by hand', () => {
    const cluster = start()
    cluster.runFor(2000)
    cluster.machines.brokenImages.add('db:bad')
    setImage(cluster, 'db:bad')
    cluster.runFor(3000)
    expect(images(cluster)).toEqual(['db-0=db:v1', 'db-1=db:v1', 'db-2=db:bad'])
    setImage(cluster, 'db:v1')
    cluster.runFor(3000)
    expect(images(cluster)).toContain('db-2=db:bad')
    cluster.api.delete('Pod', 'default', 'db-2')
    cluster.runFor(3000)
    expect(images(cluster)).toEqual(['db-0=db:v1', 'db-1=db:v1', 'db-2=db:v1'])
    expect(cluster.api.list('ControllerRevision').map((r) => r.revision)).toEqual([3, 2])
  })

  it.each([
    ['1.23', 'Failed', ['RecreatingFailedPod: StatefulSet default/db is recreating failed Pod db-0'], true],
    ['1.28', 'Succeeded', [], false],
    ['1.30', 'Succeeded', ['RecreatingTerminatedPod: StatefulSet default/db is recreating terminated Pod db-0'], true],
    ['1.31', 'Failed', [], true],
    ['1.36', 'Succeeded', [], true],
  ] as const)('WC-4.6: in %s a %s pod', (version, phase, events, replaced) => {
    const cluster = start({ replicas: 1 }, version)
    cluster.runFor(1000)
    const pod = podOf(cluster, 'db-0')
    cluster.api.updateStatus('Pod', pod, { ...pod.status, phase })
    cluster.runFor(1000)
    expect(podOf(cluster, 'db-0').metadata.uid === pod.metadata.uid).toBe(!replaced)
    expect(cluster.events().filter((t) => t.startsWith('Recreating'))).toEqual(events)
  })

  it('WC-4.8: no replacement while the old pod is Terminating on a dead node', () => {
    const cluster = start()
    cluster.runFor(2000)
    const doomed = podOf(cluster, 'db-1')
    cluster.machines.dead.add(doomed.spec.nodeName ?? '')
    cluster.api.delete('Pod', 'default', 'db-1')
    cluster.runFor(600_000)
    expect(podOf(cluster, 'db-1').metadata.uid).toBe(doomed.metadata.uid)
    cluster.api.delete('Pod', 'default', 'db-1', { gracePeriodSeconds: 0 })
    cluster.runFor(1000)
    expect(podOf(cluster, 'db-1').metadata.uid).not.toBe(doomed.metadata.uid)
    expect(podOf(cluster, 'db-1').metadata.deletionTimestamp).toBeUndefined()
  })

  it('WC-4.1, WC-4.7: claims are announced once and named in the pod', () => {
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
    const cluster = start({ replicas: 1, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }] })
    cluster.runFor(1000)
    expect(cluster.events()).toEqual([
      'SuccessfulCreate: create Claim data-db-0 Pod db-0 in StatefulSet db success',
      'SuccessfulCreate: create Pod db-0 in StatefulSet db successful',
    ])
    expect(podOf(cluster, 'db-0').spec.volumes?.[0]).toMatchObject({ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } })
    cluster.api.delete('Pod', 'default', 'db-0')
    cluster.runFor(1000)
    expect(cluster.events('SuccessfulCreate')).toEqual([
      'SuccessfulCreate: create Claim data-db-0 Pod db-0 in StatefulSet db success',
      'SuccessfulCreate: create Pod db-0 in StatefulSet db successful x2',
    ])
  })

  it('a start ordinal moves the numbers, and a lost identity label is put back', () => {
    const cluster = start({ replicas: 2, ordinals: { start: 5 } })
    cluster.runFor(2000)
    expect(names(cluster)).toEqual(['db-5', 'db-6'])
    const pod = podOf(cluster, 'db-5')
    const { 'statefulset.kubernetes.io/pod-name': _, ...labels } = pod.metadata.labels ?? {}
    cluster.api.update('Pod', { ...pod, metadata: { ...pod.metadata, labels } })
    cluster.runFor(100)
    expect(podOf(cluster, 'db-5').metadata.labels?.['statefulset.kubernetes.io/pod-name']).toBe('db-5')
    expect(cluster.events('SuccessfulUpdate')).toEqual(['SuccessfulUpdate: update Pod db-5 in StatefulSet db successful'])
  })

  it.each(['1.23', '1.36'] as const)('WC-1.4: OrderedReady waits minReadySeconds for each pod (%s)', (version) => {
    const cluster = start({ replicas: 2, minReadySeconds: 10 }, version)
    cluster.runFor(9000)
    expect(names(cluster)).toEqual(['db-0'])
    cluster.runFor(4000)
    expect(names(cluster)).toEqual(['db-0', 'db-1'])
    cluster.runFor(13_000)
    expect(setOf(cluster).status.availableReplicas).toBe(2)
  })

  it('history beyond revisionHistoryLimit goes', () => {
    const cluster = start({ replicas: 1, revisionHistoryLimit: 1 })
    for (const image of ['db:v2', 'db:v3', 'db:v4']) {
      cluster.runFor(2000)
      setImage(cluster, image)
    }
    cluster.runFor(2000)
    expect(cluster.api.list('ControllerRevision').map((r) => r.revision)).toEqual([3, 4])
  })

  it('GC-3.3: a set that is being deleted only reports', () => {
    const cluster = start({ replicas: 1 })
    cluster.runFor(1000)
    cluster.api.delete('StatefulSet', 'default', 'db', { propagation: 'Foreground' })
    cluster.api.delete('Pod', 'default', 'db-0')
    cluster.runFor(1000)
    expect(names(cluster)).toEqual([])
    expect(setOf(cluster).status.replicas).toBe(0)
  })
})
