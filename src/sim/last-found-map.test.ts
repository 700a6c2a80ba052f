import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cloneState } from './clone.ts'
import { LastFoundMap } from './last-found-map.ts'

const key = fc.constantFrom('a', 'b', 'c')
const step = fc.oneof(
  fc.tuple(fc.constant('set' as const), key, fc.integer()),
  fc.tuple(fc.constantFrom('get' as const, 'has' as const, 'delete' as const), key),
  fc.tuple(fc.constantFrom('clear' as const, 'copy' as const)),
)

test('a map that knows what it was asked for last answers as any other', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let map = new LastFoundMap<number>()
      const plain = new Map<string, number>()
      for (const [verb, at = '', value = 0] of steps) {
        if (verb === 'copy') map = LastFoundMap.of(map)
        else if (verb === 'set') for (const one of [map, plain]) one.set(at, value)
        else if (verb === 'clear') for (const one of [map, plain]) one.clear()
        else expect(map[verb](at)).toBe(plain[verb](at))
        expect([...map]).toEqual([...plain])
      }
    }),
  )
})

test('a copy of a state has its own', () => {
  const state = { workers: new LastFoundMap<{ n: number }>().set('a', { n: 1 }) }
  const copy = cloneState(state)
  expect(copy.workers).toBeInstanceOf(LastFoundMap)
  ;(copy.workers.get('a') as { n: number }).n = 2
  expect(state.workers.get('a')).toEqual({ n: 1 })
})
