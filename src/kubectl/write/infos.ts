/**
 * What a verb works on: objects read from files, or named on the command line.
 * Kinds that a real cluster has and the playground has not are left out with a warning, so that pasted manifests work.
 */
import { noSuchPath } from '#k8s/api/request-object.ts'
import { apiVersionOf, findKind, type Resource, resources } from '#k8s/resources.ts'
import { decodeInClient, otherKindRefusal } from '#k8s/schema/decode.ts'
import { withoutEmptyParts } from '#k8s/schema/empty-parts.ts'
import type { KubeObject } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ObjectRef, Wait } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { AggregateFailure, aggregate, CommandError } from '../error-text.ts'
import { isListKind, isNamedList } from '../list-kind.ts'
import { type Manifest, missingType, readManifests } from '../manifest.ts'
import { findObjects, getLatest, parseResourceArgs, type ResourceScope, refuseOperands } from '../resource-args.ts'
import { breathe } from './breath.ts'
import { hasFiles } from './flags.ts'
import { noKustomization } from './kustomization.ts'
import { labelFilter } from './label-filter.ts'
import { metadataError } from './metadata-error.ts'
import { isInScheme, isUnmodelled, leftOut, noSuchType } from './unmodelled.ts'

export interface Info {
  resource: Resource
  ref: ObjectRef
  /** File name, `STDIN`, or empty for objects named on the command line. */
  source: string
  /** As the file has it (with its namespace filled in), or as the cluster has it. */
  object: KubeObject
  /** The list in a file that it stands in. */
  list?: unknown
}

export interface Infos {
  infos: Info[]
  errors: Error[]
  /** Both in the order in which they were asked for, where the errors are told in it. */
  inOrder?: (Info | Error)[]
}

interface FileInfos extends Infos {
  /** Both in the order in which they stand in the files. */
  read: (Info | Error)[]
}

const isInfo = (item: Info | Error): item is Info => !(item instanceof Error)
const isError = (item: Info | Error): item is Error => item instanceof Error

/** Says what is wrong with a document, or nothing; called before the kinds in it are looked up. */
export type ManifestCheck = (document: unknown, source: string) => string | undefined

/**
 * How documents are read: into Go structs, or as they are without a namespace being filled in. `unmodelled` takes what is of a kind that
 * the playground has not; without it that is left out with a warning.
 */
export interface FileReading {
  isTyped?: boolean
  isLocal?: boolean
  unmodelled?: (manifest: Manifest) => void
}

/** A List without items, which stays an object of that kind: it has no name. */
export class NamelessList extends CommandError {
  constructor() {
    super('resource name may not be empty')
  }
}

/** A document that is for another namespace than -n. */
export class WrongNamespace extends CommandError {
  constructor(its: string, asked: string) {
    super(
      `the namespace from the provided object ${JSON.stringify(its)} does not match the namespace ${JSON.stringify(asked)}. You must pass '--namespace=${its}' to perform this operation.`,
    )
  }
}

const noMap = /: json: (cannot unmarshal \w+ into Go value of type )unstructured\.detector$/
const notTyped =
  ': couldn\'t get version/kind; json parse error: json: $1struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'

/**
 * The objects in the `-f` documents. Errors about single objects are collected; behind a document that the check refuses no more is
 * read of its file; a document that does not exist throws.
 * @source cli-runtime/pkg/resource Builder.FilenameParam, FileVisitor, infoForData
 */
export function fileInfos(context: KubectlContext, args: Parsed, check?: ManifestCheck, reading: FileReading = {}): FileInfos {
  const names = args.list('filename').filter(Boolean)
  const folder = args.string('kustomize')
  if (folder && names.length > 0) throw new CommandError('only one of -f or -k can be specified')
  const read: (Info | Error)[] = folder ? [noKustomization(folder, context.io)] : []
  const missing: Error[] =
    names.filter((name) => name === '-').length > 1 ? [new CommandError('standard input cannot be used for multiple arguments')] : []
  const texts = names.map((name) => {
    if (/^https?:\/\//.test(name))
      throw new CommandError(`the playground has no network, so ${JSON.stringify(name)} cannot be read; paste it and use -f -`)
    const text = name === '-' ? (context.io.stdin ?? '') : context.io.readFile(name)
    if (text === undefined) missing.push(new CommandError(`the path ${JSON.stringify(name)} does not exist`))
    return text ?? ''
  })
  const unread = aggregate(missing)
  if (unread) throw unread
  texts.forEach((text, i) => {
    const source = names[i] === '-' ? 'STDIN' : (names[i] as string)
    const { manifests, errors: bad } = readManifests(text, source, reading.isLocal && !reading.isTyped ? isNamedList : isListKind)
    let checked: unknown
    for (const item of [...manifests, ...bad].sort((a, b) => a.line - b.line)) {
      if (item.document !== undefined && item.document !== checked) {
        checked = item.document
        const wrong = check?.(checked, source)
        if (wrong) {
          read.push(new CommandError(wrong))
          break
        }
      }
      try {
        if ('message' in item) throw new CommandError(reading.isTyped ? item.message.replace(noMap, notTyped) : item.message)
        const info = toInfo(context, args, item, reading)
        if (info) read.push(info)
      } catch (error) {
        read.push(error as Error)
      }
    }
  })
  return { infos: read.filter(isInfo), errors: read.filter(isError), read }
}

/** What is wrong with an item of a list is one of the list's errors, were it the only one. @source cli-runtime/pkg/resource FlattenListVisitor */
const inList = (error: Error): Error => new AggregateFailure([error])

function toInfo(context: KubectlContext, args: Parsed, manifest: Manifest, { isTyped, isLocal, unmodelled }: FileReading): Info | undefined {
  const { source } = manifest
  let { value } = manifest
  const { apiVersion = '' } = value
  const kind = value.kind as string
  const untyped = missingType(manifest, isTyped ?? false)
  const isListed = manifest.document !== value
  const list = isListed ? manifest.document : undefined
  if (untyped !== undefined) throw isListed ? inList(new CommandError(untyped)) : new CommandError(untyped)
  const wrong = metadataError(value, context.client)
  if (wrong) throw new CommandError(`unable to decode ${JSON.stringify(source)}: ${wrong}`)
  if (kind === 'List' && apiVersion === 'v1') {
    if (isTyped) return undefined
    throw new NamelessList()
  }
  let metadata = (value.metadata ?? {}) as Partial<KubeObject['metadata']>
  const name = metadata.name ?? ''
  const namespace = metadata.namespace ?? ''
  // kubectl finds kinds in small letters, too; the API does not
  const resource = findKind(kind) ?? resources.find((r) => r.kind.toLowerCase() === kind)
  const isFound = resource && (apiVersionOf(resource) === apiVersion || isWithoutPath({ resource, object: value }))
  if (!isFound) {
    if (isUnmodelled(String(apiVersion), kind)) {
      if (unmodelled) unmodelled(manifest)
      else context.io.err(leftOut(kind, name), 'aside')
      return undefined
    }
    if (isTyped && !isInScheme(String(apiVersion), kind))
      throw new CommandError(`unable to decode ${JSON.stringify(source)}: ${noSuchType(String(apiVersion), kind)}`)
    const noMatch = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`
    if (isListed) throw inList(new CommandError(`unable to recognize ${noMatch}`))
    const what = `resource mapping not found for name: ${JSON.stringify(name)} namespace: ${JSON.stringify(namespace)} from ${JSON.stringify(source)}`
    throw new CommandError(`${what}: ${noMatch}\nensure CRDs are installed first`)
  }
  if (isTyped && kind !== resource.kind) throw new CommandError(`unable to decode ${JSON.stringify(source)}: ${noSuchType(String(apiVersion), kind)}`)
  if (isTyped) {
    const { object, error } = decodeInClient(resource.kind, value, context.client.version as KubernetesVersion)
    if (error) throw new CommandError(`unable to decode ${JSON.stringify(source)}: ${error}`)
    const held = withoutEmptyParts(object)
    value = held as unknown as typeof value
    metadata = held.metadata
  }
  if (!resource.namespaced)
    return { resource, ref: { kind: resource.kind, name }, source, list, object: { ...value, metadata } as unknown as KubeObject }
  const everywhere = args.bool('all-namespaces')
  if (args.has('namespace') && !everywhere && namespace && namespace !== context.namespace) throw new WrongNamespace(namespace, context.namespace)
  const inNamespace = namespace || (everywhere ? '' : context.namespace)
  const object = (isLocal ? { ...value, metadata } : { ...value, metadata: { ...metadata, namespace: inNamespace } }) as unknown as KubeObject
  return { resource, ref: { kind: resource.kind, name, namespace: inNamespace }, source, list, object }
}

/**
 * What the operands name, as the cluster has it. What a file says of an object is not looked up but taken as it is, where the scope's
 * labels fit it.
 * @source cli-runtime/pkg/resource Builder (ContinueOnError)
 */
export function givenInfos(context: KubectlContext, args: Parsed, scope: Partial<ResourceScope> = {}, reading: FileReading = {}): Infos {
  if (!hasFiles(args)) return latestInfos(context, args, args.operands, scope, reading)
  const fits = labelFilter(scope.labelSelector)
  const { infos, errors } = fileInfosOnly(context, args, args.operands, reading)
  return { infos: infos.filter(({ object }) => fits(object)), errors }
}

/**
 * The objects that `-f` or the operands name, as the cluster has them now; of those in files the ones that the scope's labels fit.
 * @source cli-runtime/pkg/resource Builder (Latest, ContinueOnError)
 */
export function latestInfos(
  context: KubectlContext,
  args: Parsed,
  operands: readonly string[],
  scope: Partial<ResourceScope> = {},
  reading: FileReading = {},
): Infos {
  const inOrder: (Info | Error)[] = []
  const fits = labelFilter(hasFiles(args) ? scope.labelSelector : '')
  const get = (info: Pick<Info, 'resource' | 'ref' | 'source'> & Partial<Pick<Info, 'object'>>): void => {
    try {
      if (!info.ref.name) throw new CommandError('resource name may not be empty')
      requirePath(info)
      const object = getLatest(context.client, info.ref)
      if (fits(object)) inOrder.push({ ...info, object })
    } catch (error) {
      inOrder.push(error as Error)
    }
  }
  if (hasFiles(args)) {
    for (const item of fileInfosOnly(context, args, operands, reading).read) {
      if (item instanceof Error) inOrder.push(item)
      else get(item)
    }
  } else {
    const request = parseResourceArgs(operands, { namespace: context.namespace, ...scope })
    if (request.kind === 'named') for (const target of request.targets) get({ ...target, source: '' })
    else {
      const { found, errors } = findObjects(context.client, request)
      for (const one of found) inOrder.push({ ...one, source: '' })
      inOrder.push(...errors)
    }
  }
  return { infos: inOrder.filter(isInfo), errors: inOrder.filter(isError), inOrder }
}

/**
 * Whether one object is meant, whatever is found: one name is given, or one document other than what is piped in.
 * @source cli-runtime/pkg/resource Result.IsSingleItemImplied
 */
export function isSingleItemImplied(args: Parsed, operands: readonly string[], namespace: string): boolean {
  const files = args.list('filename').filter(Boolean)
  if (hasFiles(args)) return files.length === 1 && files[0] !== '-'
  const request = parseResourceArgs(operands, { namespace, allowEmptySelector: true, labelSelector: args.string('selector') })
  return request.kind === 'named' && request.single
}

/** How an object is named in errors about it. @source cli-runtime/pkg/resource Info.String */
export function infoText({ resource, ref }: Info): string {
  const apiVersion = `${resource.group}/${resource.version}`
  return `Resource: ${JSON.stringify(`${apiVersion}, Resource=${resource.plural}`)}, GroupVersionKind: ${JSON.stringify(`${apiVersion}, Kind=${resource.kind}`)}\nName: ${JSON.stringify(ref.name)}, Namespace: ${JSON.stringify(ref.namespace ?? '')}`
}

/** Throws when an object in a file has no name where one is needed. */
export function requireName({ ref }: Info): void {
  if (!ref.name) throw new CommandError('resource name may not be empty')
}

/**
 * Whether a document says no apiVersion, but a kind of the group that has no name: kubectl finds the type, and then asks the API at a path
 * without a version. @source cli-runtime/pkg/resource mapper.infoForData
 */
const isWithoutPath = ({ resource, object }: { resource: Resource; object: { apiVersion?: unknown } }): boolean =>
  !object.apiVersion && resource.group === ''

/** Throws what the API says where nothing is, of a document that says no apiVersion. */
export function requirePath({ resource, source, object }: Pick<Info, 'resource' | 'source'> & Partial<Pick<Info, 'object'>>): void {
  if (source && object && isWithoutPath({ resource, object })) throw noSuchPath()
}

/** Throws what the API says of an object whose kind is written otherwise than that of the request. */
export function requireKind(info: Info): void {
  const { resource } = info
  requirePath(info)
  const refusal = otherKindRefusal(resource.kind, info.object)
  if (refusal) throw refusal
}

/** fileInfos where operands would be a mistake. */
export function fileInfosOnly(context: KubectlContext, args: Parsed, operands: readonly string[], reading: FileReading = {}): FileInfos {
  refuseOperands(operands)
  return fileInfos(context, args, undefined, reading)
}

/** Several errors as a single one. */
export function asOne(errors: readonly Error[]): Error[] {
  const one = aggregate(errors)
  return one ? [one] : []
}

/** Does the work for each object, in portions, whatever happens to the others; throws all errors at the end: those of reading files as one. */
export function* forEachInfo({ infos, errors, inOrder }: Infos, work: (info: Info) => void): Generator<Wait, void, void> {
  const failures: Error[] = []
  for (const [i, item] of (inOrder ?? [...infos, ...asOne(errors)]).entries()) {
    try {
      if (item instanceof Error) throw item
      work(item)
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) throw error
      failures.push(error as Error)
    }
    yield* breathe(i + 1)
  }
  const error = aggregate(failures)
  if (error) throw error
}
