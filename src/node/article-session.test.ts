/** What the page shows of the article's scenario, beside what a real cluster printed. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Talk } from '#engine/worker/testing/talk.ts'
import type { Recording } from '#scenario/record.ts'

describe('article.yaml', () => {
  it('played step by step and all at once prints what the real cluster printed', async () => {
    const folder = new URL('../../e2e/conformance/', import.meta.url)
    const scenario = readFileSync(new URL('scenarios/article.yaml', folder), 'utf8')
    const recording = JSON.parse(readFileSync(new URL('recordings/article.json', folder), 'utf8')) as Recording
    const { fold } = (await import(/* @vite-ignore */ new URL('compare.mjs', folder).href)) as { fold(text: string): string }
    // the stand-ins of the recording were of another version than their cluster, and random names order the rows
    const folded = (text: string) =>
      fold(text.replaceAll(/\bv1\.\d+\.\d+\b/g, 'v1'))
        .split('\n')
        .map((line) => line.replace(/[ \t]+/g, ' ').trim())
        .filter(Boolean)
        .sort()
    const expected = recording.steps.flatMap(({ result }) => (result ? [folded(`${result.stdout}${result.stderr}`)] : []))
    for (const play of ['next', 'all'] as const) {
      const talk = new Talk()
      talk.ask('open', { scenario, version: '1.23', playing: false })
      const texts: string[][] = []
      for (let from = talk.messages.length, done = 0; done < recording.steps.length; from = talk.messages.length) {
        done = talk.ask('scenario', { play }).done
        for (const message of talk.messages.slice(from)) {
          if (message.type !== 'output') continue
          if (message.stream !== 'echo') texts.at(-1)?.push(message.text)
          else if (!message.text.startsWith('#')) texts.push([])
        }
      }
      expect(texts.map((parts) => folded(parts.join('')))).toEqual(expected)
    }
  })
})
