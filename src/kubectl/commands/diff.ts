import { ApiError } from '#k8s/api-error.ts'
import { apiVersionOf, type Resource } from '#k8s/resources.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import type { ObjectRef } from '#protocol/api-client.ts'
import { clientMinor } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { addSourceToError, CommandError, errorText, usageError } from '../error-text.ts'
import { waitForOwners, wholeObject } from '../field-owners.ts'
import { klogLine } from '../klog.ts'
import { toYaml } from '../output/yaml.ts'
import { fieldManagerFlag, filenameFlags, requireFiles, selectorFlag } from '../write/flags.ts'
import { fileInfos, type Info, requireKind, requirePath } from '../write/infos.ts'
import { labelFilter } from '../write/label-filter.ts'
import { configurationOf } from '../write/last-applied.ts'
import { createPatch, patchFailure } from '../write/merge-patch.ts'
import { unifiedDiff } from '../write/unified-diff.ts'
import { warnsOfFields } from '../write/validation.ts'
import { currentObject } from './apply.ts'
import { prunable, pruneScope } from './apply-prune.ts'

/** Line of diff.go that says so: of kubectl 1.35, and of all others. */
const unlockedLine = (minor: number): number => (minor === 35 ? 721 : 723)

const dryRun = { dryRun: true, ...warnsOfFields }

function mergedByServer({ client, io }: KubectlContext, args: Parsed, info: Info): KubeObject {
  requirePath(info)
  const { ref, resource, object } = info
  const fieldManager = args.has('field-manager') ? args.string('field-manager') : 'kubectl'
  try {
    return client.patch(ref, 'apply', object, { ...dryRun, fieldManager, force: args.bool('force-conflicts') })
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'Conflict') throw error
    const kind = `${apiVersionOf(resource)}, Kind=${resource.kind}`
    const place = `diff.go:${unlockedLine(clientMinor(client))}`
    io.err(klogLine(client, 'W', place, `Object (${kind}: ${ref.name}) keeps changing, diffing without lock`))
    throw error
  }
}

function patchOf({ client }: KubectlContext, { resource, object, source }: Info, current: AnyObject): Record<string, unknown> {
  const modified = JSON.parse(configurationOf(object)) as KubeObject
  try {
    return createPatch(resource.kind, modified, current)
  } catch (error) {
    throw addSourceToError('patching', source, patchFailure(client, error, modified, current))
  }
}

/** What the object would be if the manifest were applied. @source kubectl/pkg/cmd/diff InfoObject.Merged */
function merged(context: KubectlContext, args: Parsed, info: Info, current: AnyObject | undefined): KubeObject {
  const { client } = context
  if (args.bool('server-side')) return mergedByServer(context, args, info)
  requireKind(info)
  if (!current) return client.create(info.object, dryRun)
  const patch = patchOf(context, info, current)
  if (Object.keys(patch).length === 0) return current
  const { resourceVersion } = current.metadata
  return client.patch(info.ref, 'strategic', { ...patch, metadata: { ...(patch.metadata as object), resourceVersion } }, dryRun)
}

function shown(args: Parsed, object: KubeObject | undefined): string {
  if (!object) return ''
  return toYaml(args.bool('show-managed-fields') ? object : { ...object, metadata: { ...object.metadata, managedFields: undefined } })
}

/** `kubectl diff`: exit status 1 when something would change, above 1 on errors. @source kubectl/pkg/cmd/diff/diff.go */
export const diff: Verb = {
  name: 'diff',
  summary: 'Show what apply would change',
  usage: 'kubectl diff -f FILENAME',
  flags: [
    ...filenameFlags,
    selectorFlag,
    { name: 'server-side', kind: 'bool', usage: 'Let the server merge' },
    { name: 'force-conflicts', kind: 'bool', usage: 'With --server-side: take fields that others own' },
    { name: 'prune', kind: 'bool', usage: 'Also show what apply --prune would delete' },
    { name: 'prune-allowlist', kind: 'stringArray', usage: 'Only these types are pruned: <group/version/kind>' },
    { name: 'show-managed-fields', kind: 'bool', usage: 'Show who owns which fields' },
    { name: 'concurrency', kind: 'int', default: '1', usage: 'No effect' },
    fieldManagerFlag('kubectl-client-side-apply'),
  ],
  *run(context, args) {
    try {
      yield* waitForOwners(context.client)
      if (args.operands.length) throw usageError('kubectl diff', `Unexpected args: [${args.operands.join(' ')}]`)
      requireFiles(args)
      return printDiffs(context, args)
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) throw error
      context.io.err(errorText(error))
      return 2
    }
  },
}

interface Diff {
  text: string
  file: string
}

function printDiffs(context: KubectlContext, args: Parsed): number {
  const pruned = args.bool('prune') ? pruneScope(args) : undefined
  const { infos, errors } = fileInfos(context, args)
  if (errors[0]) throw new CommandError(errors[0].message)
  const fits = labelFilter(args.string('selector'))
  const compared = (resource: Resource, { namespace = '', name }: ObjectRef, live: string, becomes: string): Diff => ({
    text: unifiedDiff(live, becomes),
    file: `${apiVersionOf(resource).replace('/', '.')}.${resource.kind}.${namespace}.${name}`,
  })
  const kept: KubeObject[] = []
  const diffs = infos
    .filter(({ object }) => fits(object))
    .map((info) => {
      const current = currentObject(context, info)
      const becomes = merged(context, args, info, current)
      kept.push(current ?? becomes)
      return compared(info.resource, info.ref, shown(args, current), shown(args, becomes))
    })
  // kubectl leaves the managed fields out of what it compares, but not out of what it prunes
  if (pruned)
    for (const { resource, ref, object } of prunable(context, args, pruned, kept))
      diffs.push(compared(resource, ref, toYaml(wholeObject(context.client, object as AnyObject)), ''))
  const differing = diffs.filter((d) => d.text).sort((a, b) => (a.file < b.file ? -1 : 1))
  for (const { file, text } of differing) context.io.out(`diff -u -N LIVE/${file} MERGED/${file}\n--- LIVE/${file}\n+++ MERGED/${file}\n${text}`)
  return differing.length ? 1 : 0
}
