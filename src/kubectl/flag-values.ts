import { type Resource, resourceOf, resources } from '#k8s/resources.ts'
import type { Container, ControllerRevision, Pod } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from './client-version.ts'
import type { Flag, Verb } from './command.ts'
import { contextName, userName } from './context-name.ts'
import { findResource } from './resource-type.ts'

/** What stands before the word that is completed. */
export interface Position {
  client: ApiClient
  files: readonly string[]
  path: readonly Verb[]
  flags: readonly Flag[]
  operands: readonly string[]
  namespace: string
}

const ownFormats = ['wide', 'yaml', 'json', 'name']
const templates = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'custom-columns', 'custom-columns-file', 'go-template', 'go-template-file']

/** Formats of -o; types are listed in a few only. */
function outputFormats({ client, path }: Position): string[] {
  const kyaml = clientSince(client, 'kyaml') ? ['kyaml'] : []
  return [...ownFormats, ...kyaml, ...(path[0]?.name === 'api-resources' ? [] : templates.map((name) => `${name}=`))]
}

const ordersOf: Record<string, readonly string[]> = { 'api-resources': ['kind', 'name'], top: ['cpu', 'memory'] }

const sortKeys = ['.metadata.name', '.metadata.creationTimestamp', '.metadata.namespace']

/** Conditions `wait --for=condition=` finds on a kind. */
const conditions: Partial<Record<Resource['kind'], readonly string[]>> = {
  Node: ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'],
  Pod: ['Ready', 'ContainersReady', 'Initialized', 'PodScheduled'],
  Deployment: ['Available', 'Progressing'],
}

function objectsOf(client: ApiClient, resource: Resource, namespace: string) {
  return client.list(resource.kind, { namespace: resource.namespaced ? namespace : undefined }).items
}

export function namesOf(client: ApiClient, resource: Resource, namespace: string): string[] {
  return objectsOf(client, resource, namespace).map((o) => o.metadata.name)
}

export function labelKeys(client: ApiClient, resource: Resource, namespace: string, field: 'labels' | 'annotations' = 'labels'): string[] {
  return objectsOf(client, resource, namespace).flatMap((o) => Object.keys(o.metadata[field] ?? {}))
}

/** `key=value` for each value that objects of the kind have. */
export function labelValues(
  client: ApiClient,
  resource: Resource,
  namespace: string,
  key: string,
  field: 'labels' | 'annotations' = 'labels',
): string[] {
  return objectsOf(client, resource, namespace).flatMap((o) => {
    const value = o.metadata[field]?.[key]
    return value === undefined ? [] : [`${key}=${value}`]
  })
}

/** `-l`: keys, then values; the requirements before the last comma stay. */
function selectors({ client, namespace }: Position, resource: Resource, word: string): string[] {
  const done = word.slice(0, word.lastIndexOf(',') + 1)
  const requirement = word.slice(done.length)
  const [key = '', sign] = requirement.split(/(!?==?)/)
  const found = sign
    ? labelValues(client, resource, namespace, key).map((pair) => key + sign + pair.slice(key.length + 1))
    : labelKeys(client, resource, namespace).map((k) => `${k}=`)
  return found.map((text) => done + text)
}

function fieldSelectors({ client, namespace }: Position, resource: Resource | undefined, word: string): string[] {
  const fields: Record<string, () => string[]> = { 'metadata.name': () => (resource ? namesOf(client, resource, namespace) : []) }
  if (resource?.namespaced) fields['metadata.namespace'] = () => namesOf(client, resourceOf('Namespace'), '')
  if (resource?.kind === 'Pod') {
    fields['spec.nodeName'] = () => namesOf(client, resourceOf('Node'), '')
    fields['status.phase'] = () => ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']
  }
  if (resource?.kind === 'Event') {
    fields['involvedObject.kind'] = () => resources.map((r) => r.kind)
    fields['involvedObject.name'] = () => namesOf(client, resourceOf('Pod'), namespace)
    fields.type = () => ['Normal', 'Warning']
    fields.reason = () => []
  }
  if (resource?.kind === 'Node') fields['spec.unschedulable'] = () => ['true', 'false']
  const done = word.slice(0, word.lastIndexOf(',') + 1)
  const [field = '', sign] = word.slice(done.length).split(/(!?==?)/)
  const found =
    sign && Object.hasOwn(fields, field) ? (fields[field]?.() ?? []).map((v) => field + sign + v) : Object.keys(fields).map((f) => `${f}=`)
  return found.map((text) => done + text)
}

function containersOf(client: ApiClient, namespace: string, podName: string): Container[] {
  const pod = (client.list('Pod', { namespace }).items as Pod[]).find((p) => p.metadata.name === podName.replace(/^pods?\//, ''))
  return pod?.spec.containers ?? []
}

/** Revisions of the workload that is spoken of. */
function revisionsOf({ client, namespace, operands }: Position): string[] {
  const name = operands[0]?.includes('/') ? operands[0].split('/')[1] : operands[1]
  const revisions = client.list('ControllerRevision', { namespace }).items as ControllerRevision[]
  return revisions.filter((r) => r.metadata.ownerReferences?.some((o) => o.name === name)).map((r) => String(r.revision))
}

function waitedFor(kind: Resource['kind'] | undefined, word: string): string[] {
  if (!word.startsWith('condition=')) return ['condition=', 'create', 'delete', 'jsonpath=']
  const known = kind ? (conditions[kind] ?? []) : Object.values(conditions).flat()
  return known.map((c) => `condition=${c}`)
}

/** What a flag's value may be; `word` = what of it is typed. */
export function valuesOf(name: string, position: Position, word: string): string[] {
  const { client, files, namespace, operands, path } = position
  const verb = path[0]?.name
  const nodeVerbs = verb === 'drain' || verb === 'cordon' || verb === 'uncordon'
  const type = nodeVerbs ? resourceOf('Node') : verb === 'logs' ? resourceOf('Pod') : findResource(operands[0]?.split(/[/,]/)[0] ?? '')
  switch (name) {
    case 'namespace':
      return namesOf(client, resourceOf('Namespace'), '')
    case 'output':
      return outputFormats(position)
    case 'context':
    case 'cluster':
      return [contextName]
    case 'user':
      return verb === 'set' ? [] : [userName]
    case 'filename':
      return ['-', ...files]
    case 'dry-run':
      return ['none', 'client', 'server']
    case 'cascade':
      return ['background', 'foreground', 'orphan']
    case 'type':
      return ['json', 'merge', 'strategic']
    case 'types':
      return ['Normal', 'Warning']
    case 'for':
      return verb === 'wait' ? waitedFor(type?.kind, word) : word.includes('/') ? namesBehind(position, word) : resources.map((r) => `${r.singular}/`)
    case 'selector':
      return type ? selectors(position, type, word) : []
    case 'pod-selector':
      return selectors(position, resourceOf('Pod'), word)
    case 'label-columns':
      return type ? labelKeys(client, type, namespace).map((k) => word.slice(0, word.lastIndexOf(',') + 1) + k) : []
    case 'field-selector':
      return fieldSelectors(position, type, word)
    case 'sort-by':
      if (verb && ordersOf[verb]) return [...ordersOf[verb]]
      return [...sortKeys, ...(type?.kind === 'Pod' ? ['.spec.nodeName', '.status.startTime'] : type?.kind === 'Event' ? ['.lastTimestamp'] : [])]
    case 'container':
      return containersOf(client, namespace, operands[0] ?? '').map((c) => c.name)
    case 'to-revision':
    case 'revision':
      return revisionsOf(position)
    case 'subresource':
      return ['status', 'scale', 'resize']
    case 'validate':
      return ['strict', 'warn', 'ignore']
    default:
      return []
  }
}

function namesBehind({ client, namespace }: Position, word: string): string[] {
  const type = word.slice(0, word.indexOf('/'))
  const resource = findResource(type)
  return resource ? namesOf(client, resource, namespace).map((n) => `${type}/${n}`) : []
}
