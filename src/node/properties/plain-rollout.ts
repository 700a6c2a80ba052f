/** What the controller may do about pods at one moment, counted the plain way (DS-6, DS-10). */
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { available, isNew, type PlainNode, plainNodes, ready, scaled, surges, terminating, type World } from './plain-daemon-set.ts'

export interface Allowed {
  /** Pods that may be deleted whatever the budget, with the reason. */
  deletions: Map<string, string>
  /** Nodes that may get a pod whatever the budget. */
  creations: Set<string>
  /** Pods of which `deletionBudget` may be deleted. */
  candidates: Set<string>
  deletionBudget: number
  /** Nodes of which `surgeBudget` may get a second pod. */
  surgeCandidates: Set<string>
  surgeBudget: number
}

const name = (pod: Pod) => pod.metadata.name

/** DS-6.1 to DS-6.10. Failed pods may go: their back-off is not looked at here. */
function manage(node: PlainNode, ds: DaemonSet, world: World, allowed: Allowed): void {
  const living = node.pods.filter((pod) => !terminating(pod))
  if (!node.exists) {
    for (const pod of node.pods) if (!pod.spec.nodeName) allowed.deletions.set(name(pod), 'its node is gone')
    return
  }
  if (node.shouldRun && node.pods.length === 0) allowed.creations.add(node.name)
  if (!node.shouldContinue) {
    for (const pod of living) allowed.deletions.set(name(pod), 'it may not stay')
    return
  }
  const running: Pod[] = []
  for (const pod of living) {
    if (pod.status.phase === 'Failed') allowed.deletions.set(name(pod), 'it failed')
    else if (pod.status.phase === 'Succeeded' && since(world.version, 'succeededPodsDeleted')) allowed.deletions.set(name(pod), 'it succeeded')
    else running.push(pod)
  }
  if (!surges(ds)) {
    for (const pod of running.slice(1)) allowed.deletions.set(name(pod), 'it is one too many')
    return
  }
  if (running.length === 0 && node.shouldRun) allowed.creations.add(node.name)
  const hash = (pod: Pod) => pod.metadata.labels?.['controller-revision-hash']
  const current = world.revisions.length ? isNewByHash(ds, world) : () => false
  const kept = [running.find(current), running.find((pod) => !current(pod))]
  for (const pod of running) if (!kept.includes(pod)) allowed.deletions.set(name(pod), `it is one too many with hash ${hash(pod)}`)
  const [newest, oldest] = kept
  if (newest && oldest && (!ready(oldest) || available(newest, ds, world))) allowed.deletions.set(name(oldest), 'its successor took over')
}

const isNewByHash = (ds: DaemonSet, world: World) => (pod: Pod) => isNew(pod, { ...ds, metadata: { ...ds.metadata, annotations: {} } }, world)

/** DS-10.4 to DS-10.12 */
function rollOut(nodes: PlainNode[], ds: DaemonSet, world: World, allowed: Allowed): void {
  if (ds.spec.updateStrategy.type !== 'RollingUpdate') return
  const { rollingUpdate } = ds.spec.updateStrategy
  const desired = nodes.filter((n) => n.shouldRun).length
  const maxSurge = scaled(rollingUpdate?.maxSurge, desired)
  const given = scaled(rollingUpdate?.maxUnavailable, desired)
  const maxUnavailable = desired > 0 && given === 0 && maxSurge === 0 ? 1 : given
  let unavailable = 0
  let surging = 0
  let numAvailable = 0
  const sunset: string[] = []
  for (const node of nodes) {
    if (node.pods.length === 0 && !node.shouldRun) continue
    const living = node.pods.filter((pod) => !terminating(pod))
    const news = living.filter((pod) => isNew(pod, ds, world))
    const olds = living.filter((pod) => !isNew(pod, ds, world))
    const [newPod, oldPod] = [news[0], olds[0]]
    const isAvailable = (pod: Pod) => available(pod, ds, world)
    if (news.length > 1 || olds.length > 1) {
      unavailable++
      surging++
      continue
    }
    const counted = oldPod ?? newPod
    if (counted && isAvailable(counted)) numAvailable++
    if (maxSurge === 0) {
      if (!newPod === !oldPod) unavailable++
      else if (newPod) unavailable += isAvailable(newPod) ? 0 : 1
      else if (oldPod && isAvailable(oldPod)) allowed.candidates.add(name(oldPod))
      else if (oldPod) {
        allowed.deletions.set(name(oldPod), 'it is old and not available')
        if (since(world.version, 'oldUnavailableCounts')) unavailable++
      }
      continue
    }
    if (!oldPod) continue
    if (newPod) {
      if (isAvailable(newPod)) allowed.deletions.set(name(oldPod), 'its successor is available')
      else surging++
    } else if (since(world.version, 'surgeSunset') && !node.shouldRun) {
      if (isAvailable(oldPod)) sunset.push(name(oldPod))
      else allowed.deletions.set(name(oldPod), 'it is old, not available, and no successor is wanted')
    } else if (isAvailable(oldPod)) allowed.surgeCandidates.add(node.name)
    else allowed.creations.add(node.name)
  }
  if (maxSurge === 0) allowed.deletionBudget = Math.max(0, maxUnavailable - unavailable)
  else {
    allowed.surgeBudget = Math.max(0, maxSurge - surging)
    allowed.deletionBudget = Math.max(0, numAvailable - desired)
    for (const pod of sunset) allowed.candidates.add(pod)
  }
}

const nothing = (): Allowed => ({
  deletions: new Map(),
  creations: new Set(),
  candidates: new Set(),
  deletionBudget: 0,
  surgeCandidates: new Set(),
  surgeBudget: 0,
})

/** What a pass of manage does: all of it is free of budget. */
export function manageNow(ds: DaemonSet, world: World): Allowed {
  const allowed = nothing()
  for (const node of plainNodes(ds, world)) manage(node, ds, world, allowed)
  return allowed
}

/** What a step of the rollout does, manage apart. */
export function rolloutNow(ds: DaemonSet, world: World): Allowed {
  const allowed = nothing()
  rollOut(plainNodes(ds, world), ds, world, allowed)
  return allowed
}

/** DS-10.12: an old pod alone on a node that is gone stops a surge rollout. */
export function isStuck(ds: DaemonSet, world: World): boolean {
  if (!since(world.version, 'surgeSunset')) return false
  const nodes = plainNodes(ds, world)
  const { type, rollingUpdate } = ds.spec.updateStrategy
  if (type !== 'RollingUpdate' || scaled(rollingUpdate?.maxSurge, nodes.filter((n) => n.shouldRun).length) === 0) return false
  return nodes.some(({ exists, pods }) => {
    const living = pods.filter((pod) => !terminating(pod))
    return !exists && living.length === 1 && living.every((pod) => !isNew(pod, ds, world))
  })
}

/** What one sync may do, by the version's rules. */
export function allowedNow(ds: DaemonSet, world: World): Allowed {
  const allowed = nothing()
  const nodes = plainNodes(ds, world)
  for (const node of nodes) manage(node, ds, world, allowed)
  rollOut(nodes, ds, world, allowed)
  return allowed
}

/** Of what was deleted and created in one sync, what was not allowed. Empty = all is well. */
export function overstepped(allowed: Allowed, deleted: readonly string[], createdOn: readonly string[]): string[] {
  const wrong: string[] = []
  const free = deleted.filter((pod) => !allowed.deletions.has(pod))
  for (const pod of free) if (!allowed.candidates.has(pod)) wrong.push(`nothing allows the deletion of ${pod}`)
  const spent = free.filter((pod) => allowed.candidates.has(pod)).length
  if (spent > allowed.deletionBudget) wrong.push(`${spent} available pods deleted with a budget of ${allowed.deletionBudget}`)
  const extra = createdOn.filter((node) => !allowed.creations.has(node))
  for (const node of extra) if (!allowed.surgeCandidates.has(node)) wrong.push(`nothing asks for a pod on ${node}`)
  const surged = extra.filter((node) => allowed.surgeCandidates.has(node)).length
  if (surged > allowed.surgeBudget) wrong.push(`${surged} nodes surge with a budget of ${allowed.surgeBudget}`)
  if (new Set(createdOn).size !== createdOn.length) wrong.push(`two pods for one node in one sync: ${createdOn.join(', ')}`)
  return wrong
}
