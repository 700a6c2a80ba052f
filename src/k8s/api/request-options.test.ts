import { describe, expect, it } from 'vitest'
import type { ApiError } from '../api-error.ts'
import { checkWriteQuery, managerOfProgram, requestDeleteOptions, requestEvictOptions, type WriteOptionsKind } from './request-options.ts'

const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return (error as ApiError).message
  }
  return 'fine'
}

describe('options of writes', () => {
  const asked = (kind: WriteOptionsKind, query: string, isApply = false) =>
    refusal(() => checkWriteQuery(kind, new URLSearchParams(query), '1.31', isApply))

  it('are refused all at once', () => {
    expect(asked('PatchOptions', `fieldManager=${'k'.repeat(129)}&force=true&dryRun=Foo`)).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: [force: Forbidden: may not be specified for non-apply patch, fieldManager: Too long: must have at most 128 bytes, dryRun: Unsupported value: []string{"Foo"}: supported values: "All"]',
    )
    expect(asked('PatchOptions', 'force=false')).toContain('force: Forbidden')
    expect(asked('PatchOptions', 'force=true&fieldManager=k&dryRun=All', true)).toBe('fine')
    expect(asked('PatchOptions', '', true)).toBe('PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch')
    expect(asked('CreateOptions', 'fieldValidation=Foo')).toBe(
      'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Foo": supported values: "", "Ignore", "Strict", "Warn"',
    )
  })

  it('what cannot be printed names no manager; its place is counted in bytes', () => {
    expect(asked('UpdateOptions', 'fieldManager=a%01b')).toBe(
      'UpdateOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\x01b": invalid character U+0001 (at position 1)',
    )
    expect(asked('UpdateOptions', 'fieldManager=%C3%A4%00')).toContain('invalid character U+0000 (at position 2)')
    expect(managerOfProgram(`ku\x01bectl${'l'.repeat(200)}/v1.33`)).toBe(`kubectl${'l'.repeat(121)}`)
  })
})

describe('options of deletions', () => {
  const asked = (body: Parameters<typeof requestDeleteOptions>[0], query = '') => requestDeleteOptions(body, new URLSearchParams(query), '1.33')

  it('do not say twice what becomes of dependents', () => {
    const twice = 'propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set'
    expect(refusal(() => asked({ propagationPolicy: 'Orphan', orphanDependents: true }))).toBe(`DeleteOptions.meta.k8s.io "" is invalid: ${twice}`)
    expect(asked({ orphanDependents: true }).propagationPolicy).toBe('Orphan')
    expect(asked({ orphanDependents: false }).propagationPolicy).toBe('Background')
    expect(asked({}, 'orphanDependents=true').propagationPolicy).toBe('Orphan')
  })

  it('try all or nothing', () => {
    expect(refusal(() => asked({ dryRun: ['All', 'Foo'] }))).toBe(
      'DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: []string{"All", "Foo"}: supported values: "All"',
    )
    expect(refusal(() => asked({}, 'dryRun=Foo'))).toContain('dryRun: Unsupported value: []string{"Foo"}')
    expect(asked({ dryRun: ['All'] }).dryRun).toBe(true)
    expect(refusal(() => asked({}, 'gracePeriodSeconds=x'))).toBe('strconv.ParseInt: parsing "x": invalid syntax')
  })

  it('of an eviction come with it', () => {
    const evicted = (deleteOptions: object, query = '') => refusal(() => requestEvictOptions({ deleteOptions }, new URLSearchParams(query), '1.33'))
    expect(evicted({ dryRun: ['Foo'] })).toContain('DeleteOptions.meta.k8s.io "" is invalid')
    expect(evicted({}, 'dryRun=Foo')).toContain('CreateOptions.meta.k8s.io "" is invalid')
  })
})
