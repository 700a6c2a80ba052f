import { expect, test } from 'vitest'
import { readParameters } from './parameters.ts'

test('nothing said', () => {
  expect(readParameters('')).toEqual({
    scenario: undefined,
    version: undefined,
    theme: undefined,
    startOnClick: false,
    terminal: true,
    playAll: false,
  })
})

test('all said; nonsense is ignored', () => {
  expect(readParameters('?scenario=article&version=1.23&theme=dark&start=click&terminal=0&play=all')).toEqual({
    scenario: 'article',
    version: '1.23',
    theme: 'dark',
    startOnClick: true,
    terminal: false,
    playAll: true,
  })
  expect(readParameters('?theme=pink&version=9.9&x=1')).toMatchObject({ theme: undefined, version: undefined })
})
