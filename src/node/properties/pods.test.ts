/** What holds for every pod, whatever happens to it and to its kubelet. */
import { it } from 'vitest'
import { assertCase } from './assert-case.ts'
import { playCase } from './play-case.ts'
import { podScenario } from './pod-arbitrary.ts'
import { nothingIsLeftBehind, watchPods } from './pod-watch.ts'
import { timeout } from './search.ts'

it('pods end as they should, and never go back (KL-2.3, KL-5.2, KL-8)', { timeout }, () => {
  assertCase(500, (session) => nothingIsLeftBehind(playCase(session, { kubelets: 'believable', begin: watchPods })), podScenario)
})
