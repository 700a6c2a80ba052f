import { describe, expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { runWords } from '#kubectl/testing/run-line.ts'

const manifest = (spec = '', name = 'x') => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: x}}
  template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: a}]}}
${spec}`

class Session {
  readonly cluster: Cluster
  constructor(version: KubernetesVersion = '1.36') {
    this.cluster = new Cluster({ seed: 1, version })
  }
  run(line: string, stdin = ''): { stdout: string; stderr: string; exit: number } {
    return runWords(line.split(' '), this.cluster.client, { stdin })
  }
}

describe('what kubectl says of what the API server refuses', () => {
  it('one cause on the line, several below it (DS-17.1, DS-17.2), exit 1 (DS-17.5)', () => {
    const session = new Session()
    expect(session.run('apply -f -', manifest('  minReadySeconds: -1\n'))).toEqual({
      stdout: '',
      stderr: 'The DaemonSet "x" is invalid: spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0\n',
      exit: 1,
    })
    expect(session.run('create -f -', manifest('  minReadySeconds: -1\n  revisionHistoryLimit: -2\n')).stderr).toBe(
      'The DaemonSet "x" is invalid: \n* spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0\n* spec.revisionHistoryLimit: Invalid value: -2: must be greater than or equal to 0\n',
    )
  })

  it('what worked (DS-17.4), what is there already or not there (DS-15.62)', () => {
    const session = new Session()
    const steps: [line: string, stdin: string, text: string][] = [
      ['replace -f -', manifest(), 'Error from server (NotFound): error when replacing "STDIN": daemonsets.apps "x" not found\n'],
      ['create -f -', manifest(), 'daemonset.apps/x created\n'],
      ['create -f -', manifest(), 'Error from server (AlreadyExists): error when creating "STDIN": daemonsets.apps "x" already exists\n'],
      ['replace -f -', manifest(), 'daemonset.apps/x replaced\n'],
      ['patch ds x -p {"spec":{"minReadySeconds":3}}', '', 'daemonset.apps/x patched\n'],
      ['set image ds x c=b', '', 'daemonset.apps/x image updated\n'],
      ['rollout restart ds x', '', 'daemonset.apps/x restarted\n'],
    ]
    for (const [line, stdin, text] of steps) {
      const { stdout, stderr } = session.run(line, stdin)
      expect(`${stdout}${stderr}`).toBe(text)
    }
  })

  it('verbs that wrap the error show the status message (DS-17.3)', () => {
    const session = new Session()
    session.run('create -f -', manifest())
    const { stderr } = session.run('set image ds x c=')
    expect(stderr).toBe(
      'error: failed to patch image update to pod template: DaemonSet.apps "x" is invalid: spec.template.spec.containers[0].image: Required value\n',
    )
  })

  it('a number that is no whole number (DS-15.55)', () => {
    expect(new Session().run('apply -f -', manifest('  updateStrategy: {rollingUpdate: {maxUnavailable: 1.5}}\n')).stderr).toBe(
      'Error from server (BadRequest): error when creating "STDIN": DaemonSet in version "v1" cannot be handled as a DaemonSet: json: cannot unmarshal number 1.5 into Go struct field RollingUpdateDaemonSet.spec.updateStrategy.rollingUpdate.maxUnavailable of type int32\n',
    )
  })

  it('who looks for unknown fields: the server since 1.25, before it kubectl (DS-16.1)', () => {
    const text = (version: KubernetesVersion) => new Session(version).run('apply -f -', manifest('  replicas: 3\n')).stderr
    expect(text('1.36')).toBe(
      'Error from server (BadRequest): error when creating "STDIN": DaemonSet in version "v1" cannot be handled as a DaemonSet: strict decoding error: unknown field "spec.replicas"\n',
    )
    expect(text('1.23')).toContain('ValidationError(DaemonSet.spec): unknown field "replicas" in io.k8s.api.apps.v1.DaemonSetSpec')
  })
})

describe('pods', () => {
  const pod = (spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c', image: 'a' }], ...spec },
  })

  it('tolerate lost nodes for 300 s (API-1.4)', () => {
    const { tolerations } = (new Cluster({ seed: 1 }).client.create(pod({})) as Pod).spec
    const wait = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }
    expect(tolerations).toEqual([
      { key: 'node.kubernetes.io/not-ready', ...wait },
      { key: 'node.kubernetes.io/unreachable', ...wait },
    ])
  })

  it('that name their node are started without the scheduler (API-3.3)', () => {
    const cluster = new Cluster({ seed: 1 })
    cluster.fault({ add: [{ name: 'n' }] }, 'join')
    cluster.settle()
    cluster.client.create(pod({ nodeName: 'n' }))
    cluster.settle()
    expect((cluster.client.get({ kind: 'Pod', namespace: 'default', name: 'p' }) as Pod).status.phase).toBe('Running')
    expect(cluster.client.list('Event', { fieldSelector: 'reason=Scheduled' }).items).toEqual([])
  })

  it('that go on a stopped node stay beyond their time (API-2.6)', () => {
    const cluster = new Cluster({ seed: 1 })
    cluster.fault({ add: [{ name: 'n' }] }, 'join')
    cluster.settle()
    cluster.client.create(pod({}))
    cluster.settle()
    cluster.fault({ fail: 'n' }, 'stop')
    cluster.client.delete({ kind: 'Pod', namespace: 'default', name: 'p' })
    cluster.runFor(3_600_000)
    const left = cluster.client.get({ kind: 'Pod', namespace: 'default', name: 'p' })
    expect(Date.parse(left.metadata.deletionTimestamp ?? '')).toBeLessThan(cluster.core.epochNow() - 3_000_000)
  })
})
