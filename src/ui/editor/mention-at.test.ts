import { describe, expect, it } from 'vitest'
import type { Mention } from '#protocol/mention.ts'
import { ruleAt, spokenOf } from './mention-at.ts'

const mention = (line: number, endLine: number, part: Partial<Mention>): Mention => ({
  line,
  column: 1,
  endLine,
  endColumn: 9,
  about: 'node-selector',
  level: 'term',
  nodes: [],
  ...part,
})

const mentions = [
  mention(3, 5, { level: 'rule', nodes: ['a'] }),
  mention(4, 4, { label: 'disk', nodes: ['a', 'b'] }),
  mention(5, 5, { label: 'gpu', nodes: ['a'] }),
  mention(6, 10, { level: 'rule', about: 'tolerations', taints: ['x=1:NoSchedule'] }),
  mention(7, 8, { level: 'rule', about: 'toleration', taintKey: 'x', taints: ['x=1:NoSchedule'] }),
  mention(7, 8, { about: 'toleration', taintKey: 'x', taints: ['x=1:NoSchedule'], nodes: ['b'] }),
  mention(9, 10, { about: 'toleration', taintKey: 'y', taints: [] }),
]

describe('ruleAt', () => {
  it('gives the smallest whole around a line', () => {
    expect(ruleAt(mentions, 4)?.line).toBe(3)
    expect(ruleAt(mentions, 6)?.about).toBe('tolerations')
    expect(ruleAt(mentions, 8)?.about).toBe('toleration')
    expect(ruleAt(mentions, 2)).toBeUndefined()
  })
})

const lines = (found: ReturnType<typeof spokenOf>) => found.map(({ mention: { line }, fits }) => [line, fits])

describe('spokenOf', () => {
  it('a node is spoken of by every term that chooses nodes, and by tolerations of its taints', () => {
    expect(lines(spokenOf(mentions, { node: 'b', taints: ['x=1:NoSchedule'] }))).toEqual([
      [4, true],
      [5, false],
      [7, true],
    ])
    expect(lines(spokenOf(mentions, { node: 'c', taints: [] }))).toEqual([
      [4, false],
      [5, false],
    ])
  })

  it('a label is spoken of by terms with its key', () => {
    expect(lines(spokenOf(mentions, { node: 'b', taints: ['x=1:NoSchedule'], label: 'gpu' }))).toEqual([[5, false]])
  })

  it('a taint is spoken of by what tolerates it, and by what names its key and does not', () => {
    expect(lines(spokenOf(mentions, { node: 'b', taints: [], taint: 'x=1:NoSchedule' }))).toEqual([[7, true]])
    expect(lines(spokenOf(mentions, { node: 'b', taints: [], taint: 'y:NoExecute' }))).toEqual([[9, false]])
  })
})
