/**
 * All simulated kubelets as one component.
 *
 * Modelled: registration, leases and conditions (NL-1), the life of a pod from acceptance to its end (KL-1 to KL-10, in
 * the parts named in each file), a kubelet that stops and comes back. A healthy node and a running pod cost nothing.
 * Not modelled: volumes, networks, cgroups, static pods, ephemeral containers, image garbage collection, and what a
 * container does: it runs until it is told otherwise (faults).
 */
import type { Component, ComponentDefinition, Plain, WatchEvent } from '#engine/component.ts'
import { isActive, isTerminal, podCondition } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { runFault } from '../faults/index.ts'
import { planDeadline } from './active-deadline.ts'
import { restartChanged } from './definition-change.ts'
import { createFaultTarget } from './fault-target.ts'
import { createKubeletState, type Fleet, type KubeletState, runningAgent } from './fleet.ts'
import { nodeIsReady } from './node-agent.ts'
import { onLease, onNode, reportNode, restoreLease } from './node-watch.ts'
import { evictionPass } from './pod-eviction.ts'
import { resizePod, retryResizes } from './pod-resize.ts'
import { reportAgain, syncNode, syncPod } from './pod-sync.ts'
import { runTask } from './pod-task.ts'
import { forgetWorker, workerOf } from './pod-worker.ts'
import { type KubeletProfile, type KubeletProfileName, kubeletProfiles } from './profile.ts'
import type { PodTask } from './worker-state.ts'

type NodeTask = { node: string; task: 'ready' | 'sync' | 'wake' | 'evict' | 'report' | 'lease' }

/** Somebody else has set a condition that the pod's readiness waits for (KL-3.3). */
function hasGateMoved(pod: Pod, old: Pod): boolean {
  if (!pod.spec.readinessGates || pod.status.conditions === old.status.conditions) return false
  return pod.spec.readinessGates.some(({ conditionType: type }) => podCondition(pod, type)?.status !== podCondition(old, type)?.status)
}

function onPod(fleet: Fleet, { type, object, old }: WatchEvent<'Pod'>): void {
  const { nodeName } = object.spec
  if (!nodeName) return
  // most news is the kubelet's own: an accepted pod that nobody deleted or changed
  const { status, metadata } = object
  const isOwnNews = status.observedGeneration === undefined || status.observedGeneration === metadata.generation
  const isChanged = old?.spec.nodeName === nodeName && old.spec !== object.spec
  const gateMoved = fleet.profile.talks && old !== undefined && hasGateMoved(object, old)
  const isAccepted = status.startTime !== undefined && isActive(object)
  if (type === 'MODIFIED' && isAccepted && isOwnNews && !isChanged && !gateMoved) return
  if (!fleet.ctx.state.agents.has(nodeName)) return
  const { namespace = 'default', name, uid = '' } = metadata
  if (type === 'DELETED') {
    forgetWorker(fleet, uid)
    retryResizes(fleet, nodeName)
    return
  }
  const pod = fleet.ctx.api.get('Pod', namespace, name)
  if (pod?.metadata.uid !== uid) return
  syncPod(fleet, pod)
  if (gateMoved && isAccepted && status.phase === 'Running' && runningAgent(fleet, nodeName)) reportAgain(fleet, pod)
  if (isTerminal(object) && old && !isTerminal(old)) retryResizes(fleet, nodeName)
  if (!isChanged) return
  restartChanged(fleet, pod, old)
  resizePod(fleet, fleet.ctx.api.get('Pod', namespace, name) ?? pod)
  const seconds = pod.spec.activeDeadlineSeconds
  if (seconds !== old.spec.activeDeadlineSeconds && isActive(pod) && runningAgent(fleet, nodeName)) planDeadline(fleet, workerOf(fleet, pod), pod)
}

function onTimer(fleet: Fleet, task: PodTask | NodeTask): void {
  if ('uid' in task) runTask(fleet, task)
  else if (task.task === 'ready') nodeIsReady(fleet, task.node)
  else if (task.task === 'evict') evictionPass(fleet, task.node)
  else if (task.task === 'report') reportNode(fleet, task.node)
  else if (task.task === 'lease') restoreLease(fleet, task.node)
  else syncNode(fleet, task.node, task.task === 'sync')
}

/** The kubelets with given timings: a profile by name, or one's own. */
export function kubeletDefinition(profile: KubeletProfileName | KubeletProfile): ComponentDefinition<KubeletState> {
  return {
    name: 'kubelet',
    order: 10,
    initialState: createKubeletState,
    create(ctx): Component {
      const fleet: Fleet = { ctx, profile: typeof profile === 'string' ? kubeletProfiles[profile] : profile }
      const target = createFaultTarget(fleet)
      return {
        watches: ['Pod', 'Node', 'Lease'],
        onWatch(event) {
          if (event.kind === 'Pod') onPod(fleet, event as WatchEvent<'Pod'>)
          else if (event.kind === 'Node') onNode(fleet, event as WatchEvent<'Node'>)
          else onLease(fleet, event as WatchEvent<'Lease'>)
        },
        onTimer: (payload: Plain) => onTimer(fleet, payload as PodTask | NodeTask),
        onFault: (fault) => runFault(target, fault),
      }
    },
  }
}
