import type { DaemonSet } from '#k8s/types.ts'
import type { DaemonSetNumber } from '#protocol/explain.ts'

/** The numbers of a DaemonSet's status in kubectl's order, and misscheduled. */
export const daemonSetNumbers: readonly { id: DaemonSetNumber; read(set: DaemonSet): number }[] = [
  { id: 'desired', read: ({ status }) => status.desiredNumberScheduled },
  { id: 'current', read: ({ status }) => status.currentNumberScheduled },
  { id: 'ready', read: ({ status }) => status.numberReady },
  { id: 'upToDate', read: ({ status }) => status.updatedNumberScheduled ?? 0 },
  { id: 'available', read: ({ status }) => status.numberAvailable ?? 0 },
  { id: 'misscheduled', read: ({ status }) => status.numberMisscheduled },
]

/** Whether a number is not what one would like it to be. */
export function isOff(id: DaemonSetNumber, value: number, set: DaemonSet): boolean {
  return id === 'misscheduled' ? value > 0 : value !== set.status.desiredNumberScheduled
}
