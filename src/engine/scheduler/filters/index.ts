import { interPodAffinity } from './inter-pod-affinity.ts'
import { nodeAffinity } from './node-affinity.ts'
import { nodeName } from './node-name.ts'
import { nodePorts } from './node-ports.ts'
import { nodeResourcesFit } from './node-resources-fit.ts'
import { nodeUnschedulable } from './node-unschedulable.ts'
import type { ClusterFilterPlugin, FilterPlugin } from './plugin.ts'
import { podTopologySpread } from './pod-topology-spread.ts'
import { taintToleration } from './taint-toleration.ts'

/** The filters that look at nothing but the pod's spec and the one node, which come first. */
export const ownFilters: readonly FilterPlugin[] = [nodeUnschedulable, nodeName, taintToleration, nodeAffinity, nodePorts, nodeResourcesFit]

/** The filters that look at other nodes, too. */
export const clusterFilters: readonly ClusterFilterPlugin[] = [podTopologySpread, interPodAffinity]

/**
 * The filters in the order in which they are asked; the first that fails ends it for a node (SCH-2.1). Volume and
 * resource-claim plugins are left out: volumes always fit here (SIM-6).
 */
export const filters: readonly FilterPlugin[] = [...ownFilters, ...clusterFilters]
