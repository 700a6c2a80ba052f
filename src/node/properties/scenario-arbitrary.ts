import fc from 'fast-check'
import type { NodeSpec, Scenario, Step } from '#scenario/format.ts'
import { machine, machines } from './machine-arbitrary.ts'
import { daemonSetManifest, deploymentManifest, nodeNames } from './manifest-arbitrary.ts'
import { nodeSteps, step } from './step-arbitrary.ts'

/** Versions on both sides of what changed about DaemonSets (DS-18). */
export const propertyVersions = ['1.23', '1.28', '1.31', '1.33', '1.36'] as const

/** A whole session: machines, a first DaemonSet or two, then anything. */
export const scenario: fc.Arbitrary<Scenario> = sessionOf(machines, fc.array(step, { minLength: 1, maxLength: 14 }))

const fiveMachines = fc.tuple(...nodeNames.map((name) => machine.map((spec) => ({ ...spec, name }))))

/** A session about five nodes. */
export const nodeScenario: fc.Arbitrary<Scenario> = sessionOf(
  fiveMachines,
  fc.array(nodeSteps, { minLength: 1, maxLength: 12 }).map((parts) => parts.flat()),
)

function sessionOf(nodes: fc.Arbitrary<NodeSpec[]>, steps: fc.Arbitrary<Step[]>): fc.Arbitrary<Scenario> {
  const first = fc.array(fc.oneof({ weight: 4, arbitrary: daemonSetManifest }, deploymentManifest), { minLength: 1, maxLength: 2 })
  return fc.record({ version: fc.constantFrom(...propertyVersions), nodes, first, steps }).map((made) => ({
    id: 'property',
    title: 'A random session',
    version: made.version,
    nodes: made.nodes,
    steps: [...made.first.map((stdin): Step => ({ run: 'kubectl apply -f -', stdin })), ...made.steps],
  }))
}
