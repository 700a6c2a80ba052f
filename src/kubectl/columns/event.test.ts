import { expect, test } from 'vitest'
import type { KubeEvent } from '#k8s/types.ts'
import { eventPrinter } from './event.ts'

test('an Event that was written by hand may lack any field', () => {
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, involvedObject: {} } as KubeEvent
  const cells = eventPrinter.cells(event, { nowMs: 0 } as Parameters<typeof eventPrinter.cells>[1])
  expect(cells).toEqual(['<unknown>', '', '', '', '', '', '', '<unknown>', '1', 'e'])
})
