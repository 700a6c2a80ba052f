import { ApiError } from '#k8s/api-error.ts'
import type { AnyObject, Kind, KubeEvent, KubeNode, Pod, Service } from '#k8s/types.ts'
import { type ChangeName, type KubernetesVersion, since } from '#k8s/version.ts'

type Read = (object: AnyObject) => string

const common: Record<string, Read> = {
  'metadata.name': (o) => o.metadata.name,
  'metadata.namespace': (o) => o.metadata.namespace ?? '',
}

const pod =
  (read: (pod: Pod) => string | undefined): Read =>
  (o) =>
    read(o as Pod) ?? ''
const event =
  (read: (event: KubeEvent) => string | undefined): Read =>
  (o) =>
    read(o as KubeEvent) ?? ''

/** The fields each kind can be selected by. Source: conversion functions AddFieldLabelConversionFuncFor… and registry strategies. */
const byKind: Partial<Record<Kind, Record<string, Read>>> = {
  Pod: {
    'spec.nodeName': pod((p) => p.spec.nodeName),
    'spec.restartPolicy': pod((p) => p.spec.restartPolicy),
    'spec.schedulerName': pod((p) => p.spec.schedulerName),
    'spec.serviceAccountName': pod((p) => p.spec.serviceAccountName),
    'spec.hostNetwork': pod((p) => String(p.spec.hostNetwork ?? false)),
    'status.phase': pod((p) => p.status.phase),
    'status.podIP': pod((p) => p.status.podIP),
    // a list may ask for it, but no pod has it among what it is selected by
    'status.podIPs': () => '',
    'status.nominatedNodeName': pod((p) => p.status.nominatedNodeName),
  },
  Service: { 'spec.clusterIP': (o) => (o as Service).spec.clusterIP ?? '', 'spec.type': (o) => (o as Service).spec.type ?? '' },
  Node: { 'spec.unschedulable': (o) => String((o as KubeNode).spec.unschedulable ?? false) },
  Event: {
    'involvedObject.kind': event((e) => e.involvedObject.kind),
    'involvedObject.namespace': event((e) => e.involvedObject.namespace),
    'involvedObject.name': event((e) => e.involvedObject.name),
    'involvedObject.uid': event((e) => e.involvedObject.uid),
    'involvedObject.apiVersion': event((e) => e.involvedObject.apiVersion),
    'involvedObject.resourceVersion': event((e) => e.involvedObject.resourceVersion),
    'involvedObject.fieldPath': event((e) => e.involvedObject.fieldPath),
    reason: event((e) => e.reason),
    reportingComponent: event((e) => e.reportingComponent),
    source: event((e) => e.source?.component || e.reportingComponent),
    type: event((e) => e.type),
  },
  Namespace: { name: (o) => o.metadata.name, 'status.phase': (o) => ('status' in o ? ((o.status as { phase?: string }).phase ?? '') : '') },
  ReplicaSet: { 'status.replicas': (o) => String((o as { status?: { replicas?: number } }).status?.replicas ?? 0) },
}

const later: Record<string, ChangeName> = { 'Pod spec.hostNetwork': 'podsByHostNetwork', Service: 'servicesByFields' }

/** Reads a selectable field of an object; throws BadRequest for a field its kind cannot be selected by. */
export function selectableField(kind: Kind, field: string, version: KubernetesVersion): Read {
  const yet = (key: string) => !later[key] || since(version, later[key])
  const known = kind in byKind && yet(kind)
  const read = common[field] ?? (known && yet(`${kind} ${field}`) ? byKind[kind]?.[field] : undefined)
  if (read) return read
  throw new ApiError(
    'BadRequest',
    known ? `field label not supported: ${field}` : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
  )
}

/** A selector of a list; BadRequest when it cannot be read. */
export function readSelector<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text)
  } catch (error) {
    throw new ApiError('BadRequest', (error as Error).message)
  }
}
