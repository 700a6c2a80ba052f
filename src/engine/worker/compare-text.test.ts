import { expect, it } from 'vitest'
import { finishPortions } from '#scenario/play.ts'
import { comparing } from './compare-text.ts'

const compareText = (...of: Parameters<typeof comparing>) => finishPortions(comparing(...of))

const agent = `stdin: |
    {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent}, spec: {selector: {matchLabels: {app: agent}}, template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: agent, image: agent:v1}]}}}}`

const tainted = `
id: tainted
title: A taint while the pods run
nodes: [{name: worker-0}, {name: worker-1}, {name: worker-2}]
steps:
- run: kubectl apply -f -
  ${agent}
- run: kubectl taint nodes worker-1 dedicated=gpu:NoSchedule
- run: kubectl get ds
- run: kubectl get pods -o wide
- run: kubectl delete pods --all
- run: kubectl describe ds agent
- node: {fail: worker-2}
- wait: 60
- run: kubectl get ds agent -o yaml
`

it('shows that since 1.33 a NoSchedule taint alone does not update the numbers (DS-1.14)', () => {
  const { steps } = compareText(tainted, ['1.32', '1.33'])
  const numbers = steps[1]?.differences.find(({ part }) => part === 'daemonSets')
  expect(numbers?.a).toContain('agent: desiredNumberScheduled 2')
  expect(numbers?.b).toContain('agent: desiredNumberScheduled 3')
  const listed = steps.flatMap(({ differences }) => differences).find(({ part }) => part === 'stdout')
  expect([listed?.a[0], listed?.b[0]]).toEqual([expect.stringMatching(/^agent +2 +2/), expect.stringMatching(/^agent +3 +3/)])
})

const apply = (image: string) => `kubectl set image ds/agent agent=agent:${image}`
const twiceBroken = `
id: twice-broken
title: One broken image after another
nodes: [{name: worker-0}, {name: worker-1}, {name: worker-2}]
steps:
- brokenImages: [broken]
- run: kubectl apply -f -
  ${agent}
- run: ${apply('broken-1')}
- run: ${apply('broken-2')}
`

it('shows that since 1.31 old unavailable pods use up maxUnavailable (DS-10.6, PR #123233)', () => {
  const { steps } = compareText(twiceBroken, ['1.30', '1.31'])
  expect(steps.slice(0, 3).flatMap(({ differences }) => differences)).toEqual([])
  const numbers = steps[3]?.differences.find(({ part }) => part === 'daemonSets')
  expect(numbers?.a).toContain('agent: numberReady 1')
  expect(numbers?.b).toContain('agent: numberReady 2')
  expect(steps[3]?.differences.map(({ part }) => part)).toContain('pods')
})

it('finds nothing between equal versions', () => {
  for (const scenario of [tainted, twiceBroken]) {
    const { steps, changes } = compareText(scenario, ['1.36', '1.36'])
    expect(steps.flatMap(({ differences }) => differences)).toEqual([])
    expect(changes).toEqual([])
  }
})

it('names the changes that lie between, in either order', () => {
  const forth = compareText(twiceBroken, ['1.30', '1.32'])
  expect(forth.changes.map(({ since }) => since)).toEqual([...forth.changes.map(({ since }) => since)].sort())
  expect(new Set(forth.changes.map(({ since }) => since))).toEqual(new Set(['1.31', '1.32']))
  expect(forth.changes.map(({ what }) => what)).toContain('old unavailable pods count against maxUnavailable')
  expect(compareText(twiceBroken, ['1.32', '1.30']).changes).toEqual(forth.changes)
})

it('refuses versions that do not exist', () => {
  expect(() => compareText(twiceBroken, ['1.22', '1.36'])).toThrow('1.22 is not known')
})
