import { taintUnschedulable } from '#k8s/node.ts'
import { toleratesTaint } from '#k8s/taint.ts'
import type { FilterFailure, FilterPlugin } from './plugin.ts'

const taint = { key: taintUnschedulable, effect: 'NoSchedule' } as const

const failure: FilterFailure = {
  plugin: 'NodeUnschedulable',
  reasons: ['node(s) were unschedulable'],
  resolvable: false,
  detail: { kind: 'unschedulable' },
}

/** A cordoned node takes only pods that tolerate the unschedulable taint. @source plugins/nodeunschedulable; SCH-3.9 */
export const nodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  filter: (cycle, { node }) => (node.spec.unschedulable && !toleratesTaint(cycle.pod.spec.tolerations, taint) ? failure : undefined),
}
