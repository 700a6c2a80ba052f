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
    open.cluster.runFor(60_000)
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
const affinity = (key: string, operator = 'Exists', value?: string) =>
  `affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n        - matchExpressions:\n            - key: ${key}\n              operator: ${operator}${value ? `\n              values: [${value}]` : ''}`

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

/** worker-0 is full. */
const fullCluster = () =>
  cluster({
    apply: manifest({ kind: 'Deployment', pod: 'nodeName: worker-0', container: 'resources:\n  requests:\n    cpu: "3.9"' }).replaceAll(
      /\ba$/gm,
      'big',
    ),
  })

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
  [
    'a toleration of everything',
    { pod: 'tolerations:\n  - operator: Exists' },
    'DS-4.7',
    'operator: Exists',
    '      tolerations:\n      containers:',
  ],
  [
    'a toleration of everything where there are taints',
    { pod: 'tolerations:\n  - operator: Exists' },
    'DS-4.7',
    'operator: Exists',
    '      tolerations:\n        - key: node-role.kubernetes.io/control-plane\n          operator: Exists\n          effect: NoSchedule\n      containers:',
    withControlPlane,
  ],
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
  [
    'a toleration of no taint here',
    { pod: 'tolerations:\n  - key: team\n    operator: Exists' },
    'DS-4.7',
    'key: team',
    '      tolerations:\n      containers:',
  ],
  [
    'a toleration that misses the taint it means',
    { pod: 'tolerations:\n  - key: node-role.kubernetes.io/control-plane\n    value: "true"\n    effect: NoSchedule' },
    'DS-4.7',
    'key: node-role.kubernetes.io/control-plane',
    '        - key: node-role.kubernetes.io/control-plane\n          operator: Exists\n          effect: NoSchedule\n      containers:',
    withControlPlane,
  ],
  [
    'a node selector for no node',
    { pod: 'nodeSelector:\n  kubernetes.io/os: linx' },
    'DS-4.3',
    'kubernetes.io/os: linx',
    'kubernetes.io/os: "linux"',
  ],
  ['affinity for no node', { pod: affinity('gpu') }, 'DS-4.4', 'nodeSelectorTerms', '        nodeAffinity:\n      containers:'],
  ['a node name of no node', { pod: 'nodeName: nowhere' }, 'DS-4.2', 'nodeName: nowhere', '    spec:\n      containers:'],
  ['a node name almost right', { pod: 'nodeName: worker0' }, 'DS-4.2', 'nodeName: worker0', 'nodeName: worker-0'],
  ['a label of no node', { pod: 'nodeSelector:\n  disk: ssd' }, 'DS-4.3', 'disk: ssd', '    spec:\n      containers:'],
  ['affinity that is replaced in the pods', { pod: affinity('kubernetes.io/os') }, 'DS-7.7', 'requiredDuringSchedulingIgnoredDuringExecution'],
  [
    'affinity that a node selector can say',
    { pod: affinity('kubernetes.io/os', 'In', 'linux') },
    'DS-7.7',
    'requiredDuringSchedulingIgnoredDuringExecution',
    '      nodeSelector:\n        kubernetes.io/os: "linux"\n      containers:',
  ],
  ['a request beyond every node', { container: 'resources:\n  requests:\n    cpu: 500' }, 'DS-4.5', 'cpu: 500', 'cpu: 100m'],
  [
    'a limit that becomes such a request',
    { kind: 'Deployment', container: 'resources:\n  limits:\n    memory: 900Gi' },
    'SCH-3.15',
    'memory: 900Gi',
    'memory: 128Mi',
  ],
  [
    'OnDelete and another image',
    { spec: 'updateStrategy:\n  type: OnDelete', image: 'busybox:2' },
    'DS-11.1',
    'image: busybox:2',
    'type: RollingUpdate',
    withLive,
  ],
  ['another selector than the live one', { selector: 'b', label: 'b' }, 'DS-15.60', 'selector', '      app: "a"\n  template', withLive],
  [
    'a selector by other labels than the live one',
    { selector: 'a\n      tier: x', label: 'a\n        tier: x' },
    'DS-15.60',
    'selector',
    '  selector:\n    matchLabels:\n      app: "a"\n  template',
    withLive,
  ],
  [
    'a pod without priority for a full node',
    { container: 'resources:\n  requests:\n    cpu: 200m' },
    'SCH-8.7',
    'spec',
    '      priorityClassName: system-node-critical\n      containers:',
    fullCluster(),
  ],
  ['an old field', { pod: 'serviceAccount: bot' }, 'DEP-1', 'serviceAccount: bot', '      serviceAccountName: bot\n'],
  [
    'an old label',
    { pod: 'nodeSelector:\n  beta.kubernetes.io/os: linux' },
    'DEP-1',
    'beta.kubernetes.io/os: linux',
    '        kubernetes.io/os: "linux"\n',
  ],
  [
    'an old taint',
    { pod: 'tolerations:\n  - key: node-role.kubernetes.io/master' },
    'DEP-1',
    'key: node-role.kubernetes.io/master',
    'control-plane\n',
  ],
  [
    'an old annotation',
    { label: 'a\n      annotations:\n        scheduler.alpha.kubernetes.io/critical-pod: ""' },
    'DEP-1',
    'scheduler.alpha.kubernetes.io/critical-pod: ""',
    '      annotations:\n    spec:\n      priorityClassName: system-node-critical',
  ],
  ['a truth value that is spelt as a word', { pod: 'hostNetwork: yes' }, 'YAML-1.1', 'hostNetwork: yes', 'hostNetwork: true'],
  ['an octal number', { spec: 'minReadySeconds: 010' }, 'YAML-1.1', 'minReadySeconds: 010', 'minReadySeconds: 8'],
  ['a label that is no text', { label: 'a\n        fast: on' }, 'YAML-1.1', 'fast: on', 'fast: "on"'],
  ['an argument that is no text', { container: 'command: [sleep, 3600]' }, 'YAML-1.1', '3600', '[sleep, "3600"]'],
  [
    'a key that stands twice',
    { spec: 'minReadySeconds: 1\nminReadySeconds: 2' },
    'YAML-1.1',
    'minReadySeconds',
    'spec:\n  minReadySeconds: 2\n  sel',
  ],
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
    ['a file mode', { pod: 'volumes:\n  - name: v\n    configMap:\n      name: c\n      defaultMode: 0644' }],
    ['texts in quotes', { label: 'a\n        fast: "on"', container: 'args: ["010", "1.10"]' }],
    ['an anchor and its alias', { label: '&it a', container: 'args: [*it]' }],
    [
      'a priority class on a full node',
      { pod: 'priorityClassName: system-node-critical', container: 'resources:\n  requests:\n    cpu: 200m' },
      fullCluster(),
    ],
    ['a pod that asks for nothing on a full node', {}, fullCluster()],
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
    expect(fixing(set('one'), set('two'))).toEqual(['serviceName: two', set('"one"')])
    expect(fixing(priority(10), priority(20))).toEqual(['value: 20', priority(10)])
  })

  it('a pod all but its images', () => {
    expect(fixing(pod('a:1', 'sleep'), pod('a:2', 'sleep'))).toBeUndefined()
    expect(fixing(pod('a:1', 'sleep'), pod('a:1', 'run'))).toEqual(['run', pod('a:1', '"sleep"')])
  })
})
