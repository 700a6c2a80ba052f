import { describe, expect, it } from 'vitest'
import { findUntoleratedTaint, formatTaint, isSchedulingTaint, tolerates, toleratesTaint } from './taint.ts'
import type { Taint, Toleration } from './types.ts'

const taint: Taint = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }

describe('tolerates (DS-4.7, SCH-3.12)', () => {
  const cases: [what: string, toleration: Toleration, expected: boolean][] = [
    ['equal in all', { key: 'dedicated', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }, true],
    ['no operator means Equal', { key: 'dedicated', value: 'gpu' }, true],
    ['another value', { key: 'dedicated', value: 'cpu' }, false],
    ['no value is the empty value', { key: 'dedicated' }, false],
    ['Exists needs no value', { key: 'dedicated', operator: 'Exists' }, true],
    ['Exists without key tolerates everything', { operator: 'Exists' }, true],
    ['another key', { key: 'other', operator: 'Exists' }, false],
    ['an empty effect is every effect', { key: 'dedicated', operator: 'Exists', effect: '' }, true],
    ['an empty key with Equal compares the value alone', { operator: 'Equal', value: 'gpu' }, true],
    ['an empty key with Equal and another value', { operator: 'Equal', value: 'cpu' }, false],
    ['an empty operator means Equal', { key: 'dedicated', operator: '', value: 'gpu' }, true],
    ['another effect', { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }, false],
    ['tolerationSeconds is not looked at', { key: 'dedicated', operator: 'Exists', tolerationSeconds: 0 }, true],
    ['an unknown operator', { key: 'dedicated', operator: 'Foo', value: 'gpu' }, false],
  ]
  it.each(cases)('%s', (_, toleration, expected) => {
    expect(tolerates(toleration, taint)).toBe(expected)
  })

  it('Gt and Lt compare integers, else nothing', () => {
    const level: Taint = { key: 'level', value: '5', effect: 'NoSchedule' }
    expect(tolerates({ key: 'level', operator: 'Gt', value: '4' }, level)).toBe(true)
    expect(tolerates({ key: 'level', operator: 'Lt', value: '4' }, level)).toBe(false)
    expect(tolerates({ key: 'level', operator: 'Gt', value: 'x' }, level)).toBe(false)
    // at the limit neither holds; what is no integer of 64 bits is none
    for (const operator of ['Gt', 'Lt']) expect(tolerates({ key: 'level', operator, value: '5' }, level)).toBe(false)
    expect(tolerates({ key: 'level', operator: 'Lt', value: '9223372036854775808' }, level)).toBe(false)
    expect(tolerates({ key: 'level', operator: 'Lt', value: '9223372036854775807' }, level)).toBe(true)
    expect(tolerates({ key: 'level', operator: 'Gt', value: '-6' }, { ...level, value: '-5' })).toBe(true)
    expect(tolerates({ key: 'level', operator: 'Gt', value: '1' }, { ...level, value: undefined })).toBe(false)
  })
})

describe('findUntoleratedTaint', () => {
  const soft: Taint = { key: 'soft', effect: 'PreferNoSchedule' }
  it('gives the first one in list order that passes the filter', () => {
    expect(findUntoleratedTaint([soft, taint], [], isSchedulingTaint)).toBe(taint)
    expect(findUntoleratedTaint([soft, taint], undefined)).toBe(soft)
    expect(findUntoleratedTaint([soft, taint], [{ operator: 'Exists' }])).toBeUndefined()
    expect(findUntoleratedTaint(undefined, [])).toBeUndefined()
  })

  it('any toleration will do', () => {
    expect(
      toleratesTaint(
        [
          { key: 'a', operator: 'Exists' },
          { key: 'dedicated', operator: 'Exists' },
        ],
        taint,
      ),
    ).toBe(true)
    expect(toleratesTaint(undefined, taint)).toBe(false)
  })
})

it('formatTaint', () => {
  expect(formatTaint(taint)).toBe('dedicated=gpu:NoSchedule')
  expect(formatTaint({ key: 'a', effect: 'NoExecute' })).toBe('a:NoExecute')
})
