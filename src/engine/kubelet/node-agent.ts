/** The node side of a kubelet: registration, heartbeats (as arithmetic, see lease.ts), conditions, stopping and coming back. */
import type { EventType, KubeNode } from '#k8s/types.ts'
import { extend } from '#sim/extend.ts'
import { type Agent, agentOf, type Fleet, type MachineSpec, type NodeTrouble, runningAgent, updateAgent } from './fleet.ts'
import { lastRenewalMs, leaseNamespace, renewedLease } from './lease.ts'
import { loseAllContainers } from './lost-containers.ts'
import { newNode, nodeConditions, nodeStatus } from './node-object.ts'
import { planEviction, pressedResources } from './pod-eviction.ts'
import { forgetStops } from './pod-stop.ts'
import { forgetWorker } from './pod-worker.ts'

/** Beyond this many nodes their kubelets keep the start-up events to themselves: nobody reads 25,000 of them. */
const manyNodes = 500

const noImages: readonly string[] = Object.freeze([])

/** A machine joins: its kubelet registers the Node, and reports Ready soon after. A name that has left may be taken again. */
export function startMachine(fleet: Fleet, machine: MachineSpec): void {
  const { ctx, profile } = fleet
  const { state } = ctx
  const agent: Agent = {
    machine: Object.freeze(extend(machine, {})),
    index: state.agents.get(machine.name)?.index ?? state.nextIndex++,
    running: true,
    starting: profile.nodeReadyMs > 0,
    troubles: [],
    images: noImages,
    addresses: 0,
    evictionPass: undefined,
  }
  state.agents.set(machine.name, agentOf(agent))
  state.stopped.delete(machine.name)
  registerNode(fleet, agent)
  if (agent.starting) ctx.schedule(profile.nodeReadyMs, { node: machine.name, task: 'ready' })
  if (ctx.api.podsOnNode(machine.name).length === 0) return
  forgetStops(fleet, machine.name)
  // what ran under this name ran elsewhere
  if (profile.talks) loseAllContainers(fleet, machine.name, undefined)
  syncNodeSoon(fleet, machine.name)
}

/** The kubelet goes through the pods that were bound to its node before it ran. */
function syncNodeSoon({ ctx, profile }: Fleet, name: string): void {
  ctx.schedule(profile.talks ? profile.nodeReadyMs : profile.stopMs, { node: name, task: 'sync' })
}

/** The first full status after the start. */
export function nodeIsReady(fleet: Fleet, name: string): void {
  const agent = fleet.ctx.state.agents.get(name)
  if (!agent?.running || !agent.starting) return
  updateAgent(fleet, name, { starting: false })
  postNodeStatus(fleet, name)
}

/** The machine goes, and its Node object with it. Its pods stay behind as objects until somebody collects them (NL-7.3). */
export function removeMachine(fleet: Fleet, name: string): void {
  const { api, state } = fleet.ctx
  const pass = state.agents.get(name)?.evictionPass
  if (pass !== undefined) fleet.ctx.cancel(pass)
  state.agents.delete(name)
  state.stopped.delete(name)
  for (const worker of [...state.workers.values()]) if (worker.node === name) forgetWorker(fleet, worker.uid)
  if (api.node(name)) api.delete('Node', '', name)
}

/** Creates the Node object, or takes over the one that is there. */
export function registerNode(fleet: Fleet, agent: Agent): void {
  const { ctx, profile } = fleet
  const { name } = agent.machine
  const made = newNode(agent.machine, agent, profile, ctx.version, ctx.timestamp())
  const found = ctx.api.node(name)
  const conditions = nodeConditions(agent, ctx.timestamp(), found?.status.conditions)
  const node = found ? ctx.api.updateStatus('Node', found, { ...made.status, conditions }) : ctx.api.create('Node', made)
  renewLease(fleet, node)
  recordNode(fleet, node, 'Normal', 'Starting', 'Starting kubelet.')
  recordStatusOf(fleet, node, ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID'])
  recordNode(fleet, node, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods')
}

/** Renews the lease from now on; makes it when there is none. */
export function renewLease({ ctx }: Fleet, node: KubeNode): void {
  const lease = renewedLease(node, ctx.now())
  const found = ctx.api.get('Lease', leaseNamespace, node.metadata.name)
  if (found) ctx.api.update('Lease', { ...found, metadata: { ...found.metadata, ownerReferences: lease.metadata.ownerReferences }, spec: lease.spec })
  else ctx.api.create('Lease', lease)
}

/** The kubelet stops: from now on nothing of it reaches the API. Its containers go on. */
export function stopKubelet(fleet: Fleet, name: string): void {
  const { ctx } = fleet
  if (!runningAgent(fleet, name)) return
  updateAgent(fleet, name, { running: false })
  ctx.state.stopped.add(name)
  const lease = ctx.api.get('Lease', leaseNamespace, name)
  if (!lease?.spec.renewals) return
  const untilMs = lastRenewalMs(lease, ctx.now())
  ctx.api.update('Lease', { ...lease, spec: { ...lease.spec, renewals: { ...lease.spec.renewals, untilMs } } })
}

/** The kubelet starts again, also one that runs after its Node was deleted: it posts its status at once and looks at its pods right after. */
export function startKubelet(fleet: Fleet, name: string): void {
  const { ctx } = fleet
  const agent = ctx.state.agents.get(name)
  const node = ctx.api.node(name)
  if (!agent || (agent.running && node)) return
  updateAgent(fleet, name, { running: true, starting: false })
  ctx.state.stopped.delete(name)
  forgetStops(fleet, name)
  if (!node) registerNode(fleet, { ...agent, starting: false })
  else {
    renewLease(fleet, node)
    recordNode(fleet, node, 'Normal', 'Starting', 'Starting kubelet.')
    postNodeStatus(fleet, name)
  }
  planEviction(fleet, name)
  syncNodeSoon(fleet, name)
}

/** Sets or clears what is wrong with a node; the kubelet reports it at once, or when it comes back. */
export function setTroubles(fleet: Fleet, name: string, set: Partial<Record<NodeTrouble, boolean>>): void {
  const agent = fleet.ctx.state.agents.get(name)
  if (!agent) return
  const on = new Set(agent.troubles)
  for (const [trouble, value] of Object.entries(set) as [NodeTrouble, boolean][]) {
    if (value) on.add(trouble)
    else on.delete(trouble)
  }
  updateAgent(fleet, name, { troubles: Object.freeze([...on]) })
  if (!agent.running) return
  postNodeStatus(fleet, name)
  for (const trouble of on) if (!agent.troubles.includes(trouble)) reclaims(fleet, name, trouble)
  planEviction(fleet, name)
  if (set.NotReady === false) fleet.ctx.schedule(fleet.profile.noticeMs, { node: name, task: 'wake' })
}

/** The eviction manager has crossed a threshold (KL-10.2). */
function reclaims(fleet: Fleet, name: string, trouble: NodeTrouble): void {
  const node = fleet.ctx.api.node(name)
  const resource = pressedResources[trouble]
  if (node && resource) recordNode(fleet, node, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${resource}`)
}

/** The kubelet has seen that its node was cordoned, or is no longer (NL-1.4). */
export function reportSchedulable(fleet: Fleet, node: KubeNode): void {
  if (runningAgent(fleet, node.metadata.name)) recordStatusOf(fleet, node, [node.spec.unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable'])
}

/** Writes the node's status as its kubelet sees it, with an event for each condition that changed. */
export function postNodeStatus(fleet: Fleet, name: string): void {
  const { ctx } = fleet
  const agent = ctx.state.agents.get(name)
  const node = ctx.api.node(name)
  if (!agent || !node) return
  const before = node.status.conditions ?? []
  const status = nodeStatus(node, agent, ctx.timestamp())
  const changed = (status.conditions ?? []).filter((c) => before.find((b) => b.type === c.type)?.status !== c.status)
  ctx.api.updateStatus('Node', node, status)
  recordStatusOf(
    fleet,
    node,
    changed.map(({ type, status, reason = '' }) =>
      type === 'Ready' ? (status === 'True' ? 'NodeReady' : 'NodeNotReady') : reason.replace('Kubelet', 'Node'),
    ),
  )
}

function recordStatusOf(fleet: Fleet, node: KubeNode, reasons: readonly string[]): void {
  for (const reason of reasons) recordNode(fleet, node, 'Normal', reason, `Node ${node.metadata.name} status is now: ${reason}`)
}

function recordNode({ ctx, profile }: Fleet, node: KubeNode, type: EventType, reason: string, message: string): void {
  if (profile.talks && ctx.api.count('Node') <= manyNodes) ctx.record(node, type, reason, message, { host: node.metadata.name })
}
