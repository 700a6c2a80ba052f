/** Texts are those of real clusters. @source k8s.io/pod-security-admission/admission admission.go */
import { describe, expect, it, test } from 'vitest'
import type { Kind, KubeEvent, KubeObject } from '#k8s/types.ts'
import { Cluster } from '../../cluster.ts'

const label = (key: string) => `pod-security.kubernetes.io/${key}`
const labels = (given: Record<string, string>) => Object.fromEntries(Object.entries(given).map(([key, value]) => [label(key), value]))

const namespace = (given: Record<string, string>): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tight', labels: labels(given) } }) as KubeObject

const spec = { containers: [{ name: 'c', image: 'c:1', securityContext: { privileged: true } }] }
const metadata = { namespace: 'tight', name: 'x' }

const pod = (more: object = {}, name = 'x'): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name }, spec: { ...spec, ...more } }) as KubeObject

const workload = (kind: Kind, more: object = {}): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind,
    metadata,
    spec: { selector: { matchLabels: { a: 'x' } }, template: { metadata: { labels: { a: 'x' } }, spec: { ...spec, ...more } } },
  }) as KubeObject

const privileged = 'privileged (container "c" must not set securityContext.privileged=true)'

class Bench {
  readonly cluster = new Cluster({ seed: 1 })
  readonly warnings: string[] = []
  private readonly options = { onWarning: (text: string) => this.warnings.push(text) }

  constructor(given: Record<string, string>) {
    this.cluster.fault({ add: [{ name: 'a' }, { name: 'b' }] }, 'join')
    this.create(namespace(given))
    this.cluster.settle()
  }

  /** What the API answers, with what it warns of. */
  private said(work: () => unknown): string[] {
    this.warnings.length = 0
    try {
      work()
      return [...this.warnings]
    } catch (error) {
      return [...this.warnings, (error as Error).message]
    }
  }

  create(object: KubeObject, dryRun = false): string[] {
    return this.said(() => this.cluster.client.create(object, { ...this.options, dryRun }))
  }

  patch(kind: Kind, patch: object, subresource?: 'scale'): string[] {
    const ref = kind === 'Namespace' ? { kind, name: 'tight' } : { kind, ...metadata }
    return this.said(() => this.cluster.client.patch(ref, 'merge', patch, { ...this.options, subresource }))
  }

  label(given: Record<string, string>): string[] {
    return this.patch('Namespace', { metadata: { labels: labels(given) } })
  }
}

describe('pods', () => {
  it('are refused by what is enforced, and then nothing is warned of', () => {
    const bench = new Bench({ enforce: 'baseline', warn: 'restricted' })
    const refused = [`pods "x" is forbidden: violates PodSecurity "baseline:latest": ${privileged}`]
    expect(bench.create(pod())).toEqual(refused)
    expect(bench.create(pod(), true)).toEqual(refused)
    expect(bench.cluster.client.list('Pod', { namespace: 'tight' }).items).toEqual([])
  })

  it('are warned of by the level to warn at', () => {
    const bench = new Bench({ warn: 'baseline', 'warn-version': 'v1.25' })
    expect(bench.create(pod())).toEqual([`would violate PodSecurity "baseline:v1.25": ${privileged}`])
    expect(bench.create(pod({ containers: [{ name: 'c', image: 'c:1' }] }, 'y'))).toEqual([])
  })

  it('are looked at with the host ports that hostNetwork gives them', () => {
    const bench = new Bench({ enforce: 'baseline' })
    expect(bench.create(pod({ hostNetwork: true, containers: [{ name: 'c', image: 'c:1', ports: [{ containerPort: 9100 }] }] }))).toEqual([
      'pods "x" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), hostPort (container "c" uses hostPort 9100)',
    ])
  })

  it('that are there may change, but not their images (isSignificantPodUpdate)', () => {
    const bench = new Bench({})
    expect(bench.create(pod())).toEqual([])
    bench.label({ enforce: 'baseline' })
    expect(bench.patch('Pod', { metadata: { labels: { a: 'b' } } })).toEqual([])
    expect(bench.patch('Pod', { spec: { containers: [{ ...spec.containers[0], image: 'c:2' }] } })).toEqual([
      `pods "x" is forbidden: violates PodSecurity "baseline:latest": ${privileged}`,
    ])
  })

  it('of a controller are refused under the name they would have had', () => {
    const bench = new Bench({ enforce: 'baseline' })
    expect(bench.create(workload('DaemonSet'))).toEqual([`would violate PodSecurity "baseline:latest": ${privileged}`])
    bench.cluster.runFor(2000)
    const events = (bench.cluster.client.list('Event', { namespace: 'tight' }).items as KubeEvent[]).filter(({ reason }) => reason === 'FailedCreate')
    expect(events[0]?.message).toMatch(/^Error creating: pods "x-[a-z0-9]{5}" is forbidden: violates PodSecurity "baseline:latest": privileged \(/)
    const set = bench.cluster.core.state.tables.DaemonSet.get('tight/x')
    expect(set?.status).toMatchObject({ desiredNumberScheduled: 2, currentNumberScheduled: 0 })

    // the controller tries again, and with the label gone it succeeds
    bench.label({ enforce: 'privileged' })
    bench.cluster.runFor(120_000)
    expect(bench.cluster.client.list('Pod', { namespace: 'tight' }).items).toHaveLength(2)
  })
})

describe('workloads', () => {
  test.each<Kind>(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'])(
    '%s: warned of with every write of it, not with its subresources',
    (kind) => {
      const bench = new Bench({ warn: 'baseline' })
      const warning = [`would violate PodSecurity "baseline:latest": ${privileged}`]
      expect(bench.create(workload(kind))).toEqual(warning)
      expect(bench.patch(kind, { metadata: { annotations: { a: 'b' } } })).toEqual(warning)
      if (kind !== 'DaemonSet') expect(bench.patch(kind, { spec: { replicas: 0 } }, 'scale')).toEqual([])
      expect(bench.patch(kind, { spec: { template: { spec: { containers: [{ name: 'c', image: 'c:1' }] } } } })).toEqual([])
    },
  )
})

describe('namespaces', () => {
  const level = (key: string, value: string) =>
    `metadata.labels[${label(key)}]: Invalid value: "${value}": must be one of privileged, baseline, restricted`

  it('with labels that are wrong are refused; those that were wrong before may stay', () => {
    const bench = new Bench({})
    const other = { ...namespace({ enforce: 'Baseline' }), metadata: { name: 'other', labels: labels({ enforce: 'Baseline' }) } } as KubeObject
    expect(bench.create(other)).toEqual([`Namespace "other" is invalid: ${level('enforce', 'Baseline')}`])
    expect(bench.label({ warn: 'x', 'warn-version': '1.30' })).toEqual([
      `Namespace "tight" is invalid: [${level('warn', 'x')}, metadata.labels[${label('warn-version')}]: Invalid value: "1.30": must be "latest" or "v1.x"]`,
    ])
  })

  it('that enforce more say which pods they would not let in', () => {
    const bench = new Bench({})
    for (const name of ['c', 'a', 'b']) bench.create(pod({}, name))
    bench.create(pod({ hostPID: true }, 'd'))
    bench.create(pod({ containers: [{ name: 'c', image: 'c:1' }] }, 'fine'))
    const existing = 'existing pods in namespace "tight" violate the new PodSecurity enforce level'
    expect(bench.label({ enforce: 'baseline' })).toEqual([
      `${existing} "baseline:latest"`,
      'a (and 2 other pods): privileged',
      'd: host namespaces, privileged',
    ])
    const more = 'allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile'
    expect(bench.label({ 'enforce-version': 'v1.24' })).toEqual([
      `${existing} "baseline:v1.24"`,
      'a (and 2 other pods): privileged',
      'd: host namespaces, privileged',
    ])
    expect(bench.label({ enforce: 'restricted' })).toEqual([
      `${existing} "restricted:v1.24"`,
      `a (and 2 other pods): privileged, ${more}`,
      `d: host namespaces, privileged, ${more}`,
      `fine: ${more}`,
    ])
    expect(bench.label({ warn: 'baseline' })).toEqual([])
    expect(bench.label({ enforce: 'baseline' })).toEqual([])
    expect(bench.label({ enforce: 'privileged', 'enforce-version': 'latest' })).toEqual([])
  })
})
