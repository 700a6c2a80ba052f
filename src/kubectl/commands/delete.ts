import { ApiError } from '#k8s/api-error.ts'
import type { ObjectRef, Wait } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { addSourceToError, aggregate, CommandError } from '../error-text.ts'
import { exists } from '../exists.ts'
import { lateParts } from '../late-parts.ts'
import { listObjects, parseResourceArgs } from '../resource-args.ts'
import { breathe } from '../write/breath.ts'
import { type DryRun, dryRunOf } from '../write/dry-run.ts'
import { allFlag, allNamespacesFlag, dryRunFlag, fieldSelectorFlag, filenameFlags, hasFiles, selectorFlag } from '../write/flags.ts'
import { asOne, givenInfos, type Info, NamelessList, requireName, requirePath } from '../write/infos.ts'
import { resourceName } from '../write/print-result.ts'
import { untilChange } from '../write/until.ts'

const weekMs = 7 * 24 * 3600 * 1000

/** Flags about how to delete, shared with `replace --force`. */
export const deleteFlags: Verb['flags'] = [
  {
    name: 'cascade',
    kind: 'string',
    default: 'background',
    noOptDefault: 'background',
    usage: 'background, foreground or orphan: what becomes of the objects it owns',
  },
  { name: 'force', kind: 'bool', usage: 'Delete at once, without waiting for the node to confirm' },
  { name: 'grace-period', kind: 'int', default: '-1', usage: 'Seconds to end in; negative: as the object says' },
  { name: 'timeout', kind: 'duration', default: '0s', usage: 'How long to wait for the object to be gone' },
  { name: 'wait', kind: 'bool', default: 'true', usage: 'Wait until the object is gone' },
]

const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const

export interface DeleteSettings {
  propagationPolicy: (typeof policies)[keyof typeof policies]
  /** undefined: the object's own grace period. */
  gracePeriodSeconds: number | undefined
  ignoreNotFound: boolean
  wait: boolean
  timeoutMs: number
  dryRun: DryRun
  nameOnly: boolean
  /** A namespace was named, so deleting cluster-scoped objects deserves a warning. */
  warnClusterScope: boolean
}

/** @source kubectl/pkg/cmd/delete/delete_flags.go ToOptions */
export function propagationOf(args: Parsed): DeleteSettings['propagationPolicy'] {
  const value = args.string('cascade')
  const policy = policies[value as keyof typeof policies]
  if (policy) return policy
  if (value === 'true') return 'Background'
  if (value === 'false') return 'Orphan'
  throw new CommandError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`)
}

/** Says that a value of --cascade is an old one. */
export function tellOldCascade({ io }: KubectlContext, args: Parsed): void {
  const cascade = args.string('cascade')
  if (cascade !== 'true' && cascade !== 'false') return
  const now = cascade === 'true' ? 'background' : 'orphan'
  io.err(`warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${now}.\n`, 'aside')
}

/** The infos to delete; nothing is read from the API for objects that are named. */
function targets(context: KubectlContext, args: Parsed): { infos: Info[]; errors: Error[] } {
  if (hasFiles(args)) {
    const { infos, errors } = givenInfos(context, args, { labelSelector: args.string('selector') })
    const source = args.list('filename').map((name) => (name === '-' ? 'STDIN' : name))[0] ?? ''
    return { infos, errors: errors.map((e) => (e instanceof NamelessList ? addSourceToError('deleting', source, e) : e)) }
  }
  const request = parseResourceArgs(args.operands, {
    namespace: context.namespace,
    allNamespaces: args.bool('all-namespaces'),
    labelSelector: args.string('selector'),
    fieldSelector: args.string('field-selector'),
    selectAll: args.bool('all'),
  })
  const found = request.kind === 'named' ? request.targets : request.resources.flatMap((r) => listObjects(context.client, r, request))
  return { infos: found.map((f) => ({ ...f, source: '', object: { apiVersion: '', kind: f.ref.kind, metadata: { name: f.ref.name } } })), errors: [] }
}

/**
 * Deletes, prints and waits. @source kubectl/pkg/cmd/delete/delete.go DeleteResult; GC-5.1
 */
export function* deleteInfos(
  context: KubectlContext,
  infos: readonly Info[],
  settings: DeleteSettings,
  unread: readonly Error[] = [],
): Generator<Wait, void, void> {
  const { client, io } = context
  const { gracePeriodSeconds, propagationPolicy, dryRun } = settings
  const dry = `${dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)'}`
  const operation = gracePeriodSeconds === 0 ? 'force deleted' : 'deleted'
  const tellsWhere = clientSince(client, 'deletedFromNamespace')
  const errors: Error[] = []
  const gone: { ref: ObjectRef; uid: string | undefined; plural: string }[] = []
  let found = 0
  let { warnClusterScope } = settings
  for (const info of infos) {
    const { resource, ref, source } = info
    found++
    if (warnClusterScope && !resource.namespaced) {
      io.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n', 'aside')
      warnClusterScope = false
    }
    try {
      requireName(info)
      if (dryRun !== 'client') {
        requirePath(info)
        if (ref.namespace === '') throw new CommandError('an empty namespace may not be set when a resource name is provided')
        const object = client.delete(ref, { gracePeriodSeconds, propagationPolicy, dryRun: dryRun === 'server' })
        gone.push({ ref, uid: object.metadata.uid, plural: resource.plural })
      }
      const name = resourceName(resource, ref.name)
      io.out(
        settings.nameOnly
          ? `${name}\n`
          : `${name.split('/')[0]} ${JSON.stringify(ref.name)} ${operation}${tellsWhere && ref.namespace ? ` from ${ref.namespace} namespace` : ''}${dry}\n`,
      )
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) throw error
      if (!(error instanceof ApiError && error.reason === 'NotFound' && settings.ignoreNotFound))
        errors.push(source ? addSourceToError('deleting', source, error) : (error as Error))
    }
    yield* breathe(found)
  }
  const error = aggregate([...errors, ...asOne(unread)])
  if (error) throw error
  if (!found) return io.out('No resources found\n')
  if (!settings.wait || dryRun !== 'none') return
  const end = client.now() + (settings.timeoutMs || weekMs)
  for (const { ref, uid, plural } of gone) {
    const done = yield* untilChange(client, end - client.now(), () => !exists(client, ref, uid) || undefined)
    if (!done) throw new CommandError(`timed out waiting for the condition on ${plural}/${ref.name}`)
  }
}

/** Asks for a `y`, which is read from what is piped in. @source kubectl/pkg/cmd/delete/delete.go confirmation */
function confirms({ io, client }: KubectlContext, infos: readonly Info[]): boolean {
  io.out(`You are about to delete the following ${infos.length} resource(s):\n`)
  for (const { resource, ref } of infos) io.out(`${resourceName(resource, ref.name)}\n`)
  io.out(`Do you want to continue? (y/${clientSince(client, 'noUnlessYes') ? 'N' : 'n'}): `)
  const says = /^\s*y/i.test(io.stdin ?? '')
  if (!says) io.out('deletion is cancelled\n')
  return says
}

/** `kubectl delete`. @source kubectl/pkg/cmd/delete/delete.go */
export const deleteVerb: Verb = {
  name: 'delete',
  summary: 'Delete objects by name, by label or as written in documents',
  usage: 'kubectl delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  flags: [
    ...filenameFlags,
    selectorFlag,
    fieldSelectorFlag,
    allFlag,
    allNamespacesFlag,
    ...deleteFlags,
    { name: 'ignore-not-found', kind: 'bool', usage: 'Say nothing when the object does not exist' },
    { name: 'now', kind: 'bool', usage: 'Short for --grace-period=1' },
    { name: 'interactive', shorthand: 'i', kind: 'bool', usage: 'Ask before deleting' },
    { name: 'raw', kind: 'string', usage: 'Delete what is at this path of the API' },
    { name: 'output', shorthand: 'o', kind: 'string', usage: 'name: print only names' },
    dryRunFlag,
  ],
  *run(context, args) {
    const propagationPolicy = propagationOf(args)
    const selects = args.bool('all') || Boolean(args.string('selector')) || Boolean(args.string('field-selector'))
    const force = args.bool('force')
    let grace = args.int('grace-period')
    if (args.bool('now')) {
      if (grace !== -1) throw new CommandError('--now and --grace-period cannot be specified together')
      grace = 1
    }
    if (grace === 0 && !force) grace = 1
    if (force && grace < 0) grace = 0
    tellOldCascade(context, args)
    const dryRun = dryRunOf(args, context)
    if (args.string('raw')) return yield* lateParts().sendRaw(context, args, 'DELETE')
    const { infos, errors } = targets(context, args)
    const output = args.string('output')
    if (output && output !== 'name') throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`)
    if (grace > 0 && force) throw new CommandError('--force and --grace-period greater than 0 cannot be specified together')
    if (grace === 0 && force)
      context.io.err(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
        'aside',
      )
    const settings: DeleteSettings = {
      propagationPolicy,
      gracePeriodSeconds: grace < 0 ? undefined : grace,
      ignoreNotFound: args.has('ignore-not-found') ? args.bool('ignore-not-found') : selects,
      wait: args.bool('wait'),
      timeoutMs: args.durationMs('timeout'),
      dryRun,
      nameOnly: output === 'name',
      warnClusterScope: args.has('namespace') && !args.bool('all-namespaces'),
    }
    if (args.bool('interactive') && infos.length > 0 && !confirms(context, infos)) return 0
    yield* deleteInfos(context, infos, settings, errors)
    return 0
  },
}
