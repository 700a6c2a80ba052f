import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { fixedClient } from './testing/fixed-client.ts'
import { runWords } from './testing/run-line.ts'

interface Answers {
  about: string
  nowMs: number
  objects: AnyObject[]
  answers: { words: string[]; stdout: string; stderr?: string; exit?: number }[]
}

const file: Answers = JSON.parse(readFileSync(new URL('../../e2e/conformance/kubectl/read-verbs.json', import.meta.url), 'utf8'))

// every byte of kubectl v1.33.1's answers to get -o, describe, events, api-resources and wrong command lines
describe(file.about, () => {
  for (const { words, stdout, stderr = '', exit = 0 } of file.answers) {
    it(`kubectl ${words.join(' ')}`, () => {
      expect(runWords(words, fixedClient(file.objects, { nowMs: file.nowMs }))).toEqual({ stdout, stderr, exit })
    })
  }
})
