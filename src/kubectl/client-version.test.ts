import { describe, expect, it } from 'vitest'
import { clientMinor, clientSince } from './client-version.ts'

describe('the version of kubectl', () => {
  it('is that of the cluster, but at least 1.33, with which the recordings were made', () => {
    expect(['1.23', '1.33', '1.34', '1.36'].map((version) => clientMinor({ version }))).toEqual([33, 33, 34, 36])
  })

  it('decides what is said', () => {
    expect(['1.33', '1.34'].map((version) => clientSince({ version }, 'deletedFromNamespace'))).toEqual([false, true])
  })
})
