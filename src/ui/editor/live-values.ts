import type { Tables } from '#state/tables.ts'
import type { ManifestPlace } from './manifest-place.ts'

/** Something the cluster has that fits where the cursor is. */
export interface LiveValue {
  text: string
  /** How many nodes have it; undefined where nodes are not what has it. */
  nodes?: number
  /** It is the name of a field of a map, not a value. */
  isKey?: boolean
}

function count(texts: Iterable<string>): LiveValue[] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].map(([text, nodes]) => ({ text, nodes }))
}

const nodesOf = (tables: Tables) => [...tables.Node.values()]
const labelKeys = (tables: Tables) => count(nodesOf(tables).flatMap((node) => Object.keys(node.metadata.labels ?? {})))
const taints = (tables: Tables) => nodesOf(tables).map((node) => node.spec.taints ?? [])

function labelValues(tables: Tables, key: string | undefined): LiveValue[] {
  if (key === undefined) return []
  return count(nodesOf(tables).flatMap((node) => node.metadata.labels?.[key] ?? []))
}

const names = (table: ReadonlyMap<string, { metadata: { name: string } }>): LiveValue[] =>
  [...table.values()].map((object) => ({ text: object.metadata.name }))

/** What the cluster offers for a place in a manifest: label keys and values, taints, names of nodes, priority classes, namespaces. */
export function liveValues({ path, field, beside }: ManifestPlace, tables: Tables): LiveValue[] {
  const parent = path.at(-1)
  if (field === 'nodeName') return names(tables.Node)
  if (field === 'priorityClassName') return names(tables.PriorityClass)
  if (field === 'namespace' && parent === 'metadata') return names(tables.Namespace)
  if (field === 'topologyKey') return labelKeys(tables)
  if (parent === 'nodeSelector')
    return field !== undefined ? labelValues(tables, field) : labelKeys(tables).flatMap((one) => (one.text in beside ? [] : { ...one, isKey: true }))
  if (parent === 'tolerations' && field === 'key') return count(taints(tables).flatMap((list) => [...new Set(list.map((taint) => taint.key))]))
  if (parent === 'tolerations' && field === 'value') {
    return count(taints(tables).flatMap((list) => list.filter((taint) => taint.key === beside.key && taint.value).map((taint) => taint.value ?? '')))
  }
  if (path.includes('nodeAffinity')) {
    if (parent === 'matchExpressions' && field === 'key') return labelKeys(tables)
    if (parent === 'values' && path.at(-2) === 'matchExpressions') return labelValues(tables, beside.key)
    if (parent === 'values' && path.at(-2) === 'matchFields') return names(tables.Node)
  }
  return []
}
