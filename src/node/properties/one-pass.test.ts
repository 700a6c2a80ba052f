/**
 * One pass of the controller over any state, compared with the plain way. PROPERTY_RUNS and PROPERTY_SEED as in search.ts; a state that
 * differs is printed as JSON.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createBackoff, createBackoffState } from '#engine/controllers/daemonset/backoff.ts'
import { createDaemonSetView } from '#engine/controllers/daemonset/daemon-set-view.ts'
import { manage } from '#engine/controllers/daemonset/manage.ts'
import type { NodeTable } from '#engine/controllers/daemonset/node-table.ts'
import { nodeShouldRunDaemonPod } from '#engine/controllers/daemonset/placement.ts'
import { rollingUpdate } from '#engine/controllers/daemonset/rolling-update.ts'
import { targetNode } from '#k8s/pod.ts'
import type { ControllerRevision } from '#k8s/types.ts'
import { type PassState, passNowMs, passState, placementNode, placementSpec } from './pass-arbitrary.ts'
import { recount, type World } from './plain-daemon-set.ts'
import { plainPlacement } from './plain-placement.ts'
import { type Allowed, isStuck, manageNow, rolloutNow } from './plain-rollout.ts'
import { timeout } from './search.ts'

const runs = (usual: number) => ({ numRuns: Number(process.env.PROPERTY_RUNS ?? usual), seed: Number(process.env.PROPERTY_SEED ?? 20261128) })

const worldOf = ({ version, nodes, pods }: PassState): World => {
  const revision = {
    metadata: {
      name: 'ds-new',
      namespace: 'default',
      labels: { 'controller-revision-hash': 'new' },
      ownerReferences: [{ uid: 'ds-uid', controller: true }],
    },
    revision: 1,
  }
  return { version, nowMs: passNowMs, nodes, pods, revisions: [revision as unknown as ControllerRevision] }
}

function tableOf({ version, set, nodes, pods }: PassState): NodeTable {
  const listed = new Map(nodes.map((node, order) => [node.metadata.name, { node, order }]))
  return createDaemonSetView(set, { nodes: listed, pods, revisions: [] }, version).table(set, 'new', passNowMs)
}

interface Plan {
  nodesNeedingPods: readonly string[]
  podsToDelete: readonly string[]
}

/** The plan does all that needs no budget, spends the whole budget on candidates, and nothing else. */
function isExactly({ nodesNeedingPods, podsToDelete }: Plan, allowed: Allowed): void {
  const rest = (done: readonly string[], free: Iterable<string>) => {
    const must = new Set(free)
    for (const name of must) expect(done).toContain(name)
    return done.filter((name) => !must.has(name))
  }
  const spend = (done: readonly string[], candidates: ReadonlySet<string>, budget: number) => {
    for (const name of done) expect([...candidates]).toContain(name)
    expect(done).toHaveLength(Math.min(budget, candidates.size))
  }
  expect(new Set(podsToDelete).size).toBe(podsToDelete.length)
  expect(new Set(nodesNeedingPods).size).toBe(nodesNeedingPods.length)
  spend(rest(podsToDelete, allowed.deletions.keys()), allowed.candidates, allowed.deletionBudget)
  spend(rest(nodesNeedingPods, allowed.creations), allowed.surgeCandidates, allowed.surgeBudget)
}

it('placement: every selector, operator, malformed term, taint and toleration (DS-4)', { timeout }, () => {
  fc.assert(
    fc.property(placementNode('n0'), placementSpec, (node, spec) => {
      const { shouldRun, shouldContinueRunning } = nodeShouldRunDaemonPod(node, { spec })
      expect({ shouldRun, shouldContinue: shouldContinueRunning }).toEqual(plainPlacement(node, { spec }))
    }),
    runs(2000),
  )
})

it('manage: creates and deletes exactly what DS-6 says', { timeout }, () => {
  fc.assert(
    fc.property(passState, (state) => {
      const plan = manage(tableOf(state).sums.manage, createBackoff(createBackoffState(), passNowMs), (node) => node)
      const allowed = manageNow(state.set, worldOf(state))
      // of several failed pods of a node one goes, its back-off holds the others (DS-6.4)
      const failed = [...allowed.deletions].flatMap(([name, why]) => (why === 'it failed' ? [name] : []))
      const nodeOf = (name: string) => targetNode(state.pods.find(({ metadata }) => metadata.name === name) ?? (state.pods[0] as never)) ?? ''
      const gone = plan.podsToDelete.filter((name) => failed.includes(name))
      expect(gone.map(nodeOf).sort()).toEqual([...new Set(failed.map(nodeOf))].sort())
      for (const name of failed) if (!gone.includes(name)) allowed.deletions.delete(name)
      isExactly(plan, allowed)
    }),
    runs(600),
  )
})

it('rollout: replaces exactly what DS-10 and the budget allow, by the version’s rules', { timeout }, () => {
  fc.assert(
    fc.property(passState, (state) => {
      if (state.set.spec.updateStrategy.type !== 'RollingUpdate') return
      const table = tableOf(state)
      const step = () => rollingUpdate(table.sums.rollout, state.set.spec.updateStrategy, table.sums.status.counters.desired)
      const world = worldOf(state)
      if (isStuck(state.set, world)) expect(step).toThrow('couldn\'t get node for nodeName "gone"')
      else isExactly(step(), rolloutNow(state.set, world))
    }),
    runs(600),
  )
})

it('status: the seven numbers of DS-8.1', { timeout }, () => {
  fc.assert(
    fc.property(passState, (state) => {
      const { desired, current, misscheduled, ready, updated, available } = tableOf(state).sums.status.counters
      expect([desired, current, misscheduled, ready, updated, available, desired - available].join('/')).toBe(recount(state.set, worldOf(state)))
    }),
    runs(600),
  )
})
