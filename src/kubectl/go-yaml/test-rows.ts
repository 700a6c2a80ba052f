import { describe, expect, it } from 'vitest'
import { parseYaml } from '../yaml-as-kubectl.ts'

/** A text, and what go-yaml makes of it: its value, or the words it is refused with. */
type Row = [text: string, made: { value: unknown } | { refused: string }]

function read(text: string): Row[1] {
  try {
    return { value: parseYaml(text).value }
  } catch (error) {
    return { refused: (error as Error).message }
  }
}

/** One test for each row; `rules` has them by the rule they show. */
export function testRows(rules: Record<string, Row[]>): void {
  describe.each(Object.entries(rules))('%s', (_, rows) => {
    it.each(rows)('%j', (text, made) => expect(read(text)).toEqual(made))
  })
}
