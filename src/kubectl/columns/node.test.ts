import { expect, it } from 'vitest'
import type { Condition, KubeNode } from '#k8s/types.ts'
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
