import { type Resource, resources } from '#k8s/resources.ts'
import { CommandError } from './error-text.ts'
import { measuredResources } from './measured.ts'

const known: readonly Resource[] = [...resources, ...measuredResources]

interface TypeQuery {
  resource: string
  group: string
  version?: string
}

function matches(r: Resource, query: TypeQuery, sameGroup: (group: string, asked: string) => boolean): boolean {
  const word = query.resource.toLowerCase()
  if (!sameGroup(r.group, query.group)) return false
  // a short name is first replaced by the resource it stands for, which forgets the version
  if (r.shortNames.includes(query.resource)) return true
  return (r.plural === word || r.singular === word) && (query.version === undefined || query.version === r.version)
}

function lookUp(query: TypeQuery): Resource | undefined {
  const anyGroup = query.group === '' && query.version === undefined
  return (
    known.find((r) => matches(r, query, (group, asked) => anyGroup || group === asked)) ??
    (query.group ? known.find((r) => matches(r, query, (group, asked) => group.startsWith(asked))) : undefined)
  )
}

/**
 * The resource that a type word names: plural, singular, kind or short name, alone, with a group (`ds.apps`) or with
 * version and group (`daemonsets.v1.apps`). Undefined when the server has no such type.
 * @source cli-runtime/pkg/resource Builder.mappingFor
 */
export function findResource(word: string): Resource | undefined {
  const [resource = '', ...rest] = word.split('.')
  const full = rest.length > 1 ? lookUp({ resource, version: rest[0], group: rest.slice(1).join('.') }) : undefined
  return full ?? lookUp({ resource, group: rest.join('.') })
}

/** As findResource; throws `the server doesn't have a resource type "foo"`. */
export function mappingFor(word: string): Resource {
  const found = findResource(word)
  if (!found) throw new CommandError(`the server doesn't have a resource type ${JSON.stringify(word.split('.')[0])}`)
  return found
}

/** A comma list of type words with categories (`all`) written out. @source Builder.ReplaceAliases, SplitResourceArgument */
export function splitTypes(words: string): string[] {
  const expanded = words.split(',').flatMap((word) => {
    const members = resources.filter((r) => r.categories.includes(word))
    return members.length > 0 ? members.map((r) => (r.group ? `${r.plural}.${r.group}` : r.plural)) : [word]
  })
  return [...new Set(expanded)]
}
