import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LateMap } from './late-map.ts'

const step = fc.record({
  verb: fc.constantFrom('add', 'set', 'delete', 'get', 'has', 'size', 'keys', 'values', 'entries', 'iterate', 'forEach', 'copy', 'clear'),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
})

/** What a step shows of a map. */
function show(map: Map<string, { key: string; at: number }>, verb: string, key: string): unknown {
  if (verb === 'get') return map.get(key)
  if (verb === 'has') return map.has(key)
  if (verb === 'delete') return map.delete(key)
  if (verb === 'clear') return map.clear()
  if (verb === 'size') return map.size
  if (verb === 'keys') return [...map.keys()]
  if (verb === 'values') return [...map.values()]
  if (verb === 'entries') return [...map.entries()]
  const seen: unknown[] = []
  map.forEach((value, k, m) => {
    seen.push([k, value, m === map])
  })
  return verb === 'forEach' ? seen : [...map]
}

it('shows what a Map shows, whatever was added and asked before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const plain = new Map<string, { key: string; at: number }>()
      let late = new LateMap<{ key: string; at: number }>()
      let arrived: { key: string; at: number }[] = []
      steps.forEach(({ verb, key }, at) => {
        const value = { key, at }
        if (verb === 'copy') late = late.copy()
        else if (verb === 'set' || (verb === 'add' && plain.has(key))) {
          plain.set(key, value)
          late.set(key, value)
        } else if (verb === 'add') {
          plain.set(key, value)
          arrived.push(value)
          late.expect(() => {
            for (const one of arrived) late.set(one.key, one)
            arrived = []
          })
        } else expect(show(late, verb, key)).toEqual(show(plain, verb, key))
      })
      expect([...late]).toEqual([...plain])
    }),
  )
})
