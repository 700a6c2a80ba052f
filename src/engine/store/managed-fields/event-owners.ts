import type { FieldsV1, ManagedFieldsEntry } from '#k8s/managed-fields/entry.ts'
import { ownersAfterUpdate } from '#k8s/managed-fields/owners.ts'
import type { KubeEvent } from '#k8s/types.ts'

/** The fields that have another name in events.k8s.io/v1, which the scheduler writes. */
const renamed: Record<string, string> = {
  'f:message': 'f:note',
  'f:involvedObject': 'f:regarding',
  'f:reportingComponent': 'f:reportingController',
}

const asEventsV1 = (fields: FieldsV1): FieldsV1 =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, below]): [string, FieldsV1] => [renamed[name] ?? name, below])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const seconds = (time: string): string => time.replace(/\.\d+Z$/, 'Z')

/**
 * Who owns the fields of an Event that a component has recorded: that component alone, since it last wrote it. Nobody notes these writes, as
 * the Event says itself who made them. @source client-go/tools/record, client-go/tools/events
 */
export function ownersOfEvent(event: KubeEvent): ManagedFieldsEntry[] {
  const { source, series, lastTimestamp, metadata } = event
  const isSeries = !source?.component
  const manager = isSeries ? 'kube-scheduler' : source.component === 'kubelet' ? 'kubelet' : 'kube-controller-manager'
  const time = seconds(lastTimestamp ?? series?.lastObservedTime ?? String(metadata.creationTimestamp))
  const owners = ownersAfterUpdate([], undefined, event, { manager, operation: 'Update', time })
  return isSeries ? owners.map((entry) => ({ ...entry, apiVersion: 'events.k8s.io/v1', fieldsV1: asEventsV1(entry.fieldsV1) })) : owners
}
