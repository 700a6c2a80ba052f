import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { changes, changesBetween } from '#k8s/version.ts'
import { changesBetween as told } from '#k8s/version.ts?sentences'
import { withoutSentences } from './change-sentences.ts'

test('what the engine has of the changes between versions is their names and when they came', () => {
  const code = withoutSentences(readFileSync('src/k8s/version.ts', 'utf8'))
  const entries = Object.entries(changes)
  expect(entries.length).toBeGreaterThan(100)
  for (const [name, { since, what }] of entries) {
    expect(code).toMatch(new RegExp(`\\b${name}: \\{\\s*since: '${since}',?\\s*\\}`))
    expect(code).not.toContain(what)
  }
})

test('who asks for the sentences has them', () => {
  expect(told('1.23', '1.36')).toEqual(changesBetween('1.23', '1.36'))
})
