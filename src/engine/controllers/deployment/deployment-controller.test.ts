import { describe, expect, it } from 'vitest'
import { isActive } from '#k8s/pod.ts'
import type { Deployment, Pod, ReplicaSet } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { replicaSetController } from '../replicaset/replicaset-controller.ts'
import { createWorkloadTestCluster, type WorkloadTestCluster } from '../replicaset/workload-test-cluster.ts'
import { deploymentController } from './deployment-controller.ts'
import { byRevision } from './replica-set-lists.ts'

const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } })

function start(spec: object = {}, version?: KubernetesVersion): WorkloadTestCluster {
  const cluster = createWorkloadTestCluster([deploymentController, replicaSetController], { version })
  cluster.create('Deployment', {
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: template('web:v1'), ...spec },
  })
  cluster.runFor(2000)
  return cluster
}

const deploymentOf = (cluster: WorkloadTestCluster) => cluster.api.get('Deployment', 'default', 'web') as Deployment
const replicaSets = (cluster: WorkloadTestCluster): ReplicaSet[] => cluster.api.list('ReplicaSet', 'default').sort(byRevision)
const sizes = (cluster: WorkloadTestCluster) => replicaSets(cluster).map((rs) => rs.spec.replicas)
const pods = (cluster: WorkloadTestCluster): Pod[] => cluster.api.list('Pod', 'default')
const images = (cluster: WorkloadTestCluster) => [...new Set(pods(cluster).map((p) => p.spec.containers[0]?.image))].sort()
const setImage = (cluster: WorkloadTestCluster, image: string) => cluster.patchSpec('Deployment', 'web', { template: template(image) })
const condition = (cluster: WorkloadTestCluster, type: string) => deploymentOf(cluster).status.conditions?.find((c) => c.type === type)
/** Event texts with the ReplicaSets' names replaced by rs1, rs2 … in order of revision. */
const scalings = (cluster: WorkloadTestCluster) =>
  cluster
    .events('ScalingReplicaSet')
    .map((text) => replicaSets(cluster).reduce((t, rs, i) => t.replaceAll(rs.metadata.name, `rs${i + 1}`), text.slice(19)))

describe('deployment-controller', () => {
  it('WC-3.2, WC-3.7: a new Deployment gets a ReplicaSet, a revision and a status', () => {
    const cluster = start({ replicas: 3 })
    const [rs] = replicaSets(cluster)
    const hash = rs?.metadata.labels?.['pod-template-hash']
    expect(rs?.metadata.name).toBe(`web-${hash}`)
    expect(rs?.spec.selector).toEqual({ matchLabels: { app: 'web', 'pod-template-hash': hash } })
    expect(rs?.spec.template.metadata?.labels).toEqual({ app: 'web', 'pod-template-hash': hash })
    expect(rs?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '1',
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
    })
    expect(deploymentOf(cluster).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' })
    expect(deploymentOf(cluster).metadata.generation).toBe(1)
    const at = '2026-01-01T00:00:00Z'
    expect(deploymentOf(cluster).status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
      conditions: [
        {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
          lastUpdateTime: at,
          lastTransitionTime: at,
        },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${rs?.metadata.name}" has successfully progressed.`,
          lastUpdateTime: at,
          lastTransitionTime: at,
        },
      ],
    })
  })

  it('WC-2.3: a ReplicaSet that was never synced has no terminating pods, so the sum is always told', () => {
    const cluster = start({ replicas: 2 })
    setImage(cluster, 'web:v2')
    for (let i = 0; i < 1000; i++) {
      cluster.runFor(1)
      expect(deploymentOf(cluster).status.terminatingReplicas).toBeDefined()
    }
  })

  it.each([
    ['1.23', ['Scaled up replica set rs1 to 2', 'Scaled up replica set rs1 to 5', 'Scaled down replica set rs1 to 1']],
    ['1.28', ['Scaled up replica set rs1 to 2', 'Scaled up replica set rs1 to 5 from 2', 'Scaled down replica set rs1 to 1 from 5']],
    ['1.36', ['Scaled up replica set rs1 from 0 to 2', 'Scaled up replica set rs1 from 2 to 5', 'Scaled down replica set rs1 from 5 to 1']],
  ] as const)('WC-3.6: words of ScalingReplicaSet in %s', (version, expected) => {
    const cluster = start({ replicas: 2 }, version)
    cluster.patchSpec('Deployment', 'web', { replicas: 5 })
    cluster.runFor(1000)
    cluster.patchSpec('Deployment', 'web', { replicas: 1 })
    cluster.runFor(1000)
    expect(scalings(cluster)).toEqual(expected)
    expect(deploymentOf(cluster).status).toMatchObject({ replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 })
  })

  it('WC-3.3: a rolling update of 4 with 25 %/25 % never has fewer than 3 available or more than 5 pods', () => {
    const cluster = start({ replicas: 4 })
    setImage(cluster, 'web:v2')
    for (let i = 0; i < 400; i++) {
      cluster.runFor(10)
      const live = pods(cluster).filter(isActive)
      expect(live.length).toBeLessThanOrEqual(5)
      expect(live.filter((p) => p.status.phase === 'Running').length).toBeGreaterThanOrEqual(3)
    }
    expect(images(cluster)).toEqual(['web:v2'])
    expect(sizes(cluster)).toEqual([0, 4])
    expect(scalings(cluster).slice(1, 4)).toEqual([
      'Scaled up replica set rs2 from 0 to 1',
      'Scaled down replica set rs1 from 4 to 3',
      'Scaled up replica set rs2 from 1 to 2',
    ])
    expect(condition(cluster, 'Progressing')).toMatchObject({ reason: 'NewReplicaSetAvailable' })
    expect(deploymentOf(cluster).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '2' })
  })

  it('WC-3.2: going back to an old template reuses its ReplicaSet with a higher revision', () => {
    const cluster = start({ replicas: 1 })
    const [first] = replicaSets(cluster)
    setImage(cluster, 'web:v2')
    cluster.runFor(3000)
    setImage(cluster, 'web:v1')
    cluster.runFor(3000)
    expect(replicaSets(cluster)).toHaveLength(2)
    const reused = replicaSets(cluster).find((rs) => rs.metadata.uid === first?.metadata.uid)
    expect(reused?.metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '3', 'deployment.kubernetes.io/revision-history': '1' })
    expect(deploymentOf(cluster).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '3' })
    expect(images(cluster)).toEqual(['web:v1'])
  })

  it('WC-3.3: pods of a broken template do not take more than the budget, and give way first', () => {
    const cluster = start({ replicas: 4 })
    cluster.machines.brokenImages.add('web:bad')
    setImage(cluster, 'web:bad')
    cluster.runFor(5000)
    expect(sizes(cluster)).toEqual([3, 2])
    expect(deploymentOf(cluster).status).toMatchObject({ replicas: 5, updatedReplicas: 2, availableReplicas: 3, unavailableReplicas: 2 })
    setImage(cluster, 'web:v2')
    cluster.runFor(5000)
    expect(sizes(cluster)).toEqual([0, 0, 4])
    expect(images(cluster)).toEqual(['web:v2'])
  })

  it('WC-3.7: no progress within progressDeadlineSeconds is reported once, a second late', () => {
    const cluster = start({ replicas: 2, progressDeadlineSeconds: 30 })
    cluster.machines.brokenImages.add('web:bad')
    setImage(cluster, 'web:bad')
    cluster.runFor(29_000)
    expect(condition(cluster, 'Progressing')).toMatchObject({ status: 'True', reason: 'ReplicaSetUpdated' })
    cluster.runFor(4000)
    const name = replicaSets(cluster)[1]?.metadata.name
    expect(condition(cluster, 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${name}" has timed out progressing.`,
    })
    const writes = cluster.core.state.resourceVersion
    cluster.runFor(3_600_000)
    expect(cluster.core.state.resourceVersion).toBe(writes)
  })

  it('WC-3.4: Recreate waits until the old pods are gone', () => {
    const cluster = start({ replicas: 2, strategy: { type: 'Recreate' } })
    setImage(cluster, 'web:v2')
    for (let i = 0; i < 200; i++) {
      cluster.runFor(10)
      expect(images(cluster).length).toBeLessThanOrEqual(1)
    }
    expect(images(cluster)).toEqual(['web:v2'])
    expect(scalings(cluster).slice(1)).toEqual(['Scaled down replica set rs1 from 2 to 0', 'Scaled up replica set rs2 from 0 to 2'])
  })

  it('WC-3.5: paused, nothing rolls out but scaling works; resuming rolls out', () => {
    const cluster = start({ replicas: 2 })
    cluster.patchSpec('Deployment', 'web', { paused: true, template: template('web:v2') })
    cluster.runFor(2000)
    expect(images(cluster)).toEqual(['web:v1'])
    expect(condition(cluster, 'Progressing')).toMatchObject({ status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' })
    cluster.patchSpec('Deployment', 'web', { replicas: 3 })
    cluster.runFor(2000)
    expect(sizes(cluster)).toEqual([3])
    cluster.patchSpec('Deployment', 'web', { paused: false })
    cluster.runFor(5000)
    expect(images(cluster)).toEqual(['web:v2'])
    expect(condition(cluster, 'Progressing')).toMatchObject({ reason: 'NewReplicaSetAvailable' })
  })

  it('WC-3.5: scaling in the middle of a rollout is shared', () => {
    const cluster = start({ replicas: 10, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } })
    cluster.machines.brokenImages.add('web:bad')
    setImage(cluster, 'web:bad')
    cluster.runFor(3000)
    expect(sizes(cluster)).toEqual([8, 5])
    cluster.patchSpec('Deployment', 'web', { replicas: 15 })
    cluster.runFor(12)
    expect(sizes(cluster)).toEqual([11, 7])
  })

  it('WC-3.8: history is limited', () => {
    const cluster = start({ replicas: 1, revisionHistoryLimit: 2 })
    for (const image of ['web:v2', 'web:v3', 'web:v4', 'web:v5']) {
      setImage(cluster, image)
      cluster.runFor(3000)
    }
    expect(replicaSets(cluster).map((rs) => rs.metadata.annotations?.['deployment.kubernetes.io/revision'])).toEqual(['3', '4', '5'])
  })

  it('WC-3.8: a taken name raises collisionCount and leads to another name', () => {
    const cluster = start({ replicas: 1 })
    const name = replicaSets(cluster)[0]?.metadata.name ?? ''
    const other = createWorkloadTestCluster([deploymentController, replicaSetController])
    const foreign = { selector: { matchLabels: { app: 'x' } }, template: { ...template('x'), metadata: { labels: { app: 'x' } } } }
    other.create('ReplicaSet', { metadata: { name }, spec: foreign })
    other.create('Deployment', { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template: template('web:v1') } })
    other.runFor(2000)
    expect(deploymentOf(other).status.collisionCount).toBe(1)
    expect(other.api.controlledBy('ReplicaSet', deploymentOf(other).metadata.uid ?? '').map((rs) => rs.metadata.name)).not.toContain(name)
  })

  it('GC-3.3: a Deployment that is being deleted only reports', () => {
    const cluster = start({ replicas: 1 })
    cluster.api.delete('Deployment', 'default', 'web', { propagation: 'Foreground' })
    setImage(cluster, 'web:v2')
    cluster.runFor(2000)
    expect(images(cluster)).toEqual(['web:v1'])
    expect(deploymentOf(cluster).status.observedGeneration).toBe(deploymentOf(cluster).metadata.generation)
  })

  it('WC-2.4: a node that is gone for the control plane lowers ready and available, no more', () => {
    const cluster = start({ replicas: 3 })
    const pod = pods(cluster)[0] as Pod
    const conditions = pod.status.conditions?.map((c) => (c.type === 'Ready' ? { ...c, status: 'False' as const } : c))
    cluster.api.updateStatus('Pod', pod, { ...pod.status, conditions })
    cluster.runFor(2000)
    expect(pods(cluster)).toHaveLength(3)
    expect(deploymentOf(cluster).status).toMatchObject({
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 2,
      availableReplicas: 2,
      unavailableReplicas: 1,
    })
  })
})
