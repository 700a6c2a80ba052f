import type { Cluster } from '#engine/cluster.ts'
import type { DaemonSetControllerState } from '#engine/controllers/daemonset/controller.ts'
import type { JournalEntry } from '#engine/journal.ts'
import { controllerOf, controllerRef } from '#k8s/owner.ts'
import { targetNode } from '#k8s/pod.ts'
import { matchesLabels } from '#k8s/selector.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import { recount, type World, written } from './plain-daemon-set.ts'
import { allowedNow, overstepped } from './plain-rollout.ts'

const controller = 'daemonset-controller'

/** An orphan that the controller has adopted a moment ago counts as its own before the news of that arrive. */
function withAdoption(cluster: Cluster, pod: Pod, updated: ReadonlySet<string>): Pod {
  if (pod.metadata.ownerReferences?.some((o) => o.controller)) return pod
  const key = `${pod.metadata.namespace}/${pod.metadata.name}`
  const { tables } = cluster.core.state
  const live = tables.Pod.get(key)
  const own = (ownerReferences: Pod['metadata']['ownerReferences']): Pod => ({ ...pod, metadata: { ...pod.metadata, ownerReferences } })
  if (live) return live.metadata.uid === pod.metadata.uid ? own(live.metadata.ownerReferences) : pod
  // adopted and at once deleted as one too many
  const ds = updated.has(key) ? [...tables.DaemonSet.values()].find((d) => matchesLabels(d.spec.selector, pod.metadata.labels)) : undefined
  return ds ? own([controllerRef(ds)]) : pod
}

/**
 * What the controller knows: its caches, which lag behind the API. Revisions are its own doing, so they are read live.
 * @param updated keys of pods that it wrote to just now
 */
function worldOfController(cluster: Cluster, updated: ReadonlySet<string>): World {
  const { cache } = cluster.componentState(controller) as DaemonSetControllerState
  return {
    version: cluster.options.version,
    nowMs: cluster.core.epochNow(),
    nodes: [...cache.nodes.values()],
    pods: [...cache.pods.values()].map((pod) => withAdoption(cluster, pod, updated)),
    revisions: [...cluster.core.state.tables.ControllerRevision.values()],
  }
}

export const worldOf = (cluster: Cluster): World => {
  const { Node, Pod: pods, ControllerRevision } = cluster.core.state.tables
  return {
    version: cluster.options.version,
    nowMs: cluster.core.epochNow(),
    nodes: [...Node.values()],
    pods: [...pods.values()],
    revisions: [...ControllerRevision.values()],
  }
}

/**
 * Looks at every step of a cluster: the numbers the controller writes must be a recount of what it knows, and the pods it deletes and creates
 * must be allowed by what it knows. Throws Error with the first thing that is wrong. To be installed before anything happens.
 */
export function watchController(cluster: Cluster): void {
  let seen = cluster.core.state.journal.nextId
  const before = cluster.onStep
  cluster.onStep = () => {
    before?.()
    const { journal } = cluster.core.state
    const fresh: JournalEntry[] = []
    for (let i = journal.entries.length - 1; i >= 0 && (journal.entries[i] as JournalEntry).id >= seen; i--) {
      const entry = journal.entries[i] as JournalEntry
      if (entry.by === controller) fresh.unshift(entry)
    }
    seen = journal.nextId
    if (fresh.length > 0) check(cluster, fresh)
  }
}

/** The node a pod was made for; a template's nodeName may send it elsewhere. */
const plannedNode = (pod: Pod) => targetNode({ ...pod, spec: { ...pod.spec, nodeName: undefined } })

/** An object has one controller. */
function checkOwners(cluster: Cluster, { kind, namespace, name }: JournalEntry): void {
  if (kind !== 'Pod' && kind !== 'ControllerRevision') return
  const owners = cluster.core.state.tables[kind].get(`${namespace}/${name}`)?.metadata.ownerReferences ?? []
  if (owners.filter((o) => o.controller).length > 1)
    throw new Error(`${kind} ${name} has several controllers: ${owners.map((o) => o.name).join(', ')}`)
}

function check(cluster: Cluster, entries: readonly JournalEntry[]): void {
  for (const entry of entries) if (entry.verb === 'update') checkOwners(cluster, entry)
  const world = worldOfController(
    cluster,
    new Set(entries.flatMap((e) => (e.verb === 'update' && e.kind === 'Pod' ? [`${e.namespace}/${e.name}`] : []))),
  )
  const { cache } = cluster.componentState(controller) as DaemonSetControllerState
  const at = `at ${cluster.nowMs} ms`
  for (const { verb, kind, namespace, name } of entries) {
    if (verb !== 'status' || kind !== 'DaemonSet') continue
    const ds = cache.daemonSets.get(`${namespace}/${name}`) as DaemonSet
    const live = cluster.core.state.tables.DaemonSet.get(`${namespace}/${name}`) as DaemonSet
    const [expected, actual] = [recount(ds, world), written(live)]
    if (expected !== actual)
      throw new Error(
        `${at} the status of ${name} says ${actual}, a recount says ${expected} (desired/current/misscheduled/ready/updated/available/unavailable)`,
      )
    if ((live.status.observedGeneration ?? 0) > (live.metadata.generation ?? 0)) throw new Error(`${at} ${name} has observed a generation to come`)
  }
  const podsOf = (verb: string) => entries.flatMap((e) => (e.verb === verb && e.kind === 'Pod' ? [`${e.namespace}/${e.name}`] : []))
  const [deleted, created] = [podsOf('delete'), podsOf('create')]
  if (deleted.length + created.length === 0) return
  const made = created.map((key) => cluster.core.state.tables.Pod.get(key) as Pod)
  const known = { ...world, pods: world.pods.filter((pod) => !made.some((m) => m.metadata.uid === pod.metadata.uid)) }
  const gone = deleted.map((key) => world.pods.find((pod) => `${pod.metadata.namespace}/${pod.metadata.name}` === key))
  // two workers: what is done in one moment may be of two sets
  const owners = new Set([...made, ...gone].map((pod) => pod && controllerOf(pod)?.uid))
  for (const uid of owners) {
    const ds = [...cache.daemonSets.values()].find((d) => d.metadata.uid === uid)
    if (!ds) throw new Error(`${at} pods without a DaemonSet were touched: ${[...deleted, ...created].join(', ')}`)
    const own = (pod: Pod | undefined): pod is Pod => pod !== undefined && controllerOf(pod)?.uid === uid
    const wrong = overstepped(
      allowedNow(ds, known),
      gone.filter(own).map((pod) => pod.metadata.name),
      made.filter(own).map((pod) => plannedNode(pod) ?? '?'),
    )
    if (wrong.length > 0) throw new Error(`${at} ${ds.metadata.name}: ${wrong.join('; ')}`)
  }
}
