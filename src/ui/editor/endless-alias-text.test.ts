import { describe, expect, it } from 'vitest'
import { parseYaml } from '#kubectl/yaml-as-kubectl.ts'
import { hasEndlessAlias } from './endless-alias-text.ts'

const isRefused = (text: string): boolean => {
  try {
    parseYaml(text)
    return false
  } catch (error) {
    return String(error).includes('contains itself')
  }
}

describe('hasEndlessAlias', () => {
  it.each([
    'a: &x\n  b: *x\n',
    'a: &x\n- *x\n',
    'a: &x [*x]\n',
    'a: &x {b: [1, {c: *x}]}\n',
    'a: &x [\n  "]", *x\n]\n',
    '- &x\n  - *x\n',
    'a: &x # why\n  b: 1\n\n  # more\n  c:\n    d: *x\n',
    'a: &x\n  b: &y\n    c: *x\n',
    'a: &x\n  <<: *x\n',
    '&x\na: *x\n',
  ])('sees %j, which kubectl refuses', (text) => {
    expect(isRefused(text)).toBe(true)
    expect(hasEndlessAlias(text)).toBe(true)
  })

  it.each([
    'a: &x 1\nb: *x\n',
    'a: &x\n  c: 1\nb: *x\n',
    'a: &x [1]\nb: [*x, *x]\n',
    'args: [&x a, *x]\n',
    'a: &x\n- 1\nb: *x\n',
    '- &x\n  a: 1\n- *x\n',
    'a: &x {b: "}"}\nc: {d: *x}\n',
    'a: &x\n  b: &y 1\n  c: *y\nd: *x\n',
    'run: a && b *x\n',
    'a:\n  &x\n  c: 1\nb: *x\n',
    'a: &x',
  ])('has nothing against %j', (text) => {
    expect(isRefused(text)).toBe(false)
    expect(hasEndlessAlias(text)).toBe(false)
  })
})
