import type { Lint, TextEdit } from '#protocol/lint.ts'
import { examine } from '../manifest/examine.ts'
import { Session } from '../session.ts'

/** A cluster a manifest is looked at against. */
export type Client = Parameters<typeof examine>[1]

export const lintText = (text: string, client: Client): readonly Lint[] => examine(text, client).lints

const offsetIn = (text: string, line: number, column: number) =>
  text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, one) => sum + one.length + 1, 0) +
  column -
  1

/** The text with the edits of a fix made. */
export function fixed(text: string, { fix }: Lint): string {
  const edits: TextEdit[] = [...(fix?.edits ?? [])].sort((a, b) => b.line - a.line || b.column - a.column)
  return edits.reduce(
    (now, edit) => now.slice(0, offsetIn(text, edit.line, edit.column)) + edit.text + now.slice(offsetIn(text, edit.endLine, edit.endColumn)),
    text,
  )
}

/** What is marked of the first line of a hint. */
export const marked = (text: string, { line, column, endColumn }: Lint): string => (text.split('\n')[line - 1] ?? '').slice(column - 1, endColumn - 1)

const session = () =>
  new Session(
    () => undefined,
    () => 0,
  )

/** Two workers, and a control plane where asked for. */
export function cluster(options: { controlPlane?: boolean; apply?: string } = {}) {
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

export interface Parts {
  kind?: string
  apiVersion?: string
  label?: string
  selector?: string
  spec?: string
  pod?: string
  image?: string
  container?: string
  metadata?: string
}

const indented = (text: string | undefined, by: number) => (text ? `${text.replace(/^/gm, ' '.repeat(by))}\n` : '')

export const manifest = ({
  kind = 'DaemonSet',
  apiVersion = 'apps/v1',
  label = 'a',
  selector = 'a',
  spec,
  pod,
  image = 'busybox:1',
  container,
  metadata,
}: Parts = {}) =>
  `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: a
${indented(metadata, 2)}spec:
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

export const rolling = (limits: string) => `updateStrategy:\n  rollingUpdate:\n${indented(limits, 4).trimEnd()}`
const gated = `serviceName: a\n${rolling('partition: 1\nmaxUnavailable: 2')}`
export const hostPort = 'ports:\n  - containerPort: 80\n    hostPort: 8080'
export const affinity = (key: string, operator = 'Exists', value?: string) =>
  `affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n        - matchExpressions:\n            - key: ${key}\n              operator: ${operator}${value ? `\n              values: [${value}]` : ''}`

export const worker = cluster()
export const withControlPlane = cluster({ controlPlane: true })
export const withLive = cluster({ apply: manifest() })

/** worker-0 is full. */
export const fullCluster = () =>
  cluster({
    apply: manifest({ kind: 'Deployment', pod: 'nodeName: worker-0', container: 'resources:\n  requests:\n    cpu: "3.9"' }).replaceAll(
      /\ba$/gm,
      'big',
    ),
  })

export type Case = [what: string, parts: Parts, rule: string, marked: string, fixedLines?: string, client?: Client]

export const cases: Case[] = [
  ['another label than the selector asks for', { label: 'b' }, 'DS-15.12', 'app: b', '        app: a\n    spec:'],
  ['a label that is missing', { selector: 'a\n      tier: x' }, 'DS-15.12', 'labels', '        tier: x\n        app: a'],
  [
    'expressions that the labels do not fit',
    {
      selector:
        'a\n    matchExpressions:\n      - key: tier\n        operator: In\n        values: [x, z]\n      - key: old\n        operator: Exists',
      label: 'a',
    },
    'DS-15.12',
    'labels',
    '        tier: x\n        old: "true"\n        app: a',
  ],
  [
    'a label that the selector forbids',
    { selector: 'a\n    matchExpressions:\n      - key: canary\n        operator: DoesNotExist', label: 'a\n        canary: x' },
    'DS-15.12',
    'canary: x',
    '      labels:\n        app: a\n    spec:',
  ],
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
  ['a toleration of everything', { pod: 'tolerations:\n  - operator: Exists' }, 'DS-4.7', 'operator: Exists', '    spec:\n      containers:'],
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
    '    spec:\n      containers:',
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
    '    spec:\n      containers:',
  ],
  [
    'a toleration that misses the taint it means',
    { pod: 'tolerations:\n  - key: node-role.kubernetes.io/control-plane\n    value: "true"\n    effect: NoSchedule' },
    'DS-4.7',
    'key: node-role.kubernetes.io/control-plane',
    '        - key: node-role.kubernetes.io/control-plane\n          operator: Exists\n          effect: NoSchedule\n      containers:',
    withControlPlane,
  ],
  ['a node selector for no node', { pod: 'nodeSelector:\n  kubernetes.io/os: linx' }, 'DS-4.3', 'kubernetes.io/os: linx', 'kubernetes.io/os: linux'],
  ['affinity for no node', { pod: affinity('gpu') }, 'DS-4.4', 'nodeSelectorTerms', '    spec:\n      containers:'],
  ['a node name of no node', { pod: 'nodeName: nowhere' }, 'DS-4.2', 'nodeName: nowhere', '    spec:\n      containers:'],
  ['a node name almost right', { pod: 'nodeName: worker0' }, 'DS-4.2', 'nodeName: worker0', 'nodeName: worker-0'],
  ['a label of no node', { pod: 'nodeSelector:\n  disk: ssd' }, 'DS-4.3', 'disk: ssd', '    spec:\n      containers:'],
  [
    'affinity that is replaced in the pods',
    { pod: affinity('kubernetes.io/os') },
    'DS-7.7',
    'requiredDuringSchedulingIgnoredDuringExecution',
    '    spec:\n      containers:',
  ],
  [
    'affinity beside a preferred one, and a node selector that says half of it',
    {
      pod: `nodeSelector:\n  kubernetes.io/hostname: worker-0\n${affinity('kubernetes.io/os', 'In', 'linux')}\n    preferredDuringSchedulingIgnoredDuringExecution: []`,
    },
    'DS-7.7',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelector:\n        kubernetes.io/os: linux\n        kubernetes.io/hostname: worker-0\n      affinity:\n        nodeAffinity:\n          preferred',
  ],
  [
    'affinity that a node selector can say',
    { pod: affinity('kubernetes.io/os', 'In', 'linux') },
    'DS-7.7',
    'requiredDuringSchedulingIgnoredDuringExecution',
    '      nodeSelector:\n        kubernetes.io/os: linux\n      containers:',
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
  ['another selector than the live one', { selector: 'b', label: 'b' }, 'DS-15.60', 'selector', '      app: a\n  template', withLive],
  [
    'a selector by other labels than the live one',
    { selector: 'a\n      tier: x', label: 'a\n        tier: x' },
    'DS-15.60',
    'selector',
    '  selector:\n    matchLabels:\n      app: a\n  template',
    withLive,
  ],
  [
    'what a StatefulSet keeps for life',
    { kind: 'StatefulSet', spec: 'serviceName: two' },
    'API-1',
    'serviceName: two',
    '  serviceName: one\n',
    cluster({ apply: manifest({ kind: 'StatefulSet', spec: 'serviceName: one' }) }),
  ],
  [
    'a pod without priority for a full node',
    { container: 'resources:\n  requests:\n    cpu: 200m' },
    'SCH-8.7',
    'spec',
    '      priorityClassName: system-node-critical\n      containers:',
    fullCluster(),
  ],
  ['a field whose gate is off', { kind: 'StatefulSet', spec: gated }, 'GATE-1', 'maxUnavailable: 2', '      partition: 1\n  selector'],
  ['an old field', { pod: 'serviceAccount: bot' }, 'DEP-1', 'serviceAccount: bot', '      serviceAccountName: bot\n'],
  [
    'an old label',
    { pod: 'nodeSelector:\n  beta.kubernetes.io/os: linux' },
    'DEP-1',
    'beta.kubernetes.io/os: linux',
    '        kubernetes.io/os: linux\n',
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
    '        app: a\n    spec:\n      priorityClassName: system-node-critical',
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
  ['a uid that was copied', { metadata: 'uid: 9d0f6b6e' }, 'API-2', 'uid: 9d0f6b6e', 'metadata:\n  name: a\nspec:'],
  ['a kind in small letters', { kind: 'Daemonset' }, 'DS-16.5', 'kind: Daemonset', 'kind: DaemonSet'],
  ['an old apiVersion', { apiVersion: 'extensions/v1beta1' }, 'DS-16.5', 'apiVersion: extensions/v1beta1', 'apiVersion: apps/v1'],
]
