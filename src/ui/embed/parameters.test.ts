import { expect, test } from 'vitest'
import { readParameters } from './parameters.ts'

test('nothing said', () => {
  expect(readParameters('')).toEqual({ scenario: undefined, theme: undefined, startOnClick: false, terminal: true, playAll: false })
})

test('all said; nonsense is ignored', () => {
  expect(readParameters('?scenario=article&theme=dark&start=click&terminal=0&play=all')).toEqual({
    scenario: 'article',
    theme: 'dark',
    startOnClick: true,
    terminal: false,
    playAll: true,
  })
  expect(readParameters('?theme=pink&x=1').theme).toBeUndefined()
})
