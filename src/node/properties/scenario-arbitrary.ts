import fc from 'fast-check'
import type { Scenario, Step } from '#scenario/format.ts'
import { machines } from './machine-arbitrary.ts'
import { daemonSetManifest } from './manifest-arbitrary.ts'
import { step } from './step-arbitrary.ts'

/** Versions on both sides of what changed about DaemonSets (DS-18). */
export const propertyVersions = ['1.23', '1.28', '1.31', '1.33', '1.36'] as const

/** A whole session: machines, a first DaemonSet or two, then anything. */
export const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    version: fc.constantFrom(...propertyVersions),
    nodes: machines,
    first: fc.array(daemonSetManifest, { minLength: 1, maxLength: 2 }),
    steps: fc.array(step, { minLength: 1, maxLength: 14 }),
  })
  .map(({ version, nodes, first, steps }) => ({
    id: 'property',
    title: 'A random session',
    version,
    nodes,
    steps: [...first.map((stdin): Step => ({ run: 'kubectl apply -f -', stdin })), ...steps],
  }))
