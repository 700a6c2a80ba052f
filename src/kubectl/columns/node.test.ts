import { expect, it } from 'vitest'
import type { Condition, KubeNode, NodeSystemInfo } from '#k8s/types.ts'
import { nodePrinter } from './node.ts'

const role = 'node-role.kubernetes.io/'
const ready = (status: Condition['status']): Condition[] => [{ type: 'Ready', status }]
const roleLabels = { [`${role}worker`]: '', [`${role}control-plane`]: '', 'kubernetes.io/role': 'master', [role]: '', a: 'b' }

it.each<[string, Condition[] | undefined, KubeNode['spec'], Record<string, string>, string]>([
  ['Ready', ready('True'), {}, {}, 'Ready <none>'],
  ['not Ready', ready('False'), {}, {}, 'NotReady <none>'],
  ['silent', ready('Unknown'), {}, {}, 'NotReady <none>'],
  ['without the condition', [{ type: 'DiskPressure', status: 'False' }], {}, {}, 'Unknown <none>'],
  ['without conditions', undefined, {}, {}, 'Unknown <none>'],
  ['cordoned', ready('True'), { unschedulable: true }, {}, 'Ready,SchedulingDisabled <none>'],
  ['silent and cordoned', ready('Unknown'), { unschedulable: true }, {}, 'NotReady,SchedulingDisabled <none>'],
  ['its roles, sorted, the old label, too', ready('True'), {}, roleLabels, 'Ready control-plane,master,worker'],
])('PR-2.1 STATUS and ROLES of a node: %s', (_, conditions, spec, labels, shown) => {
  const node: KubeNode = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels }, spec, status: { conditions } }
  expect(nodePrinter.cells(node, { nowMs: 0, version: '1.36' }).slice(1, 3).join(' ')).toBe(shown)
})

// as clusters of 1.35 and 1.36 show it
it.each([
  ['1.35', '6.8.0-100-generic'],
  ['1.36', '6.8.0-100-generic (amd64)'],
] as const)('KERNEL-VERSION of a node in %s', (version, shown) => {
  const nodeInfo = { kernelVersion: '6.8.0-100-generic', architecture: 'amd64' } as NodeSystemInfo
  const node: KubeNode = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: {}, status: { nodeInfo } }
  expect(nodePrinter.cells(node, { nowMs: 0, version })[8]).toBe(shown)
})
