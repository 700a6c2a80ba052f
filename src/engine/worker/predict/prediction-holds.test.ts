/** What the look ahead tells is what happens when the same is then applied to the same cluster: pods, order, times, lowest number. */
import { describe, expect, it } from 'vitest'
import { isPodReady, targetNode } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { Prediction } from '#protocol/prediction.ts'
import { Talk } from '../testing/talk.ts'

const agent = ({ image = 'busybox:1', name = 'agent', spec = '', pod = '' } = {}) => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
spec:
${spec && `  ${spec}\n`}  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
${pod && `      ${pod}\n`}      containers:
        - {name: main, image: '${image}'}
`

const rolling = (limits: string) => `updateStrategy: {rollingUpdate: {${limits}}}`
const gpuToleration = 'tolerations: [{key: gpu, operator: Exists}]'

/** Six workers, one of them tainted for GPUs. */
function sixNodes(seed: number): Talk {
  const talk = new Talk()
  const nodes = Array.from({ length: 6 }, (_, i) => `{name: n${i}, labels: {disk: ${i < 2 ? 'ssd' : 'hdd'}}}`)
  nodes[5] = '{name: n5, taints: [{key: gpu, effect: NoSchedule}]}'
  talk.ask('open', { scenario: `id: six\nnodes: [${nodes.join(', ')}]\nsteps: []\n`, seed, playing: false })
  return talk
}

/** One line for each pod or pair of pods, in the order in which it begins. */
interface Row {
  what: string
  name: string
  node: string
  atMs: number
  readyAtMs?: number
}
/** Two that begin in the same millisecond have no order. */
const inOrder = (rows: Row[]) => rows.sort((a, b) => a.atMs - b.atMs || (`${a.name}${a.node}` < `${b.name}${b.node}` ? -1 : 1))

/** Runs the cluster until nothing happens any more and looks at it after every timer. Times are since now. */
function watchReally({ session }: Talk, act: () => void) {
  const { cluster } = session.open
  const startMs = cluster.nowMs
  const pods = () => [...cluster.core.state.tables.Pod.values()]
  const workloads = () => [...cluster.core.state.tables.DaemonSet.values(), ...cluster.core.state.tables.Deployment.values()]
  const availableOf = (one: ReturnType<typeof workloads>[number]) =>
    (one.kind === 'DaemonSet' ? one.status?.numberAvailable : one.status?.availableReplicas) ?? 0
  const old = new Map(pods().map((pod) => [pod.metadata.uid, pod.metadata.deletionTimestamp !== undefined]))
  const before = new Map(workloads().map((one) => [one.metadata.uid, availableOf(one)]))
  const first = { seen: new Map<string, number>(), going: new Map<string, number>(), ready: new Map<string, number>() }
  const known = new Map<string, Pod>(pods().map((pod) => [pod.metadata.uid ?? '', pod]))
  const lowest = new Map(before)
  let lastMs = startMs
  let revision = cluster.revision
  const look = () => {
    const atMs = cluster.nowMs - startMs
    const once = (times: Map<string, number>, uid: string) => times.set(uid, times.get(uid) ?? atMs)
    const now = pods()
    for (const pod of now) {
      const { uid = '', deletionTimestamp } = pod.metadata
      known.set(uid, pod)
      once(first.seen, uid)
      if (isPodReady(pod)) once(first.ready, uid)
      if (deletionTimestamp !== undefined) once(first.going, uid)
    }
    const there = new Set(now.map((pod) => pod.metadata.uid))
    for (const uid of known.keys()) if (!there.has(uid)) once(first.going, uid)
    for (const one of workloads()) lowest.set(one.metadata.uid, Math.min(lowest.get(one.metadata.uid) ?? Number.POSITIVE_INFINITY, availableOf(one)))
  }
  act()
  look()
  // what goes on for ever is looked at for ten minutes
  while ((cluster.nextTimerMs ?? Number.POSITIVE_INFINITY) <= Math.min(lastMs + 400_000, startMs + 600_000)) {
    cluster.step()
    // Events do not count
    if (cluster.core.state.lastChangeMs === cluster.nowMs && cluster.revision !== revision) lastMs = cluster.nowMs
    revision = cluster.revision
    look()
  }
  const ownerOf = ({ metadata }: Pod) => metadata.labels?.app ?? ''
  const isNew = (uid: string) => !old.has(uid)
  const leaves = (uid: string) => first.going.has(uid) && old.get(uid) !== true
  const taken = new Set<string>()
  const rows = [...known].flatMap(([uid, pod]): Row[] => {
    if (!isNew(uid)) return []
    const twin = [...known].find(([other, { metadata }]) => {
      const sameOwner = ownerOf({ metadata } as Pod) === ownerOf(pod)
      return !isNew(other) && leaves(other) && sameOwner && !taken.has(other) && targetNode(known.get(other) as Pod) === targetNode(pod)
    })
    if (twin) taken.add(twin[0])
    return [
      {
        what: twin ? 'replaced' : 'created',
        name: twin?.[1].metadata.name ?? '',
        node: targetNode(pod) ?? '',
        atMs: Math.min(first.seen.get(uid) as number, twin ? (first.going.get(twin[0]) as number) : Number.POSITIVE_INFINITY),
        ...(first.ready.has(uid) && { readyAtMs: first.ready.get(uid) }),
      },
    ]
  })
  for (const [uid, pod] of known)
    if (!isNew(uid) && leaves(uid) && !taken.has(uid))
      rows.push({ what: 'deleted', name: pod.metadata.name, node: targetNode(pod) ?? '', atMs: first.going.get(uid) as number })
  return {
    rows: inOrder(rows),
    durationMs: lastMs - startMs,
    numbers: workloads().map((one) => ({
      name: one.metadata.name,
      availableBefore: before.get(one.metadata.uid),
      lowest: lowest.get(one.metadata.uid),
      available: availableOf(one),
    })),
  }
}

const told = ({ pods, workloads, durationMs }: Prediction) => ({
  rows: inOrder(
    pods.map(({ what, name = '', node = '', atMs, readyAtMs }) => ({ what, name, node, atMs, ...(readyAtMs !== undefined && { readyAtMs }) })),
  ),
  durationMs,
  numbers: workloads.map(({ name, availableBefore, lowestAvailable, available }) => ({
    name,
    availableBefore,
    lowest: lowestAvailable,
    available,
  })),
})

interface Change {
  what: string
  /** What was applied before, and has come to rest. */
  before?: string
  /** Typed right before the question, and how long it runs before the question is asked. */
  commands?: string[]
  runMs?: number
  text: string
  /** Rows to come, as rules have it. */
  counts: Partial<Record<'created' | 'deleted' | 'replaced', number>>
  /** Fewest available of the first workload. */
  lowest?: number
  /** Most replacements under way at a time. */
  atOnce?: number
}

const changes: Change[] = [
  { what: 'first apply (DS-6.1)', text: agent(), counts: { created: 5 }, atOnce: 5 },
  {
    what: 'another image, maxUnavailable 1 (DS-10.6)',
    before: agent(),
    text: agent({ image: 'busybox:2' }),
    counts: { replaced: 5 },
    lowest: 4,
    atOnce: 1,
  },
  {
    // half of five is rounded up
    what: 'another image, maxUnavailable 50% (DS-10.2)',
    before: agent({ spec: rolling('maxUnavailable: 50%') }),
    text: agent({ spec: rolling('maxUnavailable: 50%'), image: 'busybox:2' }),
    counts: { replaced: 5 },
    lowest: 2,
    atOnce: 3,
  },
  {
    what: 'another image, surge of 2 (DS-10.10)',
    before: agent({ spec: rolling('maxSurge: 2, maxUnavailable: 0') }),
    text: agent({ spec: rolling('maxSurge: 2, maxUnavailable: 0'), image: 'busybox:2' }),
    counts: { replaced: 5 },
    lowest: 5,
    atOnce: 2,
  },
  {
    what: 'another image and minReadySeconds (DS-8.6)',
    before: agent({ spec: 'minReadySeconds: 7' }),
    text: agent({ spec: 'minReadySeconds: 7', image: 'busybox:2' }),
    counts: { replaced: 5 },
    lowest: 4,
    atOnce: 1,
  },
  {
    what: 'another image, OnDelete (DS-11.1)',
    before: agent({ spec: 'updateStrategy: {type: OnDelete}' }),
    text: agent({ spec: 'updateStrategy: {type: OnDelete}', image: 'busybox:2' }),
    counts: {},
    lowest: 5,
  },
  {
    what: 'a node selector (DS-4.3)',
    before: agent(),
    text: agent({ pod: 'nodeSelector: {disk: ssd}' }),
    counts: { deleted: 3, replaced: 2 },
    lowest: 1,
    atOnce: 1,
  },
  {
    // NoSchedule lets the pod on n5 stay until its turn comes, and none follows it
    what: 'a toleration removed (DS-4.6)',
    before: agent({ pod: gpuToleration }),
    text: agent(),
    counts: { deleted: 1, replaced: 5 },
    lowest: 4,
    atOnce: 1,
  },
  {
    what: 'a toleration more (DS-6.1)',
    before: agent(),
    text: agent({ pod: gpuToleration }),
    counts: { created: 1, replaced: 5 },
    lowest: 5,
    atOnce: 1,
  },
  { what: 'a template that is the same', before: agent(), text: agent({ spec: 'minReadySeconds: 3' }), counts: {}, lowest: 5 },
  {
    what: 'made anew while the deleted one’s pods still go (DS-12.1)',
    before: agent(),
    commands: ['kubectl delete ds agent --wait=false'],
    runMs: 100,
    text: agent({ image: 'busybox:2' }),
    counts: { created: 5 },
    lowest: 0,
  },
  {
    what: 'made anew over pods left behind, which are adopted (DS-10.3)',
    before: agent(),
    commands: ['kubectl delete ds agent --cascade=orphan --wait=false'],
    runMs: 10_000,
    text: agent({ image: 'busybox:2' }),
    // by their generation, 1, they are of the new DaemonSet's template
    counts: {},
  },
  {
    what: 'several documents',
    before: `${agent()}---\n${agent({ name: 'other' })}`,
    text: `${agent({ image: 'busybox:2' })}---\n${agent({ name: 'other', pod: 'nodeSelector: {disk: hdd}' })}---\n${agent({ name: 'third' })}`,
    counts: { created: 5, deleted: 2, replaced: 8 },
    lowest: 4,
  },
  {
    what: 'a Deployment',
    text: agent({ spec: 'replicas: 4' }).replace('kind: DaemonSet', 'kind: Deployment'),
    counts: { created: 4 },
  },
  {
    what: 'an image that cannot be pulled (DS-10.6)',
    before: agent(),
    text: agent({ image: 'broken:1' }),
    counts: { replaced: 1 },
    lowest: 4,
    atOnce: 1,
  },
  {
    what: 'in the midst of a rollout (DS-10.6)',
    before: agent(),
    commands: ['kubectl set image ds agent main=busybox:2'],
    runMs: 5000,
    text: agent({ image: 'busybox:3' }),
    // the third pod goes already: of it only the new one is told
    counts: { created: 1, replaced: 4 },
    lowest: 4,
    atOnce: 1,
  },
]

/** The most pods of one DaemonSet that are on their way to Ready at a time. */
const mostAtOnce = ({ pods }: Prediction) =>
  Math.max(...pods.map(({ atMs }) => pods.filter((one) => one.what !== 'deleted' && one.atMs <= atMs && atMs < (one.readyAtMs ?? Infinity)).length))

describe.each([1, 7])('what is told is what happens, seed %d', (seed) => {
  it.each(changes)('$what', async ({ before, commands = [], runMs = 0, text, counts, lowest, atOnce }) => {
    const talk = sixNodes(seed)
    const { cluster } = talk.session.open
    cluster.fault({ brokenImages: ['broken'] }, 'images cannot be pulled')
    cluster.settle()
    if (before !== undefined) {
      talk.ask('apply', { name: 'before.yaml', text: before })
      cluster.settle(20_000, 300_000)
    }
    for (const command of commands) expect(talk.run(command)[1]).toBe(0)
    cluster.runFor(runMs)
    const prediction = await talk.askLater('predict', { name: 'f.yaml', text })
    const really = watchReally(talk, () => talk.ask('apply', { name: 'f.yaml', text }))
    expect(told(prediction)).toEqual(really)
    // and it is what the rules say
    const many = (what: string) => prediction.pods.filter((pod) => pod.what === what).length
    expect({ created: many('created'), deleted: many('deleted'), replaced: many('replaced') }).toEqual({
      created: 0,
      deleted: 0,
      replaced: 0,
      ...counts,
    })
    if (lowest !== undefined) expect(prediction.workloads[0]?.lowestAvailable).toBe(lowest)
    if (atOnce !== undefined) expect(mostAtOnce(prediction)).toBe(atOnce)
  })
})
