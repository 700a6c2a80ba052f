/**
 * What holds for every cluster, manifest and session. A session that breaks it is printed as a scenario file.
 */
import { describe, expect, it } from 'vitest'
import type { Action } from '#engine/action.ts'
import { Cluster } from '#engine/cluster.ts'
import { History } from '#engine/history.ts'
import type { Scenario } from '#scenario/format.ts'
import { readScenario } from '#scenario/read.ts'
import { writeScenario } from '#scenario/write.ts'
import { assertCase } from './assert-case.ts'
import { watchController } from './controller-watch.ts'
import { taintsMatchConditions, watchNodes } from './node-watch.ts'
import { pictureOf, playCase } from './play-case.ts'
import { nodeScenario } from './scenario-arbitrary.ts'
import { timeout } from './search.ts'
import { noneMissing, noneTooMany, nothingLeftToDo } from './settled.ts'

describe('in any session', () => {
  it('every session is a scenario file that can be played', { timeout }, () => {
    assertCase(100, (scenario) => expect(readScenario(writeScenario(scenario, ['a remark']))).toEqual(scenario))
  })

  it('once settled: one live pod a node, none missing without a reason, nothing left to do, numbers are a recount', { timeout }, () => {
    assertCase(60, (scenario) => {
      playCase(scenario, {
        afterStep: (cluster, _index, quiet) => {
          if (!quiet) return
          noneTooMany(cluster)
          noneMissing(cluster, () => true)
          nothingLeftToDo(cluster)
        },
      })
    })
  })

  it('the controller writes only recounts and never oversteps its budget', { timeout }, () => {
    assertCase(60, (scenario) => {
      playCase(scenario, { begin: watchController })
    })
  })

  it('nodes: silence noticed in time, taints by rate, evictions by toleration, phases and transition times, pods of lost nodes', { timeout }, () => {
    for (const kubelets of ['stand-in', 'believable'] as const)
      assertCase(
        30,
        (scenario) => {
          playCase(scenario, { kubelets, begin: watchNodes, afterStep: (cluster, _index, quiet) => quiet && taintsMatchConditions(cluster) })
        },
        nodeScenario,
      )
  })

  it('no action throws, whatever the kubelets', { timeout }, () => {
    assertCase(40, (scenario) => {
      playCase(scenario, { kubelets: 'believable' })
    })
  })

  it('placement, queues and counters kept step by step equal those computed anew after every step', { timeout }, () => {
    for (const kubelets of ['stand-in', 'believable'] as const)
      assertCase(15, (scenario) => {
        const anew = pictures(scenario, kubelets, (cluster) => {
          cluster.onStep = () => cluster.restore(cluster.snapshot())
        })
        expect(anew).toEqual(pictures(scenario, kubelets))
      })
  })

  it('snapshot, run, restore, run: twice the same', { timeout }, () => {
    assertCase(25, (scenario) => {
      playCase(scenario, {
        kubelets: 'believable',
        afterStep: (cluster, index) => {
          if (index % 3 !== 1) return
          const snapshot = cluster.snapshot()
          const run = () => {
            cluster.runFor(20_000)
            return pictureOf(cluster)
          }
          const first = run()
          cluster.restore(snapshot)
          expect(run()).toBe(first)
          cluster.restore(snapshot)
        },
      })
    })
  })

  it('the replay of an action log is the original', { timeout }, () => {
    assertCase(25, (scenario) => {
      const log: Action[] = []
      const original = playCase(scenario, {
        begin: (cluster) => {
          cluster.onAction = (action) => log.push(action)
        },
      })
      const replay = new Cluster(original.options)
      for (const action of log) {
        while (replay.steps < action.steps && replay.step());
        replay.runUntil(action.atMs)
        replay.repeat(action)
      }
      replay.runUntil(original.nowMs)
      expect(pictureOf(replay)).toBe(pictureOf(original))
    })
  })

  it('the history shows every moment as it was', { timeout }, () => {
    assertCase(15, (scenario) => {
      let history: History | undefined
      const moments: [atMs: number, picture: string][] = []
      const cluster = playCase(scenario, {
        begin: (c) => {
          history = new History(c)
        },
        afterStep: (c) => {
          c.runFor(1)
          moments.push([c.nowMs, pictureOf(c)])
          history?.remember({ action: '', played: 0 })
        },
      })
      for (const [atMs, picture] of moments.reverse()) {
        history?.seek(atMs)
        expect(pictureOf(cluster)).toBe(picture)
      }
    })
  })
})

/** The cluster after every step. */
function pictures(scenario: Scenario, kubelets: 'stand-in' | 'believable', begin?: (cluster: Cluster) => void): string[] {
  const seen: string[] = []
  playCase(scenario, { kubelets, begin, afterStep: (cluster) => seen.push(pictureOf(cluster)) })
  return seen
}
