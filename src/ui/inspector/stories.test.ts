import { expect, test } from 'vitest'
import type { JournalEntry } from '#protocol/messages.ts'
import { sentenceOf, sentenceOfMany } from '../text/sentences.ts'
import { type Story, storiesOf } from './stories.ts'

const entry = (id: number, causeId: number, part: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  atMs: id,
  component: 'daemonset-controller',
  verb: 'create',
  kind: 'Pod',
  namespace: 'default',
  name: `p${id}`,
  causeId,
  rootId: causeId === 0 ? id : 1,
  ...part,
})

test('consequences stand below what began them, at their depth, newest story first', () => {
  const stories = storiesOf([entry(1, 0), entry(2, 1), entry(3, 0), entry(4, 2)], 10)
  expect(stories.map(({ root }) => root.entries[0]?.id)).toEqual([3, 1])
  expect(stories[1]?.consequences.map(({ entries: [one], depth }) => [one?.id, depth])).toEqual([
    [2, 1],
    [4, 2],
  ])
})

test('a report without news is left out, but what it led to is not', () => {
  const [story] = storiesOf([entry(1, 0), entry(2, 1, { verb: 'patch' }), entry(3, 2)], 10)
  expect(story?.consequences.map(({ entries: [one] }) => one?.id)).toEqual([3])
})

const told = ({ consequences }: Story) =>
  consequences.map(({ entries }) => (entries.length === 1 ? sentenceOf(entries[0] as JournalEntry) : sentenceOfMany(entries)))
const machines = entry(1, 0, { component: 'user', verb: 'outside', kind: '', name: '', text: '5 machines join' })
const five = [0, 1, 2, 3, 4]

test('many lines that are alike are one line with their number, below their cause', () => {
  const [story] = storiesOf(
    [
      machines,
      ...five.map((n) => entry(10 + n, 1, { component: 'kubelet', kind: 'Node', namespace: '', name: `n${n}`, node: `n${n}` })),
      ...five.map((n) => entry(20 + n, 10 + n)),
      ...five.map((n) => entry(30 + n, 20 + n, { component: 'default-scheduler', verb: 'bind', name: `p${20 + n}`, node: `n${n}`, text: `n${n}` })),
      ...five.map((n) => entry(40 + n, 20 + n, { verb: 'patch', kind: 'DaemonSet', name: 'agent', text: `ready ${n} → ${n + 1}` })),
    ],
    10,
  )
  expect(story?.root.entries).toEqual([machines])
  expect(told(story as Story)).toEqual([
    'The kubelets created 5 Nodes',
    'The DaemonSet controller created 5 Pods',
    'The scheduler bound 5 Pods to their nodes',
    'The DaemonSet controller reports DaemonSet agent 5 times',
  ])
})

test('a line whose cause was dropped stands below its root', () => {
  const [story, ...others] = storiesOf([machines, entry(9, 5, { rootId: 1 })], 10)
  expect(others).toEqual([])
  expect(story?.consequences).toHaveLength(1)
})

test('beginnings that are alike and close to each other are one story', () => {
  const silent = (id: number) =>
    entry(id, 0, {
      component: 'node-lifecycle-controller',
      verb: 'patch',
      kind: 'Node',
      name: `n${id}`,
      node: `n${id}`,
      text: 'Ready → NotReady (Unknown)',
    })
  const stories = storiesOf([...five.map((n) => silent(10 + n)), ...five.map((n) => entry(20 + n, 10 + n))], 10)
  expect(stories).toHaveLength(1)
  expect(stories[0]?.root.entries).toHaveLength(5)
  expect(sentenceOfMany(stories[0]?.root.entries ?? [])).toBe('The node lifecycle controller reports on 5 Nodes: Ready → NotReady (Unknown)')
  expect(told(stories[0] as Story)).toEqual(['The DaemonSet controller created 5 Pods'])
})

test('who reports is told in the right person', () => {
  const report = (component: string) => entry(1, 0, { component, verb: 'patch', node: 'n1', text: 'ready' })
  expect(['user', 'kube-apiserver', 'kubelet'].map((component) => sentenceOf(report(component)))).toEqual([
    'You report Pod p1: ready',
    'The API server reports Pod p1: ready',
    'The kubelet on n1 reports Pod p1: ready',
  ])
})
