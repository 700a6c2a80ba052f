import type { Resource } from '#k8s/resources.ts'
import type { Parsed } from '../command.ts'
import { AggregateFailure, CommandError } from '../error-text.ts'
import { findResource } from '../resource-type.ts'

/**
 * The type of the object that --applyset names, `[RESOURCE][.GROUP]/NAME`. Throws where the cluster has no such type: the usual ones,
 * Secrets and ConfigMaps, are none of its.
 * @source kubectl/pkg/cmd/apply/applyset.go ParseApplySetParentRef
 */
export function applySetParent(args: Parsed): Resource {
  const reference = args.string('applyset')
  const invalid = (why: string) => new CommandError(`invalid parent reference ${JSON.stringify(reference)}: ${why}`)
  const [type, ...names] = reference.split('/')
  if (names.length === 0) throw invalid('no matches for /v1, Resource=secrets')
  if (!type) throw invalid('a resource must be present, got: /, Resource=')
  const [word, ...group] = type.split('.')
  const resource = findResource(type)
  if (!resource || (group.length > 0 && group.join('.') !== resource.group)) throw invalid(`no matches for ${group.join('.')}/, Resource=${word}`)
  if (!names.join('/')) throw invalid('name cannot be blank')
  return resource
}

/** No other type may be the parent of a set. @source kubectl/pkg/cmd/apply/applyset.go Validate */
export function refuseApplySet(parent: Resource, args: Parsed): never {
  if (!args.bool('prune')) throw new CommandError('--applyset requires --prune')
  const errors = [new CommandError(`resource "${parent.group}/${parent.version}, Resource=${parent.plural}" is not permitted as an ApplySet parent`)]
  if (parent.namespaced && !args.has('namespace')) errors.unshift(new CommandError('namespace is required to use namespace-scoped ApplySet'))
  throw errors.length === 1 ? errors[0] : new AggregateFailure(errors)
}
