import { ApiError } from '#k8s/api-error.ts'
import { applyStrategicMergePatch } from '#k8s/patch/strategic-merge-patch.ts'
import type { Resource } from '#k8s/resources.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import type { Wait } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { addSourceToError, aggregate, CommandError, usageError } from '../error-text.ts'
import { exists } from '../exists.ts'
import { waitForOwners } from '../field-owners.ts'
import { marshalJson } from '../go-format.ts'
import { breathe } from '../write/breath.ts'
import { changeCauseOf, withChangeCause } from '../write/change-cause.ts'
import { type DryRun, dryRunOf } from '../write/dry-run.ts'
import {
  allFlag,
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  outputFlags,
  recordFlag,
  requireFiles,
  selectorFlag,
  validateFlag,
} from '../write/flags.ts'
import { asOne, fileInfos, type Info, infoText, requireKind, requireName, requirePath } from '../write/infos.ts'
import { labelFilter } from '../write/label-filter.ts'
import { lastAppliedAnnotation, lastAppliedOf, withLastApplied } from '../write/last-applied.ts'
import { createPatch, patchFailure } from '../write/merge-patch.ts'
import { resultObjectPrinter, resultPrinter } from '../write/print-result.ts'
import { type Validation, validationOf } from '../write/validation.ts'
import { lastAppliedVerbs } from './apply-last-applied.ts'
import { prune, pruneScope, requireScope } from './apply-prune.ts'
import { applyServerSide } from './apply-server-side.ts'
import { applySetParent, refuseApplySet } from './apply-set.ts'
import { deleteFlags, propagationOf } from './delete.ts'

interface Applying {
  context: KubectlContext
  args: Parsed
  dryRun: DryRun
  validation: Validation
  /** What --record keeps. */
  cause: string | undefined
}

/** The object in the cluster, or undefined when it does not exist. */
export function currentObject({ client }: KubectlContext, info: Info): AnyObject | undefined {
  requireName(info)
  try {
    requirePath(info)
    return client.get(info.ref)
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return undefined
    throw error
  }
}

function warnIfDeleting(io: KubectlContext['io'], { metadata }: KubeObject): void {
  if (metadata.deletionTimestamp) io.err(`Warning: Detected changes to resource ${metadata.name} which is currently being deleted.\n`, 'aside')
}

interface Applied {
  object: KubeObject
  operation: 'created' | 'configured' | 'unchanged' | 'serverside-applied'
}

/**
 * Deletes the object and makes the new one; where that is refused, the one before is made again. Without --timeout it is not waited for one
 * that ends slowly. @source kubectl/pkg/cmd/apply Patcher.deleteAndCreate
 */
function* replaceByForce(
  { context, args, validation }: Applying,
  { ref }: Info,
  before: AnyObject,
  after: KubeObject,
): Generator<Wait, AnyObject, void> {
  const { client } = context
  const grace = args.int('grace-period')
  client.delete(ref, { propagationPolicy: propagationOf(args), gracePeriodSeconds: grace < 0 ? undefined : grace })
  const endMs = client.now() + args.durationMs('timeout')
  while (exists(client, ref)) {
    if (client.now() >= endMs) throw new CommandError('context deadline exceeded')
    yield { kind: 'sleep', ms: Math.min(1000, endMs - client.now()) }
  }
  try {
    return client.create(after, validation.options)
  } catch (error) {
    client.create(before)
    throw error
  }
}

function* applyOneObject(info: Info, applying: Applying): Generator<Wait, Applied, void> {
  const { context, args, dryRun, validation } = applying
  const { client, io } = context
  const { source, ref, resource } = info
  const wanted = withChangeCause(info.object, applying.cause)
  const options = { ...validation.options, dryRun: dryRun === 'server' }
  if (args.bool('server-side')) {
    requireName(info)
    requireKind(info)
    const fieldManager = args.has('field-manager') ? args.string('field-manager') : 'kubectl'
    const object = yield* applyServerSide(client, { ...info, object: wanted }, { ...options, fieldManager, force: args.bool('force-conflicts') })
    warnIfDeleting(io, object)
    return { object, operation: 'serverside-applied' }
  }
  let current: AnyObject | undefined
  try {
    current = currentObject(context, info)
  } catch (error) {
    throw addSourceToError(`retrieving current configuration of:\n${infoText(info)}\nfrom server for:`, source, error)
  }
  const created = (object: KubeObject, operation: Applied['operation']): Applied => {
    try {
      if (dryRun !== 'client') requireKind(info)
      return { object: dryRun === 'client' ? object : client.create(object, options), operation }
    } catch (error) {
      throw addSourceToError('creating', source, error)
    }
  }
  const modified = withLastApplied(wanted)
  if (!current) return created(modified, 'created')
  if (dryRun === 'client' && !clientSince(client, 'dryRunMerges')) return { object: current, operation: 'configured' }
  if (lastAppliedOf(current) === undefined) {
    io.err(
      `Warning: resource ${resource.plural}/${ref.name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
      'aside',
    )
  }
  const failed = (sent: string, error: unknown): Error => addSourceToError(`applying patch:\n${sent}\nto:\n${infoText(info)}\nfor:`, source, error)
  let patch: object
  try {
    patch = createPatch(resource.kind, modified, current, args.bool('overwrite'))
  } catch (error) {
    yield* waitForOwners(client)
    const failure = patchFailure(client, error, modified, current)
    throw failed('', dryRun === 'client' ? failure : addSourceToError('patching', source, failure))
  }
  const unchanged = Object.keys(patch).length === 0
  let object: KubeObject = current
  if (dryRun === 'client')
    return { object: applyStrategicMergePatch(resource.kind, current, patch), operation: unchanged ? 'unchanged' : 'configured' }
  try {
    requireKind(info)
    if (!unchanged) object = client.patch(ref, 'strategic', patch, options)
  } catch (error) {
    const replaceable = error instanceof ApiError && (error.reason === 'Conflict' || error.reason === 'Invalid')
    if (!args.bool('force') || !replaceable) throw failed(marshalJson(patch), addSourceToError('patching', source, error))
    try {
      object = yield* replaceByForce(applying, info, current, modified)
    } catch (cause) {
      throw failed(`${marshalJson(modified)}\n`, cause)
    }
  }
  warnIfDeleting(io, object)
  return { object, operation: unchanged ? 'unchanged' : 'configured' }
}

/** Refuses flags that do not go together. @source kubectl/pkg/cmd/apply ApplyOptions.Validate */
function checkFlags(args: Parsed, dryRun: DryRun, parent: Resource | ''): void {
  const [bySide, force, prunes] = [args.bool('server-side'), args.bool('force'), args.bool('prune')]
  if (args.bool('force-conflicts') && !bySide) throw new CommandError('--force-conflicts only works with --server-side')
  if (bySide && dryRun === 'client')
    throw new CommandError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
  if (force && bySide) throw new CommandError('--force cannot be used with --server-side')
  if (force && dryRun === 'server') throw new CommandError('--dry-run=server cannot be used with --force')
  if (parent) refuseApplySet(parent, args)
  if (args.bool('all') && args.string('selector')) throw new CommandError('cannot set --all and --selector at the same time')
  if (force && prunes) throw new CommandError('--force cannot be used with --prune')
  if (prunes) requireScope(args)
  if (prunes && bySide) throw new CommandError("--prune is in alpha and doesn't currently work on objects created by server-side apply")
}

/** @source kubectl/pkg/cmd/apply/apply.go */
export const apply: Verb = {
  name: 'apply',
  summary: 'Create objects from documents, or change them to what the documents say',
  usage: 'kubectl apply (-f FILENAME | -k DIRECTORY)',
  subcommands: lastAppliedVerbs,
  flags: [
    ...filenameFlags,
    validateFlag,
    dryRunFlag,
    { name: 'server-side', kind: 'bool', usage: 'Let the server merge, and say who owns which field' },
    { name: 'force-conflicts', kind: 'bool', usage: 'With --server-side: take fields that others own' },
    { name: 'overwrite', kind: 'bool', default: 'true', usage: 'Change also what others have changed since it was applied last' },
    { name: 'openapi-patch', kind: 'bool', default: 'true', usage: 'No effect' },
    { name: 'prune', kind: 'bool', usage: 'Delete what was applied before and is not among the documents; with --all or -l' },
    { name: 'applyset', kind: 'string', behind: 'KUBECTL_APPLYSET', usage: 'With --prune: the object that says what belongs together' },
    { name: 'prune-allowlist', kind: 'stringArray', usage: 'Only these types are pruned: <group/version/kind>' },
    { name: 'subresource', kind: 'string', usage: 'Not available in the playground' },
    selectorFlag,
    allFlag,
    ...deleteFlags,
    fieldManagerFlag('kubectl-client-side-apply'),
    recordFlag,
    ...outputFlags,
  ],
  *run(context, args) {
    const dryRun = dryRunOf(args, context)
    if (args.operands.length) throw usageError('kubectl apply', `Unexpected args: [${args.operands.join(' ')}]`)
    requireFiles(args)
    const validation = validationOf(context, args)
    const parent = args.string('applyset') && applySetParent(args)
    const pruned = args.bool('prune') ? pruneScope(args) : undefined
    checkFlags(args, dryRun, parent)
    const cause = changeCauseOf(args, 'apply')
    const print = resultPrinter(context, args, dryRun)
    // --template alone shows one object after the other
    const asList = args.string('output') ? resultObjectPrinter(context, args) : undefined
    const { infos: all, errors: unread } = fileInfos(context, args, validation.check)
    const errors = asOne(unread)
    const fits = labelFilter(args.string('selector'))
    const infos = all.filter(({ object }) => fits(object))
    if (!infos.length && !errors.length) throw new CommandError('no objects passed to apply')
    const objects: KubeObject[] = []
    for (const [i, info] of infos.entries()) {
      try {
        if (!info.ref.name && info.object.metadata.generateName)
          throw new CommandError(`from ${info.object.metadata.generateName}: cannot use generate name with apply`)
        const { object, operation } = yield* applyOneObject(info, { context, args, dryRun, validation, cause })
        objects.push(object)
        if (!asList) print(info.resource, object, operation)
      } catch (error) {
        if (error instanceof TypeError || error instanceof RangeError) throw error
        errors.push(error as Error)
      }
      yield* breathe(i + 1)
    }
    if (pruned && errors.length === 0) prune(context, args, pruned, objects, dryRun, asList ? () => {} : print)
    if (asList && objects.length)
      context.io.out(asList(objects.length === 1 ? (objects[0] as KubeObject) : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} }))
    const error = aggregate(errors)
    if (error) throw error
    return 0
  },
}
