import { resources } from '#k8s/resources.ts'
import type { Kind } from '#k8s/types.ts'
import type { ObjectRef } from '#protocol/api-client.ts'
import { keyOf } from '#state/key.ts'
import type { Tables } from '#state/tables.ts'

/** A stretch of a line; with `ref` it names an object that exists. */
export interface Piece {
  text: string
  ref?: ObjectRef
}

const resourceByWord = new Map(resources.flatMap((r) => [r.plural, r.singular, ...r.shortNames].map((word) => [word, r] as const)))
/** What can be selected. */
const selectable: ReadonlySet<Kind> = new Set(['Node', 'Pod', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'])
const namespacedKinds = new Set(resources.filter((r) => r.namespaced).map((r) => r.kind))
const token = /[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?(?:\/[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)?/gi

/** Pod and node names are unmistakable; other names are as short as words, so what the command is about must name their kind. */
const unmistakable: readonly Kind[] = ['Pod', 'Node']

function find(tables: Tables, kind: Kind, name: string, namespaces: readonly string[]): ObjectRef | undefined {
  if (!selectable.has(kind)) return undefined
  if (!namespacedKinds.has(kind)) return tables[kind].has(name) ? { kind, name } : undefined
  const namespace = namespaces.find((one) => tables[kind].has(keyOf(one, name)))
  return namespace === undefined ? undefined : { kind, namespace, name }
}

/**
 * A line of output cut at the names of objects: `kind/name`, `namespace/name` of a pod, names of pods and nodes, and at the beginning of a
 * row (behind the namespace, if there is one) or behind `Name:` a name of the kind the command is about.
 */
export function linkObjects(line: string, about: Kind | undefined, tables: Tables): readonly Piece[] {
  const pieces: Piece[] = []
  const all = [...tables.Namespace.keys()]
  const [first = '', second = ''] = line.split(/\s+/, 2)
  const rowNamespace = tables.Namespace.has(first) ? first : undefined
  const namespaces = rowNamespace ? [rowNamespace] : ['default', ...all]
  let done = 0
  for (const match of line.matchAll(token)) {
    const [text] = match
    const slash = text.indexOf('/')
    let ref: ObjectRef | undefined
    if (slash > 0) {
      const [before, name] = [text.slice(0, slash), text.slice(slash + 1)]
      const resource = resourceByWord.get(before.split('.')[0]?.toLowerCase() ?? '')
      ref = resource ? find(tables, resource.kind, name, namespaces) : tables.Namespace.has(before) ? find(tables, 'Pod', name, [before]) : undefined
    } else {
      const isRowName =
        match.index === 0 ? text === first : (rowNamespace !== undefined && text === second) || /^Name:\s+$/.test(line.slice(0, match.index))
      if (isRowName && about) ref = find(tables, about, text, namespaces)
      for (const kind of unmistakable) ref ??= find(tables, kind, text, namespaces)
    }
    if (!ref) continue
    if (match.index > done) pieces.push({ text: line.slice(done, match.index) })
    pieces.push({ text, ref })
    done = match.index + text.length
  }
  if (done < line.length) pieces.push({ text: line.slice(done) })
  return pieces
}
