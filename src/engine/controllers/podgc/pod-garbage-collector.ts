/**
 * Removes pods that nobody else ever will.
 *
 * Kubernetes makes a pass over all pods every 20 s. Here a pass is made only when something has come up for it, at the very time
 * the periodic one would be made: multiples of 20 s since the cluster's start.
 */
import { isTerminal, isTerminating } from '#k8s/pod.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import type { ComponentContext, ComponentDefinition, WatchEvent } from '../../component.ts'
import { isOutOfService, isUnscheduledTerminating, terminatedPodThreshold, terminatedSurplus } from './doomed-pods.ts'
import { forceDelete, nodeGone } from './force-delete.ts'

/** T-11 */
const passMs = 20_000
const quarantineMs = 40_000

export interface PodGarbageCollectorState {
  /** Time of the pass that is planned, and of the one made last; −1 for none. */
  plannedMs: number
  lastMs: number
  /** Number of terminal pods. */
  terminal: number
  /** Missing nodes with pods, and when they are given up. */
  quarantine: Map<string, number>
}

type Context = ComponentContext<PodGarbageCollectorState>

/** Plans a pass: the first one at or after `fromMs` that was not made yet, unless an earlier one is planned. */
function planPass(context: Context, fromMs: number): void {
  const { state } = context
  let atMs = Math.ceil(fromMs / passMs) * passMs
  if (atMs <= state.lastMs) atMs = state.lastMs + passMs
  if (state.plannedMs >= 0 && state.plannedMs <= atMs) return
  state.plannedMs = atMs
  context.schedule(atMs - context.now(), { passAtMs: atMs })
}

/** @source pkg/controller/podgc/gc_controller.go gcOrphaned; NL-7.3 */
function collectOrphans(context: Context): void {
  const { api, state } = context
  const now = context.now()
  const missing = new Map<string, Pod[]>()
  for (const pod of api.list('Pod')) {
    const { nodeName } = pod.spec
    if (!nodeName || api.node(nodeName)) continue
    const pods = missing.get(nodeName)
    if (pods) pods.push(pod)
    else missing.set(nodeName, [pod])
  }
  const due = [...state.quarantine].filter(([, atMs]) => atMs <= now).map(([node]) => node)
  for (const node of due) state.quarantine.delete(node)
  // a node whose time is over is noted once more: if it comes and goes again soon, its next pods wait less
  for (const node of missing.keys()) if (!state.quarantine.has(node)) state.quarantine.set(node, now + quarantineMs)
  for (const node of due) for (const pod of missing.get(node) ?? []) forceDelete(context, pod, nodeGone)
  for (const atMs of state.quarantine.values()) planPass(context, atMs)
}

/** One pass over all pods, in the order of NL-7.2. @source pkg/controller/podgc/gc_controller.go gc */
function collect(context: Context): void {
  const { api, version, state } = context
  if (state.terminal > terminatedPodThreshold) for (const pod of terminatedSurplus(api.list('Pod'), version)) forceDelete(context, pod)
  for (const pod of api.list('Pod')) if (isTerminating(pod) && isOutOfService(api.node(pod.spec.nodeName ?? ''), version)) forceDelete(context, pod)
  collectOrphans(context)
  for (const pod of api.list('Pod')) if (isUnscheduledTerminating(pod)) forceDelete(context, pod)
}

/** Plans a pass when a change gives it something to do. */
function createWatch(context: Context): (event: WatchEvent) => void {
  const { api, version } = context
  const plan = () => planPass(context, context.now())

  const countTerminal = (pod: Pod, old: Pod | undefined, deleted: boolean) => {
    const { state } = context
    if (old && !deleted && isTerminal(old)) state.terminal--
    if (isTerminal(pod)) state.terminal += deleted ? -1 : 1
    return state.terminal > terminatedPodThreshold
  }

  const podChanged = (pod: Pod, old: Pod | undefined, deleted: boolean) => {
    const tooMany = countTerminal(pod, old, deleted)
    if (deleted) return
    const { nodeName } = pod.spec
    // of pods that were there when their node went, the node's end tells
    const isOrphan = !!nodeName && old?.spec.nodeName !== nodeName && !api.node(nodeName) && !context.state.quarantine.has(nodeName)
    const isStuck = isTerminating(pod) && (!nodeName || isOutOfService(api.node(nodeName), version))
    if (tooMany || isOrphan || isStuck) plan()
  }

  const nodeChanged = (node: KubeNode, deleted: boolean) => {
    if (!deleted && !isOutOfService(node, version)) return
    const pods = api.podsOnNode(node.metadata.name)
    if (deleted ? pods.length > 0 && !api.node(node.metadata.name) : pods.some(isTerminating)) plan()
  }

  return ({ kind, type, object, old }) => {
    if (kind === 'Pod') podChanged(object as Pod, old as Pod | undefined, type === 'DELETED')
    else if (kind === 'Node') nodeChanged(object as KubeNode, type === 'DELETED')
  }
}

/** NL-7 */
export const podGarbageCollector: ComponentDefinition<PodGarbageCollectorState> = {
  name: 'pod-garbage-collector',
  order: 90,
  initialState: () => ({ plannedMs: -1, lastMs: -1, terminal: 0, quarantine: new Map() }),
  create(context) {
    return {
      watches: ['Pod', 'Node'],
      onWatch: createWatch(context),
      onTimer(payload) {
        const { state } = context
        // a pass that was brought forward has made this one's plan void
        if ((payload as { passAtMs: number }).passAtMs !== state.plannedMs) return
        state.plannedMs = -1
        state.lastMs = context.now()
        collect(context)
      },
    }
  },
}
