import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OrderedSet } from './ordered-set.ts'

it('holds what a sorted set holds', () => {
  const change = fc.record({ add: fc.boolean(), value: fc.integer({ min: 0, max: 40 }) })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const ordered = new OrderedSet<number>((a, b) => a - b)
      const plain = new Set<number>()
      for (const { add, value } of changes) {
        ordered[add ? 'add' : 'delete'](value)
        plain[add ? 'add' : 'delete'](value)
        const sorted = [...plain].sort((a, b) => a - b)
        expect([...ordered.values()]).toEqual(sorted)
        expect(ordered.first(3)).toEqual(sorted.slice(0, 3))
        expect(ordered.size).toBe(sorted.length)
      }
    }),
  )
})
