import fc from 'fast-check'
import type { StringMap } from '#k8s/types.ts'
import type { NodeSpec } from '#scenario/format.ts'
import { labelPool, nodeNames, taintPool } from './manifest-arbitrary.ts'

const labels = fc.record(
  Object.fromEntries(Object.entries(labelPool).map(([key, values]) => [key, fc.constantFrom(...values)])) as Record<string, fc.Arbitrary<string>>,
  { requiredKeys: [] },
)

type NodeTaint = NonNullable<NodeSpec['taints']>[number]

const taints = fc.uniqueArray(fc.constantFrom<NodeTaint>(...(taintPool as readonly NodeTaint[])), {
  maxLength: 2,
  selector: ({ key, effect }) => `${key}:${effect}`,
})

/** A machine that joins: one of few names, with or without labels, taints and room. */
export const machine: fc.Arbitrary<NodeSpec> = fc
  .tuple(
    fc.constantFrom(...nodeNames),
    labels,
    fc.oneof({ weight: 3, arbitrary: fc.constant<NodeTaint[]>([]) }, taints),
    fc.constantFrom(undefined, undefined, '2'),
  )
  .map(([name, given, tainted, cpu]) => ({
    name,
    ...(Object.keys(given).length > 0 && { labels: given as StringMap }),
    ...(tainted.length > 0 && { taints: tainted }),
    ...(cpu && { cpu }),
  }))

/** The machines of a cluster at its start. */
export const machines: fc.Arbitrary<NodeSpec[]> = fc.uniqueArray(machine, { minLength: 1, maxLength: nodeNames.length, selector: ({ name }) => name })
