import { type Resource, resourceOf, resources, scalableKinds } from '#k8s/resources.ts'
import type { Deployment, KubeNode } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { noOptDefault } from './args.ts'
import type { Flag, Verb } from './command.ts'
import { allVerbs } from './commands/index.ts'
import { contextName } from './context-name.ts'
import { labelKeys, labelValues, namesOf, type Position, valuesOf } from './flag-values.ts'
import { globalFlags } from './global-flags.ts'
import { findResource, splitTypes } from './resource-type.ts'

/** Verbs whose operands are `TYPE NAME`, and which types they take (all when empty); of a sub-verb, what it takes itself. */
const typed: Record<string, readonly string[]> = {
  get: [],
  describe: [],
  delete: [],
  edit: [],
  patch: [],
  label: [],
  annotate: [],
  wait: [],
  explain: [],
  scale: scalableKinds,
  rollout: ['DaemonSet', 'Deployment', 'StatefulSet'],
  set: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'rollout pause': ['Deployment'],
  'rollout resume': ['Deployment'],
  'set image': ['DaemonSet', 'Deployment', 'Pod', 'ReplicaSet', 'StatefulSet'],
  'set selector': ['Service'],
  'apply view-last-applied': [],
  autoscale: scalableKinds,
  expose: ['Deployment', 'Pod', 'ReplicaSet', 'Service'],
  taint: ['Node'],
}

/** Verbs whose operands are names of one kind. */
const named: Record<string, Resource['kind']> = {
  cordon: 'Node',
  uncordon: 'Node',
  drain: 'Node',
  logs: 'Pod',
  exec: 'Pod',
  'top node': 'Node',
  'top pod': 'Pod',
}

const contextVerbs = ['use-context', 'set-context', 'get-contexts']

/** Names of types that begin with the word: plurals, as kubectl offers them; singulars and short names only where no plural does. */
function typeNames(allowed: readonly Resource[], word: string): string[] {
  if (word.includes('.')) return allowed.map((r) => `${r.plural}.${r.group || r.version}`)
  const plurals = allowed.map((r) => r.plural).filter((name) => name.startsWith(word))
  return plurals.length > 0 ? plurals : allowed.flatMap((r) => [r.singular, ...r.shortNames])
}

/** `TYPE`, or behind a type its names; `TYPE/NAME` in one word. */
function typedOperand(kinds: readonly string[], operands: readonly string[], word: string, { client, namespace }: Position): string[] {
  const allowed = resources.filter((r) => kinds.length === 0 || kinds.includes(r.kind))
  const slash = word.indexOf('/')
  if (slash >= 0) {
    const resource = findResource(word.slice(0, slash))
    return resource ? namesOf(client, resource, namespace).map((n) => `${word.slice(0, slash)}/${n}`) : []
  }
  const [type] = operands
  if (type === undefined) return typeNames(allowed, word)
  if (type.includes('/')) return allowed.map((r) => `${r.singular}/`)
  const found = splitTypes(type).flatMap((one) => findResource(one) ?? [])
  return found.flatMap((resource) => namesOf(client, resource, namespace)).filter((n) => !operands.includes(n))
}

/** `set image TYPE NAME container=`. */
function imageOperands({ client, operands, namespace }: Position): string[] {
  const [type = '', name = ''] = operands[0]?.includes('/') ? operands[0].split('/') : operands
  const resource = findResource(type)
  const object = resource && client.list(resource.kind, { namespace }).items.find((o) => o.metadata.name === name)
  const containers = (object as Deployment | undefined)?.spec?.template?.spec.containers ?? []
  return containers.map((c) => `${c.name}=`)
}

/** `taint nodes NAME key=value:Effect`: taints to take away, effects, and taints that other nodes have. */
function taintOperands({ client, operands }: Position, word: string): string[] {
  const colon = word.indexOf(':')
  if (colon >= 0) return ['NoSchedule', 'PreferNoSchedule', 'NoExecute'].map((e) => word.slice(0, colon + 1) + e)
  const nodes = client.list('Node').items as KubeNode[]
  const own = nodes.find((n) => operands.includes(n.metadata.name))?.spec.taints ?? []
  const others = nodes.flatMap((n) => n.spec.taints ?? []).filter((t) => !own.some((o) => o.key === t.key && o.effect === t.effect))
  return [...own.map((t) => `${t.key}:${t.effect}-`), ...others.map((t) => `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`)]
}

/** `label TYPE NAME key=value`: keys with `=`, those the object has with `-` too, values behind a key; further names. */
function metadataOperands(field: 'labels' | 'annotations', position: Position, word: string): string[] {
  const { client, operands, namespace } = position
  const [type = '', name = operands[1]] = operands[0]?.includes('/') ? operands[0].split('/') : [operands[0]]
  const resource = findResource(type)
  if (!resource) return []
  if (word.includes('=')) return labelValues(client, resource, namespace, word.slice(0, word.indexOf('=')), field)
  const own = client.list(resource.kind, { namespace: resource.namespaced ? namespace : undefined }).items.find((o) => o.metadata.name === name)
  return [
    ...labelKeys(client, resource, namespace, field).map((key) => `${key}=`),
    ...Object.keys(own?.metadata[field] ?? {}).map((key) => `${key}-`),
    ...(word ? typedOperand([], operands, word, position) : []),
  ]
}

function operandsFor(position: Position, word: string): string[] {
  const { path, operands, client, namespace } = position
  const [verb, sub] = path
  if (!verb) return []
  const own = sub ?? verb
  if (own.subcommands && operands.length === 0) {
    return own.subcommands.filter((v) => v.summary).map((v) => v.name)
  }
  if (verb.name === 'help') {
    const within = operands.reduce<readonly Verb[]>((verbs, name) => verbs.find((v) => v.name === name)?.subcommands ?? [], allVerbs())
    return within.filter((v) => v.summary).map((v) => v.name)
  }
  if (verb.name === 'config') return sub && contextVerbs.includes(sub.name) && operands.length === 0 ? [contextName] : []
  const whole = sub ? `${verb.name} ${sub.name}` : verb.name
  if (verb.name === 'logs' && operands.length === 1 && operands[0]) return valuesOf('container', position, word)
  const kind = named[whole]
  if ((verb.name === 'logs' || verb.name === 'exec') && word.includes('/')) return typedOperand([], [], word, position)
  if (kind) return operands.length === 0 || kind === 'Node' ? namesOf(client, resourceOf(kind), namespace).filter((n) => !operands.includes(n)) : []
  const types = typed[whole] ?? typed[verb.name]
  if (!types) return []
  const complete = operands.length > 1 || operands[0]?.includes('/')
  if (sub?.name === 'image' && complete) return imageOperands(position)
  if (verb.name === 'taint' && operands.length > 1) return taintOperands(position, word)
  if (verb.name === 'label' && complete) return metadataOperands('labels', position, word)
  if (verb.name === 'annotate' && complete) return metadataOperands('annotations', position, word)
  return typedOperand(types, operands, word, position)
}

/** Flags and operands already typed; `awaiting` = a flag whose value comes next. */
function read(words: readonly string[]): { path: Verb[]; flags: Flag[]; operands: string[]; awaiting?: Flag; namespace?: string } {
  const path: Verb[] = []
  const operands: string[] = []
  let namespace: string | undefined
  let awaiting: Flag | undefined
  const flagsNow = () => [...(path.at(-1)?.flags ?? []), ...globalFlags]
  for (const word of words) {
    if (awaiting) {
      if (awaiting.name === 'namespace') namespace = word
      awaiting = undefined
    } else if (word.startsWith('-') && word.length > 1) {
      const [name = '', value] = word.replace(/^--?/, '').split('=')
      const flag = flagsNow().find((f) => (word.startsWith('--') ? f.name === name : f.shorthand === name[0]))
      const glued = value !== undefined || (!word.startsWith('--') && name.length > 1)
      if (flag?.name === 'namespace' && glued) namespace = value ?? name.slice(1)
      if (flag && !glued && noOptDefault(flag) === undefined) awaiting = flag
    } else {
      const next =
        operands.length === 0
          ? (path.at(-1)?.subcommands ?? (path.length === 0 ? allVerbs() : [])).find((v) => v.name === word || v.aliases?.includes(word))
          : undefined
      if (next) path.push(next)
      else operands.push(word)
    }
  }
  return { path, flags: flagsNow(), operands, awaiting, namespace }
}

/** Splits off what is before the part that can be completed: `--output=`, `a,b,`. */
function candidates(position: Position, awaiting: Flag | undefined, word: string): string[] {
  if (awaiting) return valuesOf(awaiting.name, position, word)
  const equals = /^--([\w-]+)=/.exec(word)
  if (equals) return valuesOf(equals[1] as string, position, word.slice(equals[0].length)).map((v) => equals[0] + v)
  if (word.startsWith('-')) return position.flags.filter((f) => f.usage).map((f) => `--${f.name}${f.kind === 'bool' ? '' : '='}`)
  if (position.path.length === 0)
    return position.operands.length === 0
      ? allVerbs()
          .filter((v) => v.summary)
          .map((v) => v.name)
      : []
  return operandsFor(position, word)
}

/**
 * Words that may stand where the unfinished `word` of a kubectl command begins, sorted; `words` are those before it, without `kubectl`.
 * A word begins behind a space, `=` or `,`. `files` are the names behind -f, `current` the namespace where none is given.
 */
export function complete(words: readonly string[], word: string, client: ApiClient, files: readonly string[] = [], current = 'default'): string[] {
  const { awaiting, ...rest } = read(words)
  const position: Position = { client, files, ...rest, namespace: rest.namespace ?? current }
  // several values in one word: `get pods,ds`
  const list = word.startsWith('-') || word.includes('=') ? '' : word.slice(0, word.lastIndexOf(',') + 1)
  const found = candidates(position, awaiting, word.slice(list.length)).map((w) => list + w)
  const done = word.search(/[^=,]*$/)
  return [...new Set(found.filter((w) => w.startsWith(word)).map((w) => w.slice(done)))].sort()
}
