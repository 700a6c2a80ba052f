/** What a status may say of itself, for who writes it by hand. @source pkg/apis/apps/validation Validate…StatusUpdate; DS-15.63 */
import type { AnyObject, Kind } from '../types.ts'
import type { FieldErrors } from './field-errors.ts'
import { validateNodeStatus } from './node.ts'
import { rareChecks } from './rare/load.ts'

type Counts = Readonly<Record<string, number | undefined>>

interface Rules {
  /** Numbers that must not be negative, in the order in which they are checked. */
  counts: readonly string[]
  /** Of these none may be above `replicas`. */
  parts?: readonly string[]
  /** What is said then. */
  above?: string
}

const available = 'availableReplicas'

const rules: Partial<Record<Kind, Rules>> = {
  DaemonSet: {
    counts: [
      ...['currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady', 'observedGeneration'],
      ...['updatedNumberScheduled', 'numberAvailable', 'numberUnavailable', 'collisionCount'],
    ],
  },
  Deployment: {
    counts: ['observedGeneration', 'replicas', 'updatedReplicas', 'readyReplicas', available, 'unavailableReplicas', 'collisionCount'],
    parts: ['updatedReplicas', 'readyReplicas', available],
    above: 'cannot be greater than status.replicas',
  },
  ReplicaSet: {
    counts: ['replicas', 'fullyLabeledReplicas', 'readyReplicas', available, 'observedGeneration'],
    parts: ['fullyLabeledReplicas', 'readyReplicas', available],
    above: 'cannot be greater than status.replicas',
  },
  StatefulSet: {
    counts: ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', available, 'observedGeneration', 'collisionCount'],
    parts: ['readyReplicas', 'currentReplicas', 'updatedReplicas', available],
    above: 'cannot be greater than status.replicas',
  },
}

const countsOf = (object: AnyObject): Counts => ('status' in object ? ((object.status ?? {}) as unknown as Counts) : {})

export function validateStatus(errors: FieldErrors, object: AnyObject, old: AnyObject): void {
  const rule = rules[object.kind as Kind]
  if (!rule) {
    if (object.kind === 'Node' && old.kind === 'Node') validateNodeStatus(errors, { ...object, spec: old.spec }, old)
    else rareChecks()?.validateCoreStatus(errors, object, old)
    return
  }
  const status = countsOf(object)
  const get = (name: string): number => status[name] ?? 0
  for (const name of rule.counts) errors.nonNegative(`status.${name}`, status[name])
  for (const name of rule.parts ?? []) if (get(name) > get('replicas')) errors.invalid(`status.${name}`, get(name), rule.above ?? '')
  if (rule.parts && get(available) > get('readyReplicas'))
    errors.invalid(`status.${available}`, get(available), `cannot be greater than ${object.kind === 'StatefulSet' ? 'status.' : ''}readyReplicas`)
  if (get('collisionCount') < (countsOf(old).collisionCount ?? 0))
    errors.invalid('status.collisionCount', get('collisionCount'), 'cannot be decremented')
}
