import { expect, test } from 'vitest'
import { newAddressOf } from './late.tsx'

test.each([
  ['Chromium', 'Failed to fetch dynamically imported module: https://a.example/course/assets/Panel-x1.js'],
  ['Firefox', 'error loading dynamically imported module: https://a.example/course/assets/Panel-x1.js'],
  ['a second time', 'Failed to fetch dynamically imported module: https://a.example/course/assets/Panel-x1.js?1'],
])('what could not be fetched is asked for under a new address: %s', (_, message) => {
  expect(newAddressOf(new TypeError(message), 2)).toBe('https://a.example/course/assets/Panel-x1.js?2')
})

test('what names no module is asked for as before', () => {
  expect(newAddressOf(new TypeError('Importing a module script failed.'), 1)).toBeUndefined()
  expect(newAddressOf(new Error('see https://a.example/help'), 1)).toBeUndefined()
})
