/**
 * A DaemonSet controller over a store of its own, for table tests: changes are delivered at once, and single syncs are asked for one by one.
 * Its pod control counts, as upstream's unit tests do: created pods get no phase and no timestamp, and deleting a pod that was not created
 * here is an error after it was counted (DS-19).
 */

import { notFound } from '#k8s/api-error.ts'
import { templateHash } from '#k8s/hash.ts'
import { controllerOf, controllerRef } from '#k8s/owner.ts'
import { toTimestamp } from '#k8s/time.ts'
import type { AnyObject, Condition, DaemonSet, DaemonSetUpdateStrategy, Kind, KubeNode, Pod, PodSpec, StringMap } from '#k8s/types.ts'
import { type KubernetesVersion, newestVersion } from '#k8s/version.ts'
import { createRandom, seedRandom } from '#sim/random.ts'
import type { ComponentContext, ControlPlaneApi, Plain, WatchEvent } from '../../component.ts'
import { controllerRevisionHashLabel } from './constants.ts'
import { createControllerState, type DaemonSetController, type DaemonSetControllerState } from './controller.ts'
import { createController, deliver } from './daemon-set-controller.ts'
import type { PodControl } from './pod-control.ts'
import { syncDaemonSet } from './sync.ts'
import { podFromTemplate } from './template.ts'

export const L1: StringMap = { name: 'simple-daemon', type: 'production' }
export const L2: StringMap = { name: 'simple-daemon', type: 'test' }
export const N1: StringMap = { color: 'blue', speed: 'fast' }
export const N2: StringMap = { color: 'red', speed: 'fast' }

/** The two strategies of the cases marked "both". */
export const both: readonly DaemonSetUpdateStrategy[] = [{ type: 'OnDelete' }, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } }]

const epochMs = 1_767_225_600_000

export interface TestBed {
  readonly controller: DaemonSetController
  readonly counts: { creates: number; deletes: number; events: number; createCalls: number; statusWrites: number }
  readonly deleted: string[]
  /** Cluster time in ms; may be set. */
  nowMs: number
  /** How many creates succeed before they are refused. */
  createLimit: number
  /** What a write of a status is refused with. */
  statusError: Error | undefined
  /** Whether writes come back as watch events at once, or of which kinds they do. */
  delivers: boolean | readonly Kind[]
  put<T extends AnyObject>(object: T): T
  remove(kind: Kind, key: string): void
  get<T extends AnyObject>(kind: Kind, key: string): T
  pods(): Pod[]
  timers: { atMs: number; payload: Plain }[]
  /** One sync of default/foo: creates, deletes, events. An error is kept in `error`. */
  sync(key?: string): [number, number, number]
  error: Error | undefined
  /** Drops expectations, stamps pods without timestamp (DS-19). */
  clear(): void
}

export function createTestBed(version: KubernetesVersion = newestVersion): TestBed {
  const tables = new Map<string, Map<string, AnyObject>>()
  const table = (kind: string) => {
    const found = tables.get(kind) ?? new Map<string, AnyObject>()
    tables.set(kind, found)
    return found
  }
  const keyOf = (namespace: string | undefined, name: string) => (namespace ? `${namespace}/${name}` : name)
  let written = 0
  const state = createControllerState()
  const randomState = seedRandom(1)
  const own = new Set<string>()

  const commit = (key: string, old: AnyObject | undefined, object: AnyObject | undefined): AnyObject => {
    const source = (object ?? old) as AnyObject
    const stored = Object.freeze({ ...source, metadata: { ...source.metadata, resourceVersion: String(++written) } }) as AnyObject
    if (object) table(source.kind).set(key, stored)
    else table(source.kind).delete(key)
    const type = !object ? 'DELETED' : old ? 'MODIFIED' : 'ADDED'
    const { delivers } = bed
    if (delivers === true || (delivers !== false && delivers.includes(source.kind as Kind)))
      deliver(bed.controller, { type, kind: source.kind as Kind, object: stored, old } as WatchEvent)
    return stored
  }
  const put = (object: AnyObject): AnyObject => {
    const key = keyOf(object.metadata.namespace, object.metadata.name)
    const full = { ...object, metadata: { ...object.metadata, uid: object.metadata.uid ?? `uid-${++written}` } } as AnyObject
    return commit(key, table(object.kind).get(key), full)
  }
  const all = (kind: string) => [...table(kind).values()]
  const api = {
    get: (kind, namespace, name) => table(kind).get(keyOf(namespace, name)),
    list: all,
    node: (name) => table('Node').get(name),
    podsOnNode: (name) => (all('Pod') as Pod[]).filter((pod) => pod.spec.nodeName === name),
    controlledBy: (kind, uid) => all(kind).filter((object) => controllerOf(object)?.uid === uid),
    create: (_kind, object) => put(object as unknown as AnyObject),
    update: (_kind, object) => put(object),
    updateStatus: (_kind, object, status) => {
      bed.counts.statusWrites++
      if (bed.statusError) throw bed.statusError
      const { namespace, name } = object.metadata
      const old = table(object.kind).get(keyOf(namespace, name)) as DaemonSet
      return put({ ...old, status: status as DaemonSet['status'] })
    },
    delete: (kind, namespace, name) => {
      const key = keyOf(namespace, name)
      const old = table(kind).get(key)
      if (!old) throw notFound(kind, name)
      commit(key, old, undefined)
    },
  } as Partial<ControlPlaneApi> as ControlPlaneApi

  const context: ComponentContext<DaemonSetControllerState> = {
    name: 'daemonset-controller',
    version,
    api,
    state,
    random: createRandom(() => randomState),
    now: () => bed.nowMs,
    timestamp: () => toTimestamp(epochMs + bed.nowMs),
    schedule: (delayMs, payload) => bed.timers.push({ atMs: bed.nowMs + delayMs, payload }),
    cancel: () => undefined,
    record: () => {
      bed.counts.events++
    },
    cause: () => 0,
    withCause: (_cause, work) => work(),
  }

  const podControl: PodControl = {
    createPod(ds, template, nodeName) {
      bed.counts.createCalls++
      if (bed.counts.creates >= bed.createLimit) throw new Error('not created')
      bed.counts.creates++
      const pod = podFromTemplate(ds, template, nodeName)
      const name = `foo-${String(++written).padStart(6, '0')}`
      own.add(name)
      put({ ...pod, metadata: { ...pod.metadata, name }, status: {} } as Pod)
    },
    deletePod(ds, name) {
      bed.counts.deletes++
      bed.deleted.push(name)
      if (!own.has(name)) throw new Error(`pod ${name} was not created here`)
      api.delete('Pod', ds.metadata.namespace ?? '', name)
    },
  }

  const bed: TestBed = {
    controller: { ...createController(context), podControl },
    counts: { creates: 0, deletes: 0, events: 0, createCalls: 0, statusWrites: 0 },
    deleted: [],
    nowMs: 0,
    createLimit: Number.POSITIVE_INFINITY,
    statusError: undefined,
    delivers: true,
    timers: [],
    error: undefined,
    put: put as TestBed['put'],
    remove: (kind, key) => {
      commit(key, table(kind).get(key), undefined)
    },
    get: <T extends AnyObject>(kind: Kind, key: string) => table(kind).get(key) as T,
    pods: () => all('Pod') as Pod[],
    sync(key = 'default/foo') {
      Object.assign(bed.counts, { creates: 0, deletes: 0, events: 0, createCalls: 0, statusWrites: 0 })
      bed.deleted.length = 0
      bed.error = undefined
      try {
        syncDaemonSet(bed.controller, key)
      } catch (error) {
        if (error instanceof TypeError) throw error
        bed.error = error as Error
      }
      return [bed.counts.creates, bed.counts.deletes, bed.counts.events]
    },
    clear() {
      state.expectations.clear()
      for (const pod of bed.pods())
        if (!pod.metadata.creationTimestamp) bed.put({ ...pod, metadata: { ...pod.metadata, creationTimestamp: context.timestamp() } })
    },
  }
  return bed
}

export interface DaemonSetOptions {
  name?: string
  updateStrategy?: DaemonSetUpdateStrategy
  labels?: StringMap
  spec?: Partial<PodSpec>
  minReadySeconds?: number
}

export function daemonSet({
  name = 'foo',
  updateStrategy = { type: 'OnDelete' },
  labels = L1,
  spec,
  minReadySeconds,
}: DaemonSetOptions = {}): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'default', uid: `uid-of-${name}`, generation: 1 },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'foo', image: 'foo/bar' }], ...spec } },
      updateStrategy,
      minReadySeconds,
      revisionHistoryLimit: 2,
    },
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  }
}

export function node(
  name: string,
  labels?: StringMap,
  spec: KubeNode['spec'] = {},
  conditions: Condition[] = [{ type: 'Ready', status: 'True' }],
): KubeNode {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec, status: { conditions, allocatable: { pods: '100' } } }
}

/** Puts nodes node-<from> … into the bed. */
export function addNodes(bed: TestBed, from: number, count: number, labels?: StringMap): void {
  for (let i = from; i < from + count; i++) bed.put(node(`node-${i}`, labels))
}

let serial = 0

/** A pod of the DaemonSet (or an orphan) bound to a node, with the current hash. */
export function podOn(nodeName: string, ds: DaemonSet | undefined, labels: StringMap = L1, change: Partial<Pod['metadata']> = {}): Pod {
  const hash: StringMap = ds ? { [controllerRevisionHashLabel]: templateHash(ds.spec.template) } : {}
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${String(++serial).padStart(6, '0')}`,
      namespace: 'default',
      labels: { ...labels, ...hash },
      ...(ds && { ownerReferences: [controllerRef(ds)] }),
      ...change,
    },
    spec: { nodeName, containers: [{ name: 'foo', image: 'foo/bar' }] },
    status: {},
  }
}

export function addPods(bed: TestBed, nodeName: string, count: number, ds: DaemonSet, labels: StringMap = L1): void {
  for (let i = 0; i < count; i++) bed.put(podOn(nodeName, ds, labels))
}

/** Sets a pod's Ready condition, changed at atMs of cluster time. */
export function setReady(bed: TestBed, pod: Pod, ready = true, atMs = bed.nowMs): Pod {
  const condition: Condition = { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: toTimestamp(epochMs + atMs) }
  return bed.put({ ...pod, status: { ...pod.status, conditions: [condition] } })
}

export function setAllReady(bed: TestBed, which: (pod: Pod) => boolean = () => true): void {
  for (const pod of bed.pods()) if (which(pod)) setReady(bed, pod)
}

/** Changes the DaemonSet's spec as the API server does. */
export function editSpec(bed: TestBed, change: Partial<DaemonSet['spec']>, name = 'foo'): DaemonSet {
  const ds = bed.get<DaemonSet>('DaemonSet', `default/${name}`)
  return bed.put({ ...ds, metadata: { ...ds.metadata, generation: (ds.metadata.generation ?? 0) + 1 }, spec: { ...ds.spec, ...change } })
}

export function setImage(bed: TestBed, image: string, updateStrategy?: DaemonSetUpdateStrategy): DaemonSet {
  const { template } = bed.get<DaemonSet>('DaemonSet', 'default/foo').spec
  return editSpec(bed, {
    template: { ...template, spec: { ...template.spec, containers: [{ name: 'foo', image }] } },
    ...(updateStrategy && { updateStrategy }),
  })
}
