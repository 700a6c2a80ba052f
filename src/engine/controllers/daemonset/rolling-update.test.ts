/** DS-19 sections G to J: surge in manage, rollouts without and with surge, the arithmetic of the budget. */
import { describe, expect, it } from 'vitest'
import { templateHash } from '#k8s/hash.ts'
import { isPodReady } from '#k8s/pod.ts'
import { toTimestamp } from '#k8s/time.ts'
import type { DaemonSetUpdateStrategy, KubeNode, Pod, StringMap } from '#k8s/types.ts'
import { controllerRevisionHashLabel } from './constants.ts'
import { addNodes, addPods, createTestBed, daemonSet, editSpec, L1, node, podOn, setAllReady, setImage, setReady, type TestBed } from './test-bed.ts'
import { updateLimits } from './update-limits.ts'

const rolling = (maxUnavailable: number | string | undefined, maxSurge?: number | string): DaemonSetUpdateStrategy => ({
  type: 'RollingUpdate',
  rollingUpdate: { ...(maxUnavailable !== undefined && { maxUnavailable }), ...(maxSurge !== undefined && { maxSurge }) },
})

const image = (pod: Pod) => pod.spec.containers[0]?.image
const nodeOf = (pod: Pod) =>
  pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]?.matchFields?.[0]?.values?.[0]

/** Creates and deletes of a sync after expectations were dropped. */
function step(bed: TestBed): [number, number] {
  const [creates, deletes] = bed.sync()
  expect(bed.error).toBeUndefined()
  bed.clear()
  return [creates, deletes]
}

/** A rollout of `count` nodes that has come to rest, every pod Ready. */
function rolledOut(count: number, updateStrategy: DaemonSetUpdateStrategy, ready = true, firstNode?: KubeNode): TestBed {
  const bed = createTestBed()
  if (firstNode) bed.put(firstNode)
  addNodes(bed, firstNode ? 1 : 0, firstNode ? count - 1 : count)
  bed.put(daemonSet({ updateStrategy }))
  expect(step(bed)).toEqual([count, 0])
  if (ready) setAllReady(bed)
  return bed
}

describe('surge in manage', () => {
  const updateStrategy = rolling(0, 1)
  const old = (created: number, ready: boolean, bed: TestBed, ds = daemonSet()) => place(bed, 'node-1', created, ready, ds, false)
  function place(bed: TestBed, on: string, created: number, ready: boolean, ds: ReturnType<typeof daemonSet>, current: boolean, readyAt = 0): Pod {
    const creationTimestamp = toTimestamp(created * 1000)
    const pod = podOn(on, ds, L1, { creationTimestamp })
    const labels: StringMap = { ...pod.metadata.labels }
    if (!current) delete labels[controllerRevisionHashLabel]
    const put = bed.put({ ...pod, metadata: { ...pod.metadata, labels } })
    return ready ? setReady(bed, put, true, readyAt) : put
  }
  const bedWithFive = (minReadySeconds?: number) => {
    const bed = createTestBed()
    addNodes(bed, 0, 5)
    const ds = bed.put(daemonSet({ updateStrategy, minReadySeconds }))
    return { bed, ds }
  }

  it('T-80, DS-6.7 of several old pods the oldest stays while the new one is not ready', () => {
    const { bed, ds } = bedWithFive()
    addPods(bed, 'node-2', 1, ds)
    place(bed, 'node-1', 100, false, ds, true)
    old(50, true, bed, ds)
    const younger = old(60, true, bed, ds)
    expect(bed.sync()).toEqual([3, 1, 0])
    expect(bed.deleted).toEqual([younger.metadata.name])
  })

  it('T-81, DS-6.9 a node whose old pod terminates gets its new pod beyond the budget', () => {
    const { bed, ds } = bedWithFive()
    place(bed, 'node-0', 100, false, ds, true)
    place(bed, 'node-0', 50, true, ds, false)
    for (const on of ['node-1', 'node-2', 'node-3', 'node-4']) place(bed, on, 1, true, ds, false)
    const last = bed.pods().at(-1) as Pod
    bed.put({ ...last, metadata: { ...last.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })
    expect(bed.sync()).toEqual([1, 0, 0])
    expect(nodeOf(bed.pods().at(-1) as Pod)).toBe('node-4')
  })

  it('T-82, DS-6.9 an old pod that is not ready goes at once', () => {
    const { bed, ds } = bedWithFive()
    addPods(bed, 'node-2', 1, ds)
    place(bed, 'node-1', 100, false, ds, true)
    old(50, false, bed, ds)
    old(60, true, bed, ds)
    expect(bed.sync()).toEqual([3, 2, 0])
  })

  it.each([
    ['T-83', 60, 1],
    ['T-84', 70, 2],
  ])('%s at %i s the new pod, ready since 50 s, lets %i old ones go', (_, second, deletes) => {
    const { bed, ds } = bedWithFive(15)
    addPods(bed, 'node-2', 1, ds)
    place(bed, 'node-1', 100, true, ds, true, 50_000)
    old(50, true, bed, ds)
    old(60, true, bed, ds)
    bed.nowMs = second * 1000
    expect(bed.sync()).toEqual([3, deletes, 0])
  })
})

describe('rolling update without surge', () => {
  it('T-90, DS-10.6, DS-10.7 goes on by maxUnavailable as new pods become ready', () => {
    const bed = rolledOut(5, { type: 'OnDelete' })
    setImage(bed, 'foo2/bar2', rolling(2))
    const steps: [number, number][] = []
    for (let round = 0; round < 3; round++) {
      steps.push(step(bed), step(bed))
      setAllReady(bed)
    }
    expect([...steps, step(bed)]).toEqual([
      [0, 2],
      [2, 0],
      [0, 2],
      [2, 0],
      [0, 1],
      [1, 0],
      [0, 0],
    ])
  })

  it('T-91 stops when new pods do not become ready', () => {
    const bed = rolledOut(5, { type: 'OnDelete' })
    setImage(bed, 'foo2/bar2', rolling(3))
    expect([step(bed), step(bed), step(bed)]).toEqual([
      [0, 3],
      [3, 0],
      [0, 0],
    ])
  })

  it('T-92, DS-10.6 replaces pods that are not available whatever the budget', () => {
    const bed = rolledOut(5, { type: 'OnDelete' }, false)
    setImage(bed, 'foo2/bar2', rolling(3))
    expect([step(bed), step(bed), step(bed)]).toEqual([
      [0, 5],
      [5, 0],
      [0, 0],
    ])
  })

  it('T-93, DS-10.15 another strategy alone replaces nothing', () => {
    const bed = rolledOut(5, { type: 'OnDelete' })
    editSpec(bed, { updateStrategy: rolling(3) })
    expect(step(bed)).toEqual([0, 0])
  })

  it('T-94 since 1.31 a second bad update replaces the pods of the first only', () => {
    const bed = rolledOut(5, { type: 'OnDelete' })
    for (const next of ['foo2/bar2', 'foo3/bar3']) {
      setImage(bed, next, rolling(2))
      expect([step(bed), step(bed), step(bed)]).toEqual([
        [0, 2],
        [2, 0],
        [0, 0],
      ])
    }
    expect(bed.pods().filter((pod) => image(pod) === 'foo/bar' && isPodReady(pod))).toHaveLength(3)
  })

  it('T-95 healthy pods survive any number of bad updates', () => {
    const bed = rolledOut(20, { type: 'OnDelete' })
    const budgets = [10, 3, 0, 9, 7, 1, 5, 8, 2, 4, 6]
    for (const [index, budget] of budgets.entries()) {
      setImage(bed, `foo/bar:${index}`, rolling(budget))
      expect([step(bed), step(bed), step(bed)]).toEqual([
        [0, 10],
        [10, 0],
        [0, 0],
      ])
    }
    expect(bed.pods().filter((pod) => image(pod) === 'foo/bar')).toHaveLength(10)
    setImage(bed, 'foo/bar:last', rolling(11))
    expect([step(bed), step(bed), step(bed)]).toEqual([
      [0, 11],
      [11, 0],
      [0, 0],
    ])
    expect(bed.pods().filter(isPodReady)).toHaveLength(9)
  })

  it('T-96, DS-10.6 with the budget used up only old pods that are not available go', () => {
    const bed = rolledOut(100, { type: 'OnDelete' })
    setImage(bed, 'foo2/bar2', rolling(10))
    for (let round = 0; round < 10; round++) {
      expect([step(bed), step(bed)]).toEqual([
        [0, 10],
        [10, 0],
      ])
      setAllReady(bed)
    }
    expect(step(bed)).toEqual([0, 0])
    const all = bed.pods()
    for (const [index, pod] of all.entries()) {
      const labels = index < 12 ? { ...pod.metadata.labels, [controllerRevisionHashLabel]: 'old' } : pod.metadata.labels
      setReady(bed, bed.put({ ...pod, metadata: { ...pod.metadata, labels } }), index < 10)
    }
    expect(bed.sync().slice(0, 2)).toEqual([0, 2])
    expect(bed.deleted).toEqual(all.slice(10, 12).map((pod) => pod.metadata.name))
    bed.clear()
    expect([step(bed), step(bed)]).toEqual([
      [2, 0],
      [0, 0],
    ])
  })
})

describe('rolling update with surge', () => {
  it('T-100, DS-10.10, DS-10.13 adds maxSurge pods, then trades old for new', () => {
    const bed = rolledOut(5, { type: 'OnDelete' })
    setImage(bed, 'foo2/bar2', rolling(0, 2))
    const steps: [number, number][] = []
    for (let round = 0; round < 3; round++) {
      steps.push(step(bed), step(bed))
      setAllReady(bed)
    }
    expect([...steps, step(bed), step(bed)]).toEqual([
      [2, 0],
      [0, 0],
      [2, 2],
      [0, 0],
      [1, 2],
      [0, 0],
      [0, 1],
      [0, 0],
    ])
  })

  it('T-101 counts availability, not readiness', () => {
    const bed = rolledOut(5, { type: 'OnDelete' }, false)
    const at = (second: number) => {
      bed.nowMs = second * 1000
      return step(bed)
    }
    setImage(bed, 'foo2/bar2', rolling(0, 3))
    expect([at(100), at(200)]).toEqual([
      [5, 0],
      [0, 5],
    ])
    setAllReady(bed)
    editSpec(bed, { minReadySeconds: 15 })
    setImage(bed, 'foo3/bar3')
    expect(at(300)).toEqual([3, 0])
    const newest = () => bed.pods().filter((pod) => image(pod) === 'foo3/bar3')
    const surged = newest()
    for (const pod of surged.slice(0, 2)) setReady(bed, pod)
    const covered = surged.map(nodeOf)
    const alone = bed.pods().find((pod) => image(pod) === 'foo2/bar2' && !covered.includes(nodeOf(pod))) as Pod
    setReady(bed, alone, false)
    expect([at(310), at(320)]).toEqual([
      [1, 0],
      [1, 3],
    ])
    for (const pod of newest().filter((pod) => !isPodReady(pod))) setReady(bed, pod)
    expect([at(340), at(350)]).toEqual([
      [0, 2],
      [0, 0],
    ])
  })

  it('T-102, DS-10.11 since 1.29 a node that is no longer wanted loses its pod once there are enough', () => {
    const taint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' as const }
    const bed = createTestBed()
    bed.put(node('node-0', undefined, { taints: [taint] }))
    addNodes(bed, 1, 4)
    bed.put(daemonSet({ updateStrategy: rolling(0, 1), spec: { tolerations: [{ key: taint.key, operator: 'Exists' }] } }))
    expect(step(bed)).toEqual([5, 0])
    setAllReady(bed)
    const { template } = daemonSet().spec
    editSpec(bed, { template: { ...template, spec: { ...template.spec, tolerations: [] } } })
    expect(bed.sync().slice(0, 2)).toEqual([1, 1])
    expect(bed.pods().some((pod) => nodeOf(pod) === 'node-0')).toBe(false)
    bed.clear()
    expect(step(bed)).toEqual([0, 0])
    setAllReady(bed)
    for (let round = 0; round < 3; round++) {
      expect([step(bed), step(bed)]).toEqual([
        [1, 1],
        [0, 0],
      ])
      setAllReady(bed)
    }
    expect([step(bed), step(bed)]).toEqual([
      [0, 1],
      [0, 0],
    ])
  })

  it.each([
    ['all available: one more than wanted, one goes', [], 1],
    ['one that stays is not available: as many as wanted, none goes', ['node-4'], 0],
    // it is replaced at once, and the node no longer wanted counts for it
    ['the unwanted one is not available: it goes whatever the others do', ['node-0', 'node-4'], 1],
  ])('DS-10.11 of two nodes no longer wanted, one of them empty-handed: %s', (_, notReady, deletes) => {
    const taint = { key: 'a', effect: 'NoSchedule' as const }
    const bed = createTestBed()
    bed.put(node('node-0', undefined, { taints: [taint] }))
    bed.put(node('other', undefined, { taints: [taint] }))
    addNodes(bed, 1, 4)
    bed.put(daemonSet({ updateStrategy: rolling(0, 1), spec: { tolerations: [{ key: 'a', operator: 'Exists' }] } }))
    step(bed)
    setAllReady(bed, (pod) => !notReady.includes(nodeOf(pod) ?? '') && nodeOf(pod) !== 'other')
    const other = bed.pods().find((pod) => nodeOf(pod) === 'other') as Pod
    bed.remove('Pod', `default/${other.metadata.name}`)
    const { template } = daemonSet().spec
    editSpec(bed, { template: { ...template, spec: { ...template.spec, tolerations: [] } } })
    expect(bed.sync()[1]).toBe(deletes)
    expect(bed.pods().some((pod) => nodeOf(pod) === 'node-0')).toBe(deletes === 0)
  })

  it('DS-10.3 a pod of the same template generation is new to the rollout, and old to manage, which goes by the hash (DS-6.9)', () => {
    const bed = createTestBed()
    addNodes(bed, 0, 1)
    const ds = daemonSet({ updateStrategy: rolling(0, 1) })
    bed.put({ ...ds, metadata: { ...ds.metadata, annotations: { 'deprecated.daemonset.template.generation': '1' } } })
    const left = bed.put(podOn('node-0', ds, { ...L1, 'pod-template-generation': '1' }))
    setReady(bed, bed.put({ ...left, metadata: { ...left.metadata, labels: { ...left.metadata.labels, [controllerRevisionHashLabel]: 'older' } } }))
    // new enough: nothing is replaced, and it counts as updated
    expect(step(bed)).toEqual([0, 0])
    expect(bed.get<ReturnType<typeof daemonSet>>('DaemonSet', 'default/foo').status.updatedNumberScheduled).toBe(1)
    setReady(bed, bed.put(podOn('node-0', ds, L1, { creationTimestamp: '2027-01-01T00:00:00Z' })))
    expect(bed.sync()).toEqual([0, 1, 0])
    expect(bed.deleted).toEqual([left.metadata.name])
  })

  it('DS-10.12 an old pod on a node that is gone stops the rollout since 1.29', () => {
    for (const [version, error] of [
      ['1.28', undefined],
      ['1.29', `couldn't get node for nodeName "node-1": node "node-1" not found`],
    ] as const) {
      const bed = createTestBed(version)
      addNodes(bed, 0, 2)
      bed.put(daemonSet({ updateStrategy: rolling(0, 1) }))
      bed.sync()
      setAllReady(bed)
      for (const pod of bed.pods()) bed.put({ ...pod, spec: { ...pod.spec, nodeName: nodeOf(pod) } })
      bed.remove('Node', 'node-1')
      setImage(bed, 'foo2/bar2')
      bed.sync()
      expect(bed.error?.message).toBe(error)
    }
  })
})

it('DS-10.9 an old pod on a node that only lets it stay is replaced like any other, and does not come back', () => {
  const bed = rolledOut(3, rolling(3))
  for (const pod of bed.pods()) bed.put({ ...pod, spec: { ...pod.spec, nodeName: nodeOf(pod) } })
  bed.put(node('node-1', undefined, { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] }))
  setImage(bed, 'foo2/bar2')
  expect(step(bed)).toEqual([0, 3])
  expect(step(bed)).toEqual([2, 0])
  expect(bed.pods().map(nodeOf)).toEqual(['node-0', 'node-2'])
})

it('DS-10.1 pods bound to nodes that are gone take part: an old one is replaced within the budget, one that is not available uses it up', () => {
  const bed = rolledOut(3, rolling(1))
  for (const pod of bed.pods()) bed.put({ ...pod, spec: { ...pod.spec, nodeName: nodeOf(pod) } })
  bed.remove('Node', 'node-0')
  const lost = bed.pods().find((pod) => nodeOf(pod) === 'node-0') as Pod
  setImage(bed, 'foo2/bar2')
  // three candidates, the nodes in the list first
  expect(step(bed)).toEqual([0, 1])
  expect(bed.get('Pod', `default/${lost.metadata.name}`)).toBeDefined()
  expect(step(bed)).toEqual([1, 0])
  setAllReady(bed)
  bed.put({ ...lost, metadata: { ...lost.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })
  // terminating: its node has neither an old nor a new pod, which costs one
  expect(step(bed)).toEqual([0, 0])
  bed.remove('Pod', `default/${lost.metadata.name}`)
  expect(step(bed)).toEqual([0, 1])
})

it.each([
  ['forwards', (names: string[]) => names],
  ['backwards', (names: string[]) => names.toReversed()],
])('DS-10.5 how many are replaced does not depend on the order of the nodes: %s', (_, ordered) => {
  const bed = createTestBed()
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const name of ordered(names)) bed.put(node(name))
  bed.put(daemonSet({ updateStrategy: rolling(2) }))
  step(bed)
  setAllReady(bed, (pod) => nodeOf(pod) !== 'c')
  setImage(bed, 'foo2/bar2')
  // the one that is not Ready, outside the budget, and one more (DS-10.6): it counts since 1.31
  expect(step(bed)).toEqual([0, 2])
})

it('DS-10.14 a rollout, too, deletes and creates at most 250 in one sync, and waits for what it asked for', () => {
  const bed = rolledOut(250, rolling('100%'))
  addNodes(bed, 250, 10)
  step(bed)
  setAllReady(bed)
  setImage(bed, 'foo2/bar2')
  expect(bed.sync()).toEqual([0, 250, 0])
  expect(bed.controller.expectations.satisfied('default/foo')).toBe(true)
  bed.clear()
  // manage makes the 250 anew; they and their nodes are within the budget of 260, so the other ten go in the same sync
  expect(step(bed)).toEqual([250, 10])
})

it('DS-10.14 a surge of more than 250 pods takes two syncs', () => {
  const bed = rolledOut(250, rolling(0, '100%'))
  addNodes(bed, 250, 10)
  step(bed)
  setAllReady(bed)
  setImage(bed, 'foo2/bar2')
  expect(step(bed)).toEqual([250, 0])
  expect(step(bed)).toEqual([10, 0])
})

it('DS-10.4 a node with two old pods takes up budget and is not touched by the rollout', () => {
  const bed = createTestBed()
  addNodes(bed, 0, 2)
  const ds = bed.put(daemonSet({ updateStrategy: rolling(1) }))
  const old = (on: string) => setReady(bed, bed.put(podOn(on, ds, L1, { labels: L1 })))
  for (const on of ['node-0', 'node-0', 'node-1']) old(on)
  const table = bed.controller.views.of(ds).table(ds, 'new', bed.nowMs + 1e15)
  expect(table.sums.rollout.counts.unavailable).toBe(1)
  expect(table.sums.rollout.moves.candidate.first(9).map(({ name }) => name)).toEqual(['node-1'])
})

describe('updateLimits, DS-10.1, DS-10.2, TRAP-11', () => {
  const terminating = { deletionTimestamp: '2026-01-01T00:00:00Z' }
  it.each<[string, DaemonSetUpdateStrategy, number, (typeof terminating | undefined)[], number[]]>([
    ['T-110 no nodes', rolling(0), 0, [], [0, 0, 0, 0]],
    ['T-111', rolling(1), 2, [undefined, undefined], [0, 1, 2, 0]],
    ['T-112 one pod missing', rolling(0), 2, [undefined], [0, 1, 2, 1]],
    ['T-113 one pod missing', rolling(0, 0), 2, [undefined], [0, 1, 2, 1]],
    ['T-114', rolling('50%'), 2, [undefined, undefined], [0, 1, 2, 0]],
    ['T-115', rolling(undefined, '50%'), 2, [undefined, undefined], [1, 0, 2, 0]],
    ['T-116', rolling(undefined, '100%'), 2, [undefined, undefined], [2, 0, 2, 0]],
    ['T-117 one pod missing, one terminating', rolling('50%'), 3, [undefined, terminating], [0, 2, 3, 1]],
    ['OnDelete allows neither (DS-10.2)', { type: 'OnDelete' }, 2, [undefined, undefined], [0, 1, 2, 0]],
  ])('%s', (_, updateStrategy, nodes, pods, expected) => {
    const bed = createTestBed()
    addNodes(bed, 0, nodes)
    const ds = bed.put(daemonSet({ updateStrategy }))
    for (const [i, change] of pods.entries()) setReady(bed, bed.put(podOn(`node-${i}`, ds, L1, change)))
    const { desired, current } = bed.controller.views.of(ds).table(ds, templateHash(ds.spec.template), 0).sums.status.counters
    const { maxSurge, maxUnavailable } = updateLimits(updateStrategy, desired)
    // nodes without any pod take part as empty entries
    expect([maxSurge, maxUnavailable, desired, desired - current]).toEqual(expected)
  })

  it.each([
    ['1%', 1, 1],
    ['34%', 3, 2],
    ['67%', 3, 3],
    ['100%', 5, 5],
    ['0%', 5, 0],
  ])('%s of %i is %i: both parts round up (DS-10.2)', (percent, desired, expected) => {
    expect(updateLimits(rolling(percent, 1), desired).maxUnavailable).toBe(expected)
    expect(updateLimits(rolling(1, percent), desired).maxSurge).toBe(expected)
  })
})
