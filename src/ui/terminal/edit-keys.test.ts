import { expect, it } from 'vitest'
import { editKeys } from './edit-keys.ts'

/** `|` is the cursor. */
function press(key: string, text: string): string {
  const cursor = text.indexOf('|')
  const edited = editKeys[key]?.(text.replace('|', ''), cursor)
  return edited ? `${edited.line.slice(0, edited.cursor)}|${edited.line.slice(edited.cursor)}` : ''
}

it.each([
  ['a', 'get po|ds', '|get pods'],
  ['e', 'get po|ds', 'get pods|'],
  ['u', 'get po|ds', '|ds'],
  ['k', 'get po|ds', 'get po|'],
  ['w', 'get pods  |-o', 'get |-o'],
  ['w', 'get po|ds', 'get |ds'],
  ['a', 'one\ntw|o\nthree', 'one\n|two\nthree'],
  ['e', 'one\ntw|o\nthree', 'one\ntwo|\nthree'],
  ['k', 'one\ntw|o\nthree', 'one\ntw|\nthree'],
])('Ctrl+%s in %j', (key, before, after) => expect(press(key, before)).toBe(after))
