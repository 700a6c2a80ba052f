import { describe, expect, it } from 'vitest'
import type { Lint, TextEdit } from '#protocol/lint.ts'
import { examine } from '../manifest/examine.ts'
import { Session } from '../session.ts'

const session = () =>
  new Session(
    () => undefined,
    () => 0,
  )

/** Two workers, and a control plane where asked for. */
function cluster(options: { controlPlane?: boolean; apply?: string } = {}) {
  const { open } = session()
  if (options.controlPlane)
    open.cluster.fault(
      { add: { name: 'cp-0', taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }], labels: { disk: 'hdd' } } },
      'cp-0 joins',
    )
  open.cluster.runFor(60_000)
  if (options.apply) {
    const text = options.apply
    const running = open.terminal.run('kubectl apply -f f.yaml', { out: () => undefined, err: () => undefined, readFile: () => text })
    open.commands.start(1, running, 0, () => undefined)
  }
  return open.cluster.client
}

interface Parts {
  kind?: string
  apiVersion?: string
  label?: string
  selector?: string
  spec?: string
  pod?: string
  image?: string
  container?: string
}

const lintText = (text: string, client: Parameters<typeof examine>[1]) => examine(text, client).lints
const indented = (text: string | undefined, by: number) => (text ? `${text.replace(/^/gm, ' '.repeat(by))}\n` : '')

const manifest = ({
  kind = 'DaemonSet',
  apiVersion = 'apps/v1',
  label = 'a',
  selector = 'a',
  spec,
  pod,
  image = 'busybox:1',
  container,
}: Parts = {}) =>
  `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: a
spec:
${indented(spec, 2)}  selector:
    matchLabels:
      app: ${selector}
  template:
    metadata:
      labels:
        app: ${label}
    spec:
${indented(pod, 6)}      containers:
        - name: a
          image: ${image}
${indented(container, 10)}`

const rolling = (limits: string) => `updateStrategy:\n  rollingUpdate:\n${indented(limits, 4).trimEnd()}`
const hostPort = 'ports:\n  - containerPort: 80\n    hostPort: 8080'
const affinity = (key: string) =>
  `affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n        - matchExpressions:\n            - key: ${key}\n              operator: Exists`

/** The text with the edits of a fix made. */
function fixed(text: string, { fix }: Lint): string {
  const lines = text.split('\n')
  const offset = (line: number, column: number) => lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1
  const edits: TextEdit[] = [...(fix?.edits ?? [])].sort((a, b) => b.line - a.line || b.column - a.column)
  return edits.reduce((now, edit) => now.slice(0, offset(edit.line, edit.column)) + edit.text + now.slice(offset(edit.endLine, edit.endColumn)), text)
}

const marked = (text: string, { line, column, endColumn }: Lint) => (text.split('\n')[line - 1] ?? '').slice(column - 1, endColumn - 1)

const worker = cluster()
const withControlPlane = cluster({ controlPlane: true })
const withLive = cluster({ apply: manifest() })

type Case = [what: string, parts: Parts, rule: string, marked: string, fixedLines?: string, client?: typeof worker]

const cases: Case[] = [
  ['another label than the selector asks for', { label: 'b' }, 'DS-15.12', 'app: b', '        app: a\n    spec:'],
  ['a label that is missing', { selector: 'a\n      tier: x' }, 'DS-15.12', 'labels', '        tier: x\n        app: a'],
  ['maxSurge alone', { spec: rolling('maxSurge: 1') }, 'DS-14.1', 'maxSurge: 1', '      maxUnavailable: 0\n      maxSurge: 1'],
  ['maxSurge and maxUnavailable', { spec: rolling('maxSurge: 1\nmaxUnavailable: 10%') }, 'DS-15.54', 'maxSurge: 1', 'maxUnavailable: 0'],
  ['neither', { spec: rolling('maxSurge: 0%\nmaxUnavailable: 0') }, 'DS-15.54', 'maxUnavailable: 0', 'maxUnavailable: 1'],
  [
    'a host port with surge',
    { spec: rolling('maxSurge: 1\nmaxUnavailable: 0'), container: hostPort },
    'SCH-3.13',
    'hostPort: 8080',
    'maxSurge: 0\n      maxUnavailable: 1',
  ],
  [
    'host network with surge',
    { spec: rolling('maxSurge: 1\nmaxUnavailable: 0'), pod: 'hostNetwork: true', container: 'ports:\n  - containerPort: 80' },
    'SCH-3.13',
    'containerPort: 80',
  ],
  ['a toleration of everything', { pod: 'tolerations:\n  - operator: Exists' }, 'DS-4.7', 'operator: Exists'],
  [
    'a toleration whose seconds are lost',
    { pod: 'tolerations:\n  - key: node.kubernetes.io/not-ready\n    operator: Exists\n    effect: NoExecute\n    tolerationSeconds: 5' },
    'DS-7.6',
    'tolerationSeconds: 5',
    '      tolerations:\n      containers:',
  ],
  [
    'a toleration that every daemon pod has',
    { pod: 'tolerations:\n  - key: node.kubernetes.io/disk-pressure\n    operator: Exists\n    effect: NoSchedule' },
    'DS-7.6',
    'key: node.kubernetes.io/disk-pressure',
  ],
  ['a toleration of no taint here', { pod: 'tolerations:\n  - key: team\n    operator: Exists' }, 'DS-4.7', 'key: team'],
  [
    'a toleration that misses the taint it means',
    { pod: 'tolerations:\n  - key: node-role.kubernetes.io/control-plane\n    value: "true"\n    effect: NoSchedule' },
    'DS-4.7',
    'key: node-role.kubernetes.io/control-plane',
    undefined,
    withControlPlane,
  ],
  [
    'a node selector for no node',
    { pod: 'nodeSelector:\n  kubernetes.io/os: linx' },
    'DS-4.3',
    'kubernetes.io/os: linx',
    'kubernetes.io/os: "linux"',
  ],
  ['affinity for no node', { pod: affinity('gpu') }, 'DS-4.4', 'nodeSelectorTerms'],
  ['a node name of no node', { pod: 'nodeName: nowhere' }, 'DS-4.2', 'nodeName: nowhere'],
  ['affinity that is replaced in the pods', { pod: affinity('kubernetes.io/os') }, 'DS-7.7', 'requiredDuringSchedulingIgnoredDuringExecution'],
  ['a request beyond every node', { container: 'resources:\n  requests:\n    cpu: 500' }, 'DS-4.5', 'cpu: 500'],
  ['a limit that becomes such a request', { kind: 'Deployment', container: 'resources:\n  limits:\n    memory: 900Gi' }, 'SCH-3.15', 'memory: 900Gi'],
  [
    'OnDelete and another image',
    { spec: 'updateStrategy:\n  type: OnDelete', image: 'busybox:2' },
    'DS-11.1',
    'image: busybox:2',
    undefined,
    withLive,
  ],
  ['another selector than the live one', { selector: 'b', label: 'b' }, 'DS-15.60', 'selector', '      app: "a"\n  template', withLive],
  [
    'a control plane left out',
    {},
    'DS-4.6',
    'spec',
    '      tolerations:\n        - key: node-role.kubernetes.io/control-plane\n          operator: Exists\n          effect: NoSchedule\n      containers:',
    withControlPlane,
  ],
  [
    'a control plane left out beside other tolerations',
    { pod: 'tolerations:\n  - key: node.kubernetes.io/x\n    operator: Exists' },
    'DS-4.6',
    'tolerations',
    '      tolerations:\n        - key: node-role.kubernetes.io/control-plane\n          operator: Exists\n          effect: NoSchedule\n        - key: node.kubernetes.io/x',
    withControlPlane,
  ],
  ['a kind in small letters', { kind: 'Daemonset' }, 'DS-16.5', 'kind: Daemonset', 'kind: DaemonSet'],
  ['an old apiVersion', { apiVersion: 'extensions/v1beta1' }, 'DS-16.5', 'apiVersion: extensions/v1beta1', 'apiVersion: apps/v1'],
]

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

  const fine: [what: string, parts: Parts, client?: typeof worker][] = [
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
    ['a kind nobody knows', { kind: 'CronTab', apiVersion: 'stable.example.com/v1' }],
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

  it('counts lines through a file, and leaves out fixes that flow style has no room for', () => {
    const flow = `${manifest()}---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: b}\nspec: {selector: {matchLabels: {app: b}}, updateStrategy: {rollingUpdate: {maxSurge: 1}}, template: {metadata: {labels: {app: b}}}}\n`
    const [lint, ...more] = lintText(flow, worker)
    expect(more).toEqual([])
    expect(lint).toMatchObject({ line: flow.split('\n').length - 1, rule: 'DS-14.1' })
    expect(lint?.fix).toBeUndefined()
  })
})
