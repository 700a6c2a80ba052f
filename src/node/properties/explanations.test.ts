/** What holds for every answer to "why", in every session. */
import { describe, it } from 'vitest'
import { explain } from '#engine/explain/explain.ts'
import { stoppedKubelets } from '#engine/kubelet/stopped-kubelets.ts'
import { assertCase } from './assert-case.ts'
import { explainsPlacement, explainsPods, explainsTheNumber, isReadable, questionsOf, remediesHelp } from './explained.ts'
import { playCase } from './play-case.ts'
import { nodeScenario, scenario } from './scenario-arbitrary.ts'
import { timeout } from './search.ts'

describe.each([
  ['sessions about workloads', scenario],
  ['sessions about nodes', nodeScenario],
] as const)('in any of the %s', (_, sessions) => {
  it('every question has a readable answer that agrees with what is', { timeout }, () => {
    assertCase(
      20,
      (session) => {
        playCase(session, {
          kubelets: 'believable',
          afterStep: (cluster) => {
            for (const question of questionsOf(cluster)) isReadable(explain(cluster, question))
            explainsTheNumber(cluster)
            explainsPlacement(cluster)
            explainsPods(cluster, stoppedKubelets(cluster))
          },
        })
      },
      sessions,
    )
  })

  it('what is offered to change the answer can be done, and changes it', { timeout }, () => {
    assertCase(
      12,
      (session) => {
        playCase(session, {
          kubelets: 'believable',
          afterStep: (cluster, _index, quiet) => quiet && remediesHelp(cluster),
        })
      },
      sessions,
    )
  })
})
