import { describe, expect, it } from 'vitest'
import { readManifests } from './manifest.ts'

const errorOf = (text: string): string | undefined => readManifests(text, 'f.yaml').errors[0]?.message

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghijk'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghijk'[i]}`).join(', ')}]\n`).join('')}`

describe('bad input', () => {
  it('of 10 MB is refused at once', () => {
    expect(errorOf(`a: ${'b'.repeat(10_000_000)}`)).toContain('characters; more than 1000000 are not read here; split it into smaller ones')
  })

  it('an alias bomb is refused in the words of go-yaml', () => {
    expect(errorOf(bomb)).toBe('error parsing f.yaml: error converting YAML to JSON: yaml: document contains excessive aliasing')
  })

  it('nested without end is refused', { timeout: 60_000 }, () => {
    for (const text of [
      '['.repeat(200_000),
      `{"a":`.repeat(100_000),
      '- '.repeat(100_000),
      Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
    ])
      expect(errorOf(text)).toContain('nested more than 200 deep')
    expect(errorOf('? '.repeat(100_000))).toContain('nested more than 1000 deep')
  })

  it('as large as is read at all does not take long', { timeout: 20_000 }, () => {
    for (const text of [
      `a: "${'\\"'.repeat(499_990)}`,
      `a:${' '.repeat(999_990)}`,
      `a: ${'b '.repeat(490_000)}`,
      '*a '.repeat(300_000),
      `a: {${'b: {}, '.repeat(49_000)}`,
    ])
      expect(errorOf(text) ?? 'read').not.toContain('not read here')
  })

  it('of very many values or documents is refused at once', () => {
    for (const text of [`a: [${'x, '.repeat(60_000)}]`, 'k: v\n'.repeat(60_000), 'a: b\n---\n'.repeat(30_000)])
      expect(errorOf(text)).toContain('entries; more than 50000 are not read here; split it into smaller ones')
  })

  it('whose alias stands inside of what it stands for is refused in the words of go-yaml', () => {
    for (const text of ['a: &x [*x]\n', 'metadata: &x\n  labels: {a: *x}\n', 'a: &x {<<: *x}\n', 'a: &x [&y [*x]]\n'])
      expect(errorOf(text)).toBe("error parsing f.yaml: error converting YAML to JSON: yaml: anchor 'x' value contains itself")
  })

  it('aliases in reason are read', () => {
    const { manifests, errors } = readManifests('kind: A\nlabels: &l {app: x}\nselector: *l\nmore: {<<: *l, b: c}\n', 'f.yaml')
    expect(errors).toEqual([])
    expect(manifests[0]?.value).toMatchObject({ selector: { app: 'x' }, more: { app: 'x', b: 'c' } })
  })
})
