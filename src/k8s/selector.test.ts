import { describe, expect, it } from 'vitest'
import {
  formatLabelSelector,
  isEmptySelector,
  isParsableSelector,
  matchesLabels,
  matchesNodeSelectorTerms,
  parseFieldSelector,
  parseLabelSelector,
  podMatchesNodeSelectorAndAffinity,
} from './selector.ts'
import type { NodeSelectorTerm, PodSpec } from './types.ts'

const expression = (key: string, operator: string, ...values: string[]) => ({ key, operator, ...(values.length && { values }) })

describe('matchesLabels', () => {
  it('no selector matches nothing, an empty one everything (DS-1.9)', () => {
    expect(matchesLabels(undefined, { a: 'b' })).toBe(false)
    expect(matchesLabels({}, undefined)).toBe(true)
    expect(matchesLabels({ matchLabels: {} }, { a: 'b' })).toBe(true)
    expect(isEmptySelector({ matchLabels: {}, matchExpressions: [] })).toBe(true)
  })

  it('a key that every JavaScript object has is no label (SCH-4.4)', () => {
    for (const key of ['constructor', 'toString']) {
      expect(matchesLabels({ matchExpressions: [expression(key, 'Exists')] }, { app: 'x' })).toBe(false)
      expect(parseLabelSelector(`!${key}`).matches({ app: 'x' })).toBe(true)
      expect(matchesLabels({ matchExpressions: [expression(key, 'Exists')] }, { [key]: 'x' })).toBe(true)
    }
  })

  it('wants all labels and all expressions', () => {
    const selector = { matchLabels: { app: 'x' }, matchExpressions: [expression('tier', 'In', 'a', 'b'), expression('old', 'DoesNotExist')] }
    expect(matchesLabels(selector, { app: 'x', tier: 'b' })).toBe(true)
    expect(matchesLabels(selector, { app: 'x', tier: 'c' })).toBe(false)
    expect(matchesLabels(selector, { app: 'x', tier: 'a', old: '' })).toBe(false)
    expect(matchesLabels(selector, { tier: 'a' })).toBe(false)
  })

  it('a selector that cannot be parsed matches nothing', () => {
    for (const bad of [
      expression('a', 'Foo'),
      { operator: 'Exists' } as ReturnType<typeof expression>,
      expression('a', 'In'),
      expression('a', 'Exists', 'x'),
      expression('a b', 'Exists'),
      expression('a', 'Gt', '1'),
    ]) {
      expect(isParsableSelector({ matchExpressions: [bad] })).toBe(false)
      expect(matchesLabels({ matchExpressions: [bad] }, { a: '2' })).toBe(false)
    }
  })
})

describe('node selector terms (SCH-4, DS-4.4)', () => {
  const node = { name: 'n1', labels: { disk: 'ssd', gen: '7' } }
  const cases: [what: string, term: NodeSelectorTerm, matches: boolean][] = [
    ['an empty term', {}, false],
    ['In', { matchExpressions: [expression('disk', 'In', 'ssd', 'hdd')] }, true],
    ['NotIn of a missing label', { matchExpressions: [expression('zone', 'NotIn', 'a')] }, true],
    ['Exists', { matchExpressions: [expression('disk', 'Exists')] }, true],
    ['DoesNotExist', { matchExpressions: [expression('disk', 'DoesNotExist')] }, false],
    ['Gt', { matchExpressions: [expression('gen', 'Gt', '6')] }, true],
    ['Gt of the same number', { matchExpressions: [expression('gen', 'Gt', '7')] }, false],
    ['Lt', { matchExpressions: [expression('gen', 'Lt', '10')] }, true],
    ['Gt with text', { matchExpressions: [expression('gen', 'Gt', 'abc')] }, false],
    ['Gt on a label that is no number', { matchExpressions: [expression('disk', 'Gt', '1')] }, false],
    ['Gt with two values', { matchExpressions: [expression('gen', 'Gt', '1', '2')] }, false],
    ['a bad operator', { matchExpressions: [expression('disk', 'Foo', 'ssd')] }, false],
    ['NotIn with a value no label can have', { matchExpressions: [expression('disk', 'NotIn', 'a b')] }, false],
    ['the name', { matchFields: [expression('metadata.name', 'In', 'n1')] }, true],
    ['another name', { matchFields: [expression('metadata.name', 'NotIn', 'n1')] }, false],
    ['two names', { matchFields: [expression('metadata.name', 'In', 'n1', 'n2')] }, false],
    ['a field operator there is not', { matchFields: [expression('metadata.name', 'Exists')] }, false],
    ['name and label', { matchFields: [expression('metadata.name', 'In', 'n1')], matchExpressions: [expression('disk', 'In', 'hdd')] }, false],
  ]

  it.each(cases)('%s', (_, term, matches) => {
    expect(matchesNodeSelectorTerms([term], node)).toBe(matches)
  })

  it('are ORed; none match no node', () => {
    expect(matchesNodeSelectorTerms([{}, { matchExpressions: [expression('disk', 'Exists')] }], node)).toBe(true)
    expect(matchesNodeSelectorTerms([], node)).toBe(false)
    expect(matchesNodeSelectorTerms(undefined, node)).toBe(false)
  })

  it('stand beside nodeSelector (SCH-4.1)', () => {
    const spec = (nodeSelector: Record<string, string>, terms?: NodeSelectorTerm[]): PodSpec => ({
      containers: [],
      nodeSelector,
      ...(terms && { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } } }),
    })
    const matches = (s: PodSpec) => podMatchesNodeSelectorAndAffinity(s, node.name, node.labels)
    expect(matches(spec({ disk: 'ssd' }))).toBe(true)
    expect(matches(spec({ disk: 'hdd' }, [{ matchExpressions: [expression('disk', 'Exists')] }]))).toBe(false)
    expect(matches(spec({ disk: 'ssd' }, []))).toBe(false)
  })
})

describe('formatLabelSelector', () => {
  it('prints as kubectl does', () => {
    expect(formatLabelSelector({ matchLabels: { b: '2', a: '1' } })).toBe('a=1,b=2')
    expect(formatLabelSelector(undefined)).toBe('<none>')
    expect(formatLabelSelector({})).toBe('<none>')
    const matchExpressions = [
      expression('t', 'In', 'b', 'a'),
      expression('z', 'DoesNotExist'),
      expression('n', 'NotIn', 'x'),
      expression('e', 'Exists'),
    ]
    expect(formatLabelSelector({ matchLabels: { app: 'x' }, matchExpressions })).toBe('app=x,e,n notin (x),t in (a,b),!z')
  })
})

describe('selectors as text, beyond the vectors', () => {
  const labelErrors: [text: string, error: string][] = [
    ['a,', "found '', expected: identifier after ','"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['!a=b', "found '=', expected: ',' or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a=(', "unable to parse requirement: found '(', expected: identifier"],
    ['a>b', "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer"],
  ]
  it.each(labelErrors)('%s', (text, error) => {
    expect(() => parseLabelSelector(text)).toThrow(new Error(error))
  })

  it('takes operator words as values and empty places as empty values', () => {
    expect(parseLabelSelector('a in (in, notin)').canonical).toBe('a in (in,notin)')
    expect(parseLabelSelector('a in (x,,y)').canonical).toBe('a in (,x,y)')
    expect(parseLabelSelector('a in (,)').matches({ a: '' })).toBe(true)
  })

  it('unescapes field values', () => {
    expect(parseFieldSelector('a=b\\=c').requirements).toEqual([{ field: 'a', operator: '=', value: 'b=c' }])
    expect(() => parseFieldSelector('abc')).toThrow(new Error("invalid selector: 'abc'; can't understand 'abc'"))
    expect(() => parseFieldSelector('a=b\\c')).toThrow(new Error('invalid field selector: invalid escape sequence: \\c'))
    expect(() => parseFieldSelector('a=b=c')).toThrow(new Error('invalid field selector: unescaped character in value: 61'))
    expect(() => parseFieldSelector('a=b\\')).toThrow(new Error('invalid field selector: invalid escape sequence: \\'))
    for (const text of ['=', '!=', '==,!=', '=,']) expect([text, parseFieldSelector(text).canonical]).toEqual([text, ''])
    expect(parseFieldSelector('!=,a=b').canonical).toBe('a=b')
    expect(parseFieldSelector('a!=b').matches({})).toBe(true)
  })
})
