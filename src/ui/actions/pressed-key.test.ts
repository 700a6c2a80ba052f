import { expect, test } from 'vitest'
import { pressedKey } from './pressed-key.ts'

test.each([
  ['Latin letters where they are written', { key: 'z', code: 'KeyY' }, 'z'],
  ['Cyrillic ya, in the place of z', { key: 'я', code: 'KeyZ' }, 'z'],
  ['Cyrillic io, in the place of the backtick', { key: 'ё', code: 'Backquote' }, '`'],
  ['Greek alpha', { key: 'α', code: 'KeyA' }, 'a'],
  ['a Latin letter of another language', { key: 'ö', code: 'Semicolon' }, 'ö'],
  ['a named key', { key: 'Delete', code: 'Delete' }, 'Delete'],
  ['a sign', { key: '?', code: 'Digit7' }, '?'],
])('%s', (_, event, key) => {
  expect(pressedKey(event)).toBe(key)
})
