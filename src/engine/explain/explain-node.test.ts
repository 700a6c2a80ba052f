import { expect, it } from 'vitest'
import { explain } from './explain.ts'
import { agent, clusterWith } from './explain-test-cluster.ts'

const taint = (effect: string) => ({ key: 'maintenance', value: 'now', effect })
const what = (effect: string) => explain(clusterWith([{ name: 'a', taints: [taint(effect)] }], agent()), { about: 'node', name: 'a' })

it('a node says which rule keeps a DaemonSet away, what becomes of a pod that runs, and what would change it (DS-4.6)', () => {
  const { reasons, remedies } = what('NoExecute')
  expect(reasons.at(-1)).toMatchObject({ verdict: 'no', rule: 'DS-4.6' })
  expect(reasons.at(-1)?.text).toMatch(/^agent wants no pod here \(one that runs is deleted\): taint `maintenance=now:NoExecute` is not tolerated/)
  expect(remedies.map(({ command }) => command)).toContain('kubectl taint nodes a maintenance:NoExecute-')
  // the taint alone brings no sync (DS-1.14): until there is one, the status does not count the pod so
  expect(what('NoSchedule').reasons.at(-1)?.text).toContain('one that runs may stay, counted as misscheduled from the next sync of the DaemonSet on')
})

it('several taints that keep a DaemonSet away are named together (DS-4.6)', () => {
  const taints = [taint('NoExecute'), { key: 'gpu', effect: 'NoSchedule' }]
  const { reasons } = explain(clusterWith([{ name: 'a', taints }], agent()), { about: 'node', name: 'a' })
  expect(reasons.at(-1)?.text).toContain('taints `maintenance=now:NoExecute`, `gpu:NoSchedule` are not tolerated')
})

it('a node that every DaemonSet wants a pod on has nothing to mend', () => {
  const { reasons, remedies } = explain(clusterWith([{ name: 'a' }], agent()), { about: 'node', name: 'a' })
  expect(reasons.at(-1)).toEqual({ verdict: 'yes', text: 'agent wants a pod here', rule: 'DS-4' })
  expect(remedies).toEqual([])
})

it.each([
  ['nothing', {}, 'a is healthy.'],
  ['a cordon', { unschedulable: true }, 'a is healthy and cordoned.'],
  ['a full disk (KL-10)', { pressure: 'DiskPressure' }, 'a is Ready, but has DiskPressure.'],
  [
    'a kubelet that stopped (NL-2.2)',
    { fail: true, unschedulable: true },
    'a still counts as Ready, though its kubelet has stopped; it is cordoned.',
  ],
])(
  'what a node is called with %s',
  (_what, { fail, pressure, unschedulable }: { fail?: boolean; pressure?: string; unschedulable?: boolean }, said) => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    if (unschedulable) cluster.client.patch({ kind: 'Node', name: 'a' }, 'merge', { spec: { unschedulable } })
    if (pressure) cluster.fault({ condition: { name: 'a', set: { [pressure]: true } } }, 'its disk is full')
    cluster.settle()
    if (fail) cluster.fault({ fail: 'a' }, 'the kubelet stops')
    expect(explain(cluster, { about: 'node', name: 'a' }).summary).toBe(said)
  },
)
