import { podMatchesNodeSelectorAndAffinity } from '#k8s/selector.ts'
import { plainPin } from '../pinned-nodes.ts'
import type { FilterFailure, FilterPlugin } from './plugin.ts'

/** What NodeAffinity says of a node it does not match. */
export const nodeAffinityFailure: FilterFailure = {
  plugin: 'NodeAffinity',
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
  resolvable: false,
  detail: { kind: 'node-affinity' },
}

/** Node selector and required node affinity. @source plugins/nodeaffinity Filter; SCH-4.1 to SCH-4.6 */
export const nodeAffinity: FilterPlugin = {
  name: 'NodeAffinity',
  filter: ({ pod }, { name, node }) => {
    // daemon pods: the name says it all
    const pin = plainPin(pod)
    const matches = pin === undefined ? podMatchesNodeSelectorAndAffinity(pod.spec, name, node.metadata.labels) : pin === name
    return matches ? undefined : nodeAffinityFailure
  },
}
