import { expect, test } from 'vitest'
import type { KubeEvent } from '#k8s/types.ts'
import { eventPrinter } from './event.ts'

test('an Event that was written by hand may lack any field', () => {
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, involvedObject: {} } as KubeEvent
  const cells = eventPrinter.cells(event, { nowMs: 0 } as Parameters<typeof eventPrinter.cells>[1])
  expect(cells).toEqual(['<unknown>', '', '', '', '', '', '', '<unknown>', '1', 'e'])
})

test.each([
  ['1.23', '4'],
  ['1.24', '3'],
] as const)('EV-1.4 %s: a series of 3 is shown as %s', (version, shown) => {
  const at = '2026-01-01T00:00:00.000000Z'
  const event = { metadata: { name: 'e' }, involvedObject: {}, eventTime: at, series: { count: 3, lastObservedTime: at } } as unknown as KubeEvent
  expect(eventPrinter.cells(event, { nowMs: 0, version } as Parameters<typeof eventPrinter.cells>[1]).at(-2)).toBe(shown)
})
