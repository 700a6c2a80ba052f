import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { decode } from '../schema/decode.ts'
import type { AnyObject, DaemonSet, Deployment, KubeNode, KubeObject, Pod, Service, StatefulSet } from '../types.ts'
import { imageTag } from './image-tag.ts'
import { applyDefaults } from './index.ts'

interface Step {
  run?: string
  stdin?: string
  result: { stdout: string }
}

const recording = JSON.parse(readFileSync(new URL('../../../e2e/conformance/recordings/kubectl-output.json', import.meta.url), 'utf8')) as {
  steps: Step[]
}

const daemonSet = (spec: object, podSpec: object = {}): DaemonSet =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'x' },
    spec: { ...spec, template: { spec: { containers: [{ name: 'c', image: 'nginx' }], ...podSpec } } },
  }) as unknown as DaemonSet

const specOf = (set: DaemonSet): DaemonSet['spec'] => applyDefaults(set, '1.36').spec

describe('a recorded DaemonSet', () => {
  it('gets the defaults the real server gave it (DS-14)', () => {
    const apply = recording.steps.find((step) => step.run === 'kubectl apply -f -') as Step
    const shown = recording.steps.find((step) => step.run === 'kubectl get ds agent -o yaml') as Step
    const sent = decode('DaemonSet', parse(apply.stdin ?? ''), '1.23').object as AnyObject
    const stored = parse(shown.result.stdout) as DaemonSet
    expect((applyDefaults(sent, '1.23') as DaemonSet).spec).toEqual(stored.spec)
  })
})

describe('DaemonSet (DS-14.1)', () => {
  it('each number of the rolling update has its own default', () => {
    expect(specOf(daemonSet({ updateStrategy: { rollingUpdate: { maxSurge: 1 } } })).updateStrategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 1, maxSurge: 1 },
    })
    expect(specOf(daemonSet({ updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } })).updateStrategy.rollingUpdate).toEqual({
      maxUnavailable: 0,
      maxSurge: 0,
    })
    expect(specOf(daemonSet({ updateStrategy: { type: 'OnDelete' } })).updateStrategy).toEqual({ type: 'OnDelete' })
    expect(specOf(daemonSet({ revisionHistoryLimit: 0 })).revisionHistoryLimit).toBe(0)
  })

  it('takes a manifest without spec', () => {
    const bare = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'x' } } as unknown as DaemonSet
    expect(applyDefaults(bare, '1.36').spec.template.spec.containers).toEqual([])
  })

  it('changes nothing, not even the object, the second time', () => {
    for (const version of ['1.23', '1.36'] as const) {
      const once = applyDefaults(daemonSet({}, { hostNetwork: true, volumes: [{ name: 'v' }] }), version)
      expect(applyDefaults(once, version)).toBe(once)
    }
  })
})

describe('templates (DS-14.2)', () => {
  const template = (podSpec: object, version: '1.23' | '1.36' = '1.36') => applyDefaults(daemonSet({}, podSpec), version).spec.template

  it('hostPort is filled in until 1.27', () => {
    const podSpec = { hostNetwork: true, containers: [{ name: 'c', image: 'a', ports: [{ containerPort: 80 }, { containerPort: 0 }] }] }
    const none = { containerPort: 0, protocol: 'TCP' }
    expect(template(podSpec, '1.23').spec.containers[0]?.ports).toEqual([{ containerPort: 80, hostPort: 80, protocol: 'TCP' }, none])
    expect(template(podSpec).spec.containers[0]?.ports).toEqual([{ containerPort: 80, protocol: 'TCP' }, none])
  })

  it('shows creationTimestamp until 1.33', () => {
    expect(template({}, '1.23').metadata).toEqual({ creationTimestamp: null })
    expect(template({}).metadata).toBeUndefined()
  })

  it('fills probes, volumes, quantities and both names of the account', () => {
    const spec = template({
      serviceAccountName: 'me',
      containers: [
        {
          name: 'c',
          image: 'a',
          livenessProbe: { httpGet: { port: 80 } },
          resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
          env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
        },
      ],
      volumes: [{ name: 'a' }, { name: 'b', hostPath: { path: '/x' } }, { name: 'c', configMap: { name: 'm' } }],
    }).spec
    expect(spec.serviceAccount).toBe('me')
    expect(spec.containers[0]).toMatchObject({
      livenessProbe: {
        httpGet: { port: 80, path: '/', scheme: 'HTTP' },
        timeoutSeconds: 1,
        periodSeconds: 10,
        successThreshold: 1,
        failureThreshold: 3,
      },
      resources: { limits: { cpu: '500m', memory: '1Gi' } },
      env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name', apiVersion: 'v1' } } }],
    })
    expect(spec.containers[0]?.resources?.requests).toBeUndefined()
    expect(spec.volumes).toEqual([
      { name: 'a', emptyDir: {} },
      { name: 'b', hostPath: { path: '/x', type: '' } },
      { name: 'c', configMap: { name: 'm', defaultMode: 420 } },
    ])
  })

  it('the pull policy follows the tag', () => {
    const digest = `sha256:${'0a'.repeat(32)}`
    const tags: [image: string, tag: string][] = [
      ['nginx', 'latest'],
      ['nginx:latest', 'latest'],
      ['nginx:1.25', '1.25'],
      ['host:5000/nginx', 'latest'],
      ['host:5000/nginx:2', '2'],
      [`nginx@${digest}`, ''],
      [`nginx:1@${digest}`, '1'],
      ['', ''],
      ['Registry.example.com/team/nginx', 'latest'],
      // what is no reference has no tag
      ['nginx@sha256:abc', ''],
      ['../a', ''],
      ['/a', ''],
      ['50%', ''],
      ['Nginx', ''],
      ['Team/nginx', ''],
    ]
    for (const [image, tag] of tags) expect([image, imageTag(image)]).toEqual([image, tag])
    expect(template({}).spec.containers[0]?.imagePullPolicy).toBe('Always')
  })

  it('volumes of images are pulled as images of containers are', () => {
    const policy = (reference: string) => template({ volumes: [{ name: 'i', image: { reference } }] }).spec.volumes?.[0]?.image
    expect(policy('a')).toEqual({ reference: 'a', pullPolicy: 'Always' })
    expect(policy('a:1')).toEqual({ reference: 'a:1', pullPolicy: 'IfNotPresent' })
  })
})

describe('other kinds', () => {
  it('pods request what they limit', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'a', resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m' } } }] },
    } as unknown as Pod
    const { spec } = applyDefaults(pod, '1.36')
    expect(spec.containers[0]?.resources?.requests).toEqual({ cpu: '100m', memory: '1Gi' })
    expect(spec.enableServiceLinks).toBe(true)
  })

  it('a Service that keeps clients where they were does so for three hours', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { sessionAffinity: 'ClientIP', ports: [] } }
    expect(applyDefaults(service as unknown as Service, '1.36').spec).toMatchObject({
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
    })
  })

  it('Deployments (WC-3.1)', () => {
    const deployment = { ...daemonSet({}), kind: 'Deployment' } as unknown as Deployment
    expect(applyDefaults(deployment, '1.36').spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    })
  })

  it('StatefulSets', () => {
    const set = { ...daemonSet({}), kind: 'StatefulSet' } as unknown as StatefulSet
    const { updateStrategy, podManagementPolicy, persistentVolumeClaimRetentionPolicy } = applyDefaults(set, '1.36').spec
    expect({ updateStrategy, podManagementPolicy }).toEqual({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      podManagementPolicy: 'OrderedReady',
    })
    expect(persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' })
    expect(applyDefaults(set, '1.23').spec.persistentVolumeClaimRetentionPolicy).toBeUndefined()
  })

  it('claim templates of StatefulSets are claims in full', () => {
    const resources = { requests: { storage: '1Gi' } }
    const given = [
      { metadata: { name: 'little' }, spec: { resources: { requests: { storage: '0.5m' } } } },
      { metadata: { name: 'data' }, spec: { resources } },
      { metadata: { name: 'raw' }, spec: { volumeMode: 'Block' } },
    ]
    const set = { ...daemonSet({}), kind: 'StatefulSet', spec: { volumeClaimTemplates: given } } as unknown as StatefulSet
    const whole = applyDefaults(set, '1.36')
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } }
    expect(whole.spec.volumeClaimTemplates).toEqual([
      { ...claim, metadata: { name: 'little' }, spec: { resources: { requests: { storage: '1m' } }, volumeMode: 'Filesystem' } },
      { ...claim, metadata: { name: 'data' }, spec: { resources, volumeMode: 'Filesystem' } },
      { ...claim, metadata: { name: 'raw' }, spec: { resources: {}, volumeMode: 'Block' } },
    ])
    expect(applyDefaults(set, '1.33').spec.volumeClaimTemplates?.[1]).toMatchObject({ metadata: { creationTimestamp: null, name: 'data' } })
    expect(applyDefaults(whole, '1.36').spec.volumeClaimTemplates).toBe(whole.spec.volumeClaimTemplates)
  })

  it('nodes can give what they have', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      spec: {},
      status: { capacity: { memory: '1024Mi' } },
    } as unknown as KubeNode
    expect(applyDefaults(node, '1.36').status).toEqual({ capacity: { memory: '1Gi' }, allocatable: { memory: '1Gi' } })
  })

  it('the range of a node and the first of its ranges are one, and the former counts', () => {
    const spec = (given: object) =>
      applyDefaults({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: given, status: {} } as unknown as KubeNode, '1.36').spec
    const [a, b] = ['10.0.0.0/24', '10.0.1.0/24']
    expect(spec({ podCIDR: a })).toEqual({ podCIDR: a, podCIDRs: [a] })
    expect(spec({ podCIDRs: [a, b] })).toEqual({ podCIDR: a, podCIDRs: [a, b] })
    expect(spec({ podCIDR: b, podCIDRs: [a] })).toEqual({ podCIDR: b, podCIDRs: [b] })
  })

  it('kinds without defaults stay as they are', () => {
    const revision = { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name: 'l' }, revision: 1 } as KubeObject as AnyObject
    expect(applyDefaults(revision, '1.36')).toBe(revision)
  })

  // LeaseSpec is no pointer in coordination/v1, so that it is always written
  it('a Lease has a spec', () => {
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'l' } } as KubeObject as AnyObject
    expect(applyDefaults(lease, '1.36')).toEqual({ ...lease, spec: {} })
  })
})
