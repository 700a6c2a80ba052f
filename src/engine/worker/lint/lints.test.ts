import { describe, expect, it } from 'vitest'
import type { Lint } from '#protocol/lint.ts'
import {
  type Client,
  cases,
  cluster,
  fixed,
  fullCluster,
  hostPort,
  lintText,
  manifest,
  marked,
  type Parts,
  rolling,
  withControlPlane,
  withLive,
  worker,
} from '../testing/lint-cases.ts'

describe('lintText', () => {
  it.each(cases)('sees %s', (_, parts, rule, at, lines, client = worker) => {
    const text = manifest(parts)
    const found = lintText(text, client).filter((one) => one.rule === rule)
    expect(found.map((one) => marked(text, one))).toEqual([at])
    if (lines === undefined) return
    const [lint] = found as [Lint]
    const after = fixed(text, lint)
    expect(after).toContain(lines)
    // what was fixed is not found again
    expect(lintText(after, client).filter((one) => one.rule === rule)).toEqual([])
  })

  it('says what a copied uid and resourceVersion do, and takes out all that the server fills in', () => {
    const copied = manifest().replace(
      '  name: a\n',
      '  creationTimestamp: "2024-05-01T10:00:00Z"\n  generation: 1\n  managedFields:\n  - manager: kubectl\n    fieldsV1:\n      f:spec: {}\n  name: a\n  resourceVersion: "12345"\n  uid: 9d0f6b6e\n',
    )
    const text = `${copied}status:\n  numberReady: 2\n`
    const [lint, ...more] = lintText(text, worker) as [Lint]
    expect(more).toEqual([])
    expect([marked(text, lint), lint.severity]).toEqual(['resourceVersion: "12345"', 'info'])
    expect(lint.message).toMatch(/refused/)
    expect(fixed(text, lint).trimEnd()).toBe(manifest().trimEnd())
    // what `--dry-run=client -o yaml` prints is no condition
    expect(lintText(manifest().replace('  name: a\n', '  creationTimestamp: null\n  name: a\n').concat('status: {}\n'), worker)).toEqual([])
  })

  const fine: [what: string, parts: Parts, client?: Client][] = [
    ['a plain agent', {}],
    ['the same one applied again', {}, withLive],
    ['surge with both limits', { spec: rolling('maxSurge: 1\nmaxUnavailable: 0') }],
    ['OnDelete, which has no limits', { spec: 'updateStrategy:\n  type: OnDelete\n  rollingUpdate:\n    maxSurge: 1' }],
    ['both limits of a Deployment', { kind: 'Deployment', spec: 'strategy:\n  rollingUpdate:\n    maxSurge: 1\n    maxUnavailable: 1' }],
    ['a host port without surge', { container: hostPort }],
    ['a node selector that fits', { pod: 'nodeSelector:\n  kubernetes.io/os: linux' }],
    ['a node selector whose value is still to come', { pod: 'nodeSelector:\n  kubernetes.io/os:' }],
    ['a request that fits', { container: 'resources:\n  requests:\n    cpu: 100m' }],
    ['the same image with OnDelete', { spec: 'updateStrategy:\n  type: OnDelete' }, withLive],
    ['a control plane not meant', { pod: 'nodeSelector:\n  kubernetes.io/hostname: worker-0' }, withControlPlane],
    [
      'a control plane tolerated',
      { pod: 'tolerations:\n  - key: node-role.kubernetes.io/control-plane\n    operator: Exists\n    effect: NoSchedule' },
      withControlPlane,
    ],
    ['a file mode', { pod: 'volumes:\n  - name: v\n    configMap:\n      name: c\n      defaultMode: 0644' }],
    ['texts in quotes', { label: 'a\n        fast: "on"', container: 'args: ["010", "1.10"]' }],
    ['an anchor and its alias', { label: '&it a', container: 'args: [*it]' }],
    [
      'a priority class on a full node',
      { pod: 'priorityClassName: system-node-critical', container: 'resources:\n  requests:\n    cpu: 200m' },
      fullCluster(),
    ],
    ['a pod that asks for nothing on a full node', {}, fullCluster()],
  ]
  it.each(fine)('has nothing against %s', (_, parts, client = worker) => {
    expect(lintText(manifest(parts), client)).toEqual([])
  })

  it.each([
    '',
    'spec:',
    'a: [',
    'kind: DaemonSet\napiVersion: apps/v1\nspec:\n  template:\n    spec:\n      tolerations:\n        -\n',
    'kind: 7',
    '- 1',
    manifest({ pod: 'tolerations: 3' }),
  ])('stays calm while %j is being written', (text) => {
    expect(lintText(text, withControlPlane)).toEqual([])
  })

  it('counts lines through a file', () => {
    const flow = `${manifest()}---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: b}\nspec: {selector: {matchLabels: {app: b}}, updateStrategy: {rollingUpdate: {maxSurge: 1}}, template: {metadata: {labels: {app: b}}}}\n`
    const [lint, ...more] = lintText(flow, worker)
    expect(more).toEqual([])
    expect(lint).toMatchObject({ line: flow.split('\n').length - 1, rule: 'DS-14.1' })
  })
})

describe('what a live object keeps for life', () => {
  const fixing = (live: string, text: string) => {
    const client = cluster({ apply: live })
    const [lint, ...more] = lintText(text, client).filter((one) => one.rule === 'API-1')
    expect(more).toEqual([])
    return lint && [marked(text, lint), fixed(text, lint)]
  }
  const set = (service: string) => manifest({ kind: 'StatefulSet', spec: `serviceName: ${service}` })
  const priority = (value: number) => `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: high\nvalue: ${value}\n`
  const pod = (image: string, command: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: ${image}\n      command: [${command}]\n`

  it('a StatefulSet its service, a priority class its value', () => {
    expect(fixing(set('one'), set('two'))).toEqual(['serviceName: two', set('one')])
    expect(fixing(priority(10), priority(20))).toEqual(['value: 20', priority(10)])
  })

  it('a pod all but its images', () => {
    expect(fixing(pod('a:1', 'sleep'), pod('a:2', 'sleep'))).toBeUndefined()
    expect(fixing(pod('a:1', 'sleep'), pod('a:1', 'run'))).toEqual(['run', pod('a:1', 'sleep')])
  })
})
