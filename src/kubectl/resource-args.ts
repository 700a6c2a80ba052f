import { ApiError } from '#k8s/api-error.ts'
import { type Resource, resourceOf } from '#k8s/resources.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { ApiClient, ObjectRef } from '#protocol/api-client.ts'
import { aggregate, CommandError } from './error-text.ts'
import { mappingFor, splitTypes } from './resource-type.ts'

/** What limits the objects that operands name; selectors as typed (`app=a,tier!=b`). */
export interface ResourceScope {
  namespace: string
  allNamespaces?: boolean
  labelSelector?: string
  fieldSelector?: string
  /** `--all`: every object of the types, no names needed. */
  selectAll?: boolean
  /** A lone type means all its objects (get, describe); without it a name is required. */
  allowEmptySelector?: boolean
  /** Refuses more than one type (watch, describe by prefix). */
  singleType?: boolean
}

/** One object by name. */
export interface NamedTarget {
  resource: Resource
  ref: ObjectRef
}

/**
 * What the operands ask for: objects by name, or lists of types. `single`: exactly one object was named, so an error is the
 * whole answer and outputs show the object alone, not a list.
 */
export type ResourceRequest =
  | { kind: 'named'; targets: NamedTarget[]; single: boolean }
  | { kind: 'list'; resources: Resource[]; namespace?: string; labelSelector?: string; fieldSelector?: string }

export interface FoundObject extends NamedTarget {
  object: AnyObject
}

export const nothingNamed = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

const separateType =
  'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form ' +
  "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"

/** `type1,type2 name…` as `type1/name… type2/name…`. */
function spreadTypes(operands: readonly string[]): readonly string[] {
  const types = [...new Set((operands[0] ?? '').split(','))]
  return operands.length > 1 && types.length > 1 ? types.flatMap((t) => operands.slice(1).map((n) => `${t}/${n}`)) : operands
}

function splitTypeAndName(word: string): [type: string, name: string] {
  const [type = '', name = '', ...more] = word.split('/')
  if (more.length > 0) throw new CommandError('arguments in resource/name form may not have more than one slash')
  if (!type || !name || new Set(type.split(',')).size !== 1) {
    throw new CommandError('arguments in resource/name form must have a single resource and name')
  }
  return [type, name]
}

export const noNamesWithFiles = 'resource/name arguments cannot be provided when a path is specified'

/** Throws when there are operands beside documents. @source cli-runtime/pkg/resource Builder.visitByPaths */
export function refuseOperands(operands: readonly string[]): void {
  if (operands.length === 0) return
  const words = spreadTypes(operands)
  requireOneForm(words)
  if (words.map((word) => word.includes('/') && splitTypeAndName(word)).some(Boolean)) throw new CommandError(noNamesWithFiles)
  throw new CommandError('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well')
}

/** Gives how many words are in the form TYPE/NAME: all, or none. */
function requireOneForm(words: readonly string[]): number {
  const slashed = words.filter((w) => w.includes('/')).length
  if (slashed > 0 && slashed !== words.length) throw new CommandError(separateType)
  return slashed
}

function target(resource: Resource, name: string, scope: ResourceScope): NamedTarget {
  if (name === '') throw new CommandError('resource name may not be empty')
  if (resource.namespaced && scope.allNamespaces) throw new CommandError('a resource cannot be retrieved by name across all namespaces')
  return { resource, ref: { kind: resource.kind, name, namespace: resource.namespaced ? scope.namespace : undefined } }
}

/**
 * Reads operands the way kubectl's builder does: `TYPE`, `TYPE NAME…`, `TYPE/NAME…`, `TYPE1,TYPE2 [NAME…]`, `all`.
 * Throws CommandError with kubectl's words; does not ask the API.
 * @source cli-runtime/pkg/resource Builder.ResourceTypeOrNameArgs, visitorResult
 */
export function parseResourceArgs(operands: readonly string[], scope: ResourceScope): ResourceRequest {
  const words = spreadTypes(operands)
  const slashed = requireOneForm(words)
  const tuples = slashed > 0 ? words.map(splitTypeAndName) : []
  const types = slashed > 0 || words.length === 0 ? [] : splitTypes(words[0] as string)
  const names = slashed > 0 ? [] : words.slice(1)

  const lone = scope.allowEmptySelector && types.length > 0 && names.length === 0
  if (scope.labelSelector || scope.fieldSelector || scope.selectAll || lone) {
    if (scope.selectAll && (scope.labelSelector || scope.fieldSelector)) {
      throw new CommandError("setting 'all' parameter but found a non empty selector. ")
    }
    if (names.length > 0) throw new CommandError('name cannot be provided when a selector is specified')
    if (tuples.length > 0) throw new CommandError('selectors and the all flag cannot be used when passing resource/name arguments')
    if (types.length === 0) throw new CommandError('at least one resource must be specified to use a selector')
    const resources = [...new Set(types.map(mappingFor))]
    if (scope.singleType && types.length > 1) throw new CommandError('you may only specify a single resource type')
    return {
      kind: 'list',
      resources,
      namespace: scope.allNamespaces ? undefined : scope.namespace,
      labelSelector: scope.labelSelector || undefined,
      fieldSelector: scope.fieldSelector || undefined,
    }
  }
  if (tuples.length > 0) {
    const found = tuples.map(([type, name]) => [mappingFor(type), name] as const)
    if (scope.singleType && new Set(found.map(([r]) => r)).size > 1) throw new CommandError('you may only specify a single resource type')
    return { kind: 'named', targets: found.map(([r, name]) => target(r, name, scope)), single: tuples.length === 1 }
  }
  if (names.length > 0) {
    if (types.length > 1) throw new CommandError('you must specify only one resource')
    const resource = mappingFor(types[0] as string)
    return { kind: 'named', targets: names.map((name) => target(resource, name, scope)), single: names.length === 1 }
  }
  if (types.length > 0) {
    for (const type of types) mappingFor(type)
    throw new CommandError('resource(s) were provided, but no name was specified')
  }
  throw new CommandError(nothingNamed)
}

/**
 * The object as the cluster has it. Where it is not there because its namespace is not, that is what is said; `default` is never
 * asked for. Throws ApiError, or CommandError where a document was to be read in all namespaces and names none.
 * @source cli-runtime/pkg/resource Info.Get, RetrieveLatest
 */
export function getLatest(client: ApiClient, ref: ObjectRef): AnyObject {
  if (ref.namespace === '') {
    const { group, version, plural } = resourceOf(ref.kind)
    throw new CommandError(`no namespace set on resource ${group ? `${group}/` : ''}${version}, Resource=${plural} ${JSON.stringify(ref.name)}`)
  }
  try {
    return client.get(ref)
  } catch (error) {
    const { namespace } = ref
    if (namespace && namespace !== 'default' && error instanceof ApiError && error.reason === 'NotFound')
      client.get({ kind: 'Namespace', name: namespace })
    throw error
  }
}

export interface Findings {
  found: FoundObject[]
  errors: Error[]
  /** The lists that the server gave, also empty ones. */
  listed: readonly Resource[]
}

/** The objects of a request, in the order asked for; what could not be read is in `errors`. */
export function findObjects(client: ApiClient, request: ResourceRequest): Findings {
  const found: FoundObject[] = []
  const errors: Error[] = []
  const listed: Resource[] = []
  const attempt = (work: () => void) => {
    try {
      work()
    } catch (error) {
      errors.push(error as Error)
    }
  }
  if (request.kind === 'named') {
    for (const t of request.targets) attempt(() => found.push({ ...t, object: getLatest(client, t.ref) }))
  } else {
    for (const resource of request.resources)
      attempt(() => {
        for (const one of listObjects(client, resource, request)) found.push(one)
        listed.push(resource)
      })
  }
  return { found, errors, listed }
}

/** What a refused list says besides the server's words. @source cli-runtime/pkg/resource Selector.Visit */
function refusedList(error: unknown, { group, version, plural }: Resource, labelSelector = '', fieldSelector = ''): unknown {
  if (!(error instanceof ApiError) || (error.reason !== 'BadRequest' && error.reason !== 'NotFound')) return error
  const resource = JSON.stringify(`${group}/${version}, Resource=${plural}`)
  const text =
    labelSelector || fieldSelector
      ? `find ${resource} that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}`
      : `list ${resource}`
  return new ApiError(error.reason, `Unable to ${text}: ${error.message}`, error.details)
}

/** All objects of one resource within the request's namespace and selectors. Throws ApiError. */
export function listObjects(client: ApiClient, resource: Resource, limits: Extract<ResourceRequest, { kind: 'list' }>): FoundObject[] {
  const { labelSelector, fieldSelector } = limits
  const namespace = resource.namespaced ? limits.namespace : undefined
  let items: AnyObject[]
  try {
    items = client.list(resource.kind, { namespace, labelSelector, fieldSelector }).items
  } catch (error) {
    throw refusedList(error, resource, labelSelector, fieldSelector)
  }
  return items.map((object) => ({
    resource,
    object,
    ref: { kind: resource.kind, name: object.metadata.name, namespace: object.metadata.namespace },
  }))
}

/** As findObjects, but any error ends the command. */
export function requireObjects(client: ApiClient, request: ResourceRequest): FoundObject[] {
  const { found, errors } = findObjects(client, request)
  const error = aggregate(errors)
  if (error) throw error
  return found
}
