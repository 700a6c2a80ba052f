import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { knownNodes } from '#scenario/known-nodes.ts'
import { playFile } from './play-file.ts'
import { checkVectors } from './vectors/index.ts'

const folder = join(import.meta.dirname, '../../e2e/conformance')
const { compare } = (await import(join(folder, 'compare.mjs'))) as {
  compare(expected: unknown, actual: unknown): { total: number; diffs: { at: string; value: string; actual?: string }[] }
}

const names = (kind: string): string[] =>
  readdirSync(join(folder, kind))
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))

const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))

describe('recordings of a real cluster, v1.23', () => {
  it.each(names('recordings'))('%s', (id) => {
    const recording = read(`recordings/${id}.json`)
    const options = { version: '1.23', knownNodes: knownNodes(recording) }
    const { total, diffs } = compare(recording, JSON.parse(playFile(join(folder, `scenarios/${id}.yaml`), options)))
    expect(total).toBeGreaterThan(10)
    expect(diffs.map((d) => `${d.at}: ${d.value} ≠ ${d.actual}`)).toEqual([])
  })
})

describe('vectors of real functions', () => {
  it.each(names('vectors'))('%s', (name) => {
    const { total, failures } = checkVectors(read(`vectors/${name}.json`))
    expect(total).toBeGreaterThan(0)
    expect(failures).toEqual([])
  })

  it('a file is known by all its cases: the first may be an error', () => {
    const file = read('vectors/quantities.json') as { cases: { error?: string }[] }
    file.cases.sort((a, b) => Number('error' in b) - Number('error' in a))
    expect(file.cases[0]).toHaveProperty('error')
    expect(checkVectors({ ...file, cases: file.cases })).toMatchObject({ total: file.cases.length, failures: [] })
    expect(() => checkVectors({ cases: [{ answer: 42 }] })).toThrow('none of the known vector files')
  })
})
