import { labelValue } from '#k8s/name.ts'
import { applyMergePatch } from '#k8s/patch/merge-patch.ts'
import type { AnyObject, StringMap } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { marshalJson } from '../go-format.ts'
import { changeCauseOf, changeCausePatch, withChangeCause } from '../write/change-cause.ts'
import { dryRunOf } from '../write/dry-run.ts'
import {
  allFlag,
  allNamespacesFlag,
  dryRunFlag,
  fieldManagerFlag,
  fieldSelectorFlag,
  filenameFlags,
  hasFiles,
  localFlag,
  outputFlags,
  recordFlag,
  selectorFlag,
} from '../write/flags.ts'
import { fileInfosOnly, forEachInfo, isSingleItemImplied, latestInfos } from '../write/infos.ts'
import { parsePairs, resourcesAndPairs } from '../write/pairs.ts'
import { resultPrinter } from '../write/print-result.ts'

interface Changes {
  set: Map<string, string>
  remove: string[]
}

interface Notion {
  verb: 'label' | 'annotate'
  field: 'labels' | 'annotations'
  parse(words: readonly string[], version: KubernetesVersion): { resources: string[]; changes: Changes }
  /** Why the changes would overwrite something they may not. */
  overwrites(before: StringMap, changes: Changes): Error | undefined
  /** What kubectl says was done. `values` are those before; `after` is the object with them changed. */
  operation(doing: Doing): string
}

interface Doing {
  client: Pick<ApiClient, 'version'>
  before: AnyObject
  after: AnyObject
  values: StringMap
  changes: Changes
  overwrite: boolean
}

const changed = (before: StringMap, changes: Changes): [string, string][] =>
  [...changes.set]
    .map(([key, value]) => [key, value] as [string, string])
    .filter(([key, value]) => Object.hasOwn(before, key) && before[key] !== value)

/** What was done to the labels themselves, whatever else changed. @source kubectl/pkg/cmd/label/label.go */
function labelWord(before: StringMap, { set, remove }: Changes): string {
  const sets = [...set].some(([key, value]) => before[key] !== value)
  const removes = remove.some((key) => Object.hasOwn(before, key))
  if (sets && removes) return 'modified'
  if (removes) return 'unlabeled'
  return sets ? 'labeled' : 'not labeled'
}

const label: Notion = {
  verb: 'label',
  field: 'labels',
  parse(words, version) {
    const { resources, pairs } = resourcesAndPairs(words, 'label')
    const set = new Map<string, string>()
    const remove: string[] = []
    for (const spec of pairs) {
      const [key = '', value, ...more] = spec.split('=')
      if (more.length) throw new CommandError(`invalid label spec: ${spec}`)
      if (value === undefined) remove.push(spec.slice(0, -1))
      else {
        const wrong = labelValue(value, version)
        if (wrong.length) throw new CommandError(`invalid label value: ${JSON.stringify(spec)}: ${wrong.join(';')}`)
        set.set(key, value)
      }
    }
    if (remove.some((key) => set.has(key))) throw new CommandError('can not both modify and remove a label in the same command')
    return { resources, changes: { set, remove } }
  },
  overwrites: (before, changes) =>
    aggregate(changed(before, changes).map(([key]) => new CommandError(`'${key}' already has a value (${before[key]}), and --overwrite is false`))),
  operation({ client, before, after, values, changes, overwrite }) {
    if (clientSince(client, 'labelWords')) return labelWord(values, changes)
    const [old, now] = [marshalJson(before), marshalJson(after)]
    if (old === now) return 'not labeled'
    return !overwrite && now.length < old.length ? 'unlabeled' : 'labeled'
  },
}

const annotate: Notion = {
  verb: 'annotate',
  field: 'annotations',
  parse(words) {
    const { resources, pairs } = resourcesAndPairs(words, 'annotation')
    const changes = parsePairs(pairs, 'annotation', true)
    const both = changes.remove.filter((key) => changes.set.has(key))
    if (both.length > 0) throw new CommandError(`can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`)
    return { resources, changes }
  },
  overwrites(before, changes) {
    const bad = changed(before, changes).filter(([key]) => key !== 'kubernetes.io/change-cause')
    if (!bad.length) return undefined
    return new CommandError(
      `--overwrite is false but found the following declared annotation(s): ${bad.map(([key]) => `'${key}' already has a value (${before[key]})`).join('; ')}`,
    )
  },
  operation: () => 'annotated',
}

/** The object with its labels or annotations changed, and the merge patch that does it. */
function change(object: AnyObject, notion: Notion, { set, remove }: Changes): { after: AnyObject; patch: object } {
  const before = object.metadata[notion.field] ?? {}
  const after: StringMap = { ...before, ...Object.fromEntries(set) }
  for (const key of remove) delete after[key]
  const differing = [...set].filter(([key, value]) => before[key] !== value)
  const gone = remove.filter((key) => key in before)
  const fields = Object.fromEntries([...differing, ...gone.map((key) => [key, null] as const)])
  const patch = differing.length + gone.length || !object.metadata[notion.field] ? { metadata: { [notion.field]: fields } } : {}
  return { after: { ...object, metadata: { ...object.metadata, [notion.field]: after } } as AnyObject, patch }
}

const localOnly = (verb: string): string =>
  verb === 'label'
    ? 'can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set'
    : 'can only use local files by -f rsrc.yaml or --filename=rsrc.json when --local=true is set'

function check(args: Parsed, notion: Notion, resources: readonly string[], changes: Changes): void {
  if (args.bool('all') && args.string('selector')) throw new CommandError('cannot set --all and --selector at the same time')
  if (args.bool('all') && args.string('field-selector')) throw new CommandError('cannot set --all and --field-selector at the same time')
  if (args.bool('local') && args.string('dry-run') === 'server')
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  if (args.bool('local') && resources.length) throw new CommandError(localOnly(notion.verb))
  if (!resources.length && !hasFiles(args))
    throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (!changes.set.size && !changes.remove.length && !args.bool('list'))
    throw new CommandError(`at least one ${notion.verb === 'label' ? 'label' : 'annotation'} update is required`)
}

function* run(context: KubectlContext, args: Parsed, notion: Notion): Running {
  const { io, client } = context
  const dryRun = dryRunOf(args, context)
  const print = resultPrinter(context, args, dryRun)
  const { resources, changes } = notion.parse(args.operands, client.version as KubernetesVersion)
  if (args.bool('list') && args.string('output')) throw new CommandError('--list and --output may not be specified together')
  check(args, notion, resources, changes)
  const local = args.bool('local')
  const found = local
    ? fileInfosOnly(context, args, resources, { isLocal: true })
    : latestInfos(context, args, resources, {
        labelSelector: args.string('selector'),
        fieldSelector: args.string('field-selector'),
        // names are what is meant, whatever --all says
        allowEmptySelector: args.bool('all'),
        allNamespaces: args.bool('all-namespaces'),
      })
  const one = isSingleItemImplied(args, resources, context.namespace)
  const version = args.string('resource-version')
  if (version && !one) throw new CommandError('--resource-version may only be used with a single resource')
  const cause = changeCauseOf(args, notion.verb)
  yield* forEachInfo(found, (info) => {
    const before = info.object as AnyObject
    const values = before.metadata[notion.field] ?? {}
    const contacts = !local && dryRun !== 'client' && !args.bool('list')
    if (contacts && notion.verb === 'label')
      for (const key of changes.remove) if (!(key in values)) io.out(`label ${JSON.stringify(key)} not found.\n`)
    const refused = args.bool('overwrite') ? undefined : notion.overwrites(values, changes)
    if (refused) throw refused
    const changedOnly = change(before, notion, changes)
    const after = withChangeCause(changedOnly.after, cause)
    const patch = cause === undefined ? changedOnly.patch : applyMergePatch(changedOnly.patch, changeCausePatch(cause))
    const operation = notion.operation({ client, before, after, values, changes, overwrite: args.bool('overwrite') })
    const sent = version ? { ...patch, metadata: { ...(patch as { metadata?: object }).metadata, resourceVersion: version } } : patch
    const answer = contacts ? client.patch(info.ref, 'merge', sent, { dryRun: dryRun === 'server' }) : after
    // kubectl label shows what it made of the object, not what the server answered
    if (!args.bool('list')) return print(info.resource, notion.verb === 'label' ? after : answer, operation)
    if (!one) io.out(`Listing ${notion.field} for ${info.resource.kind}.${info.resource.group}/${info.ref.name}:\n`)
    for (const [key, value] of Object.entries(after.metadata[notion.field] ?? {})) io.out(`${one ? '' : ' '}${key}=${value}\n`)
  })
  return 0
}

const verb = (notion: Notion, usage: string, summary: string): Verb => ({
  name: notion.verb,
  summary,
  usage,
  flags: [
    { name: 'overwrite', kind: 'bool', usage: 'Allow values to be replaced' },
    { name: 'list', kind: 'bool', usage: `Show the ${notion.field} instead` },
    localFlag,
    fieldSelectorFlag,
    allFlag,
    allNamespacesFlag,
    { name: 'resource-version', kind: 'string', usage: 'Only if this is still the version of the object' },
    ...filenameFlags,
    dryRunFlag,
    fieldManagerFlag(`kubectl-${notion.verb}`),
    selectorFlag,
    recordFlag,
    ...outputFlags,
  ],
  run: (context, args) => run(context, args, notion),
})

/** `kubectl label`. @source kubectl/pkg/cmd/label/label.go */
export const labelVerb = verb(
  label,
  'kubectl label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  'Set or remove labels of objects',
)

/** `kubectl annotate`. @source kubectl/pkg/cmd/annotate/annotate.go */
export const annotateVerb = verb(
  annotate,
  'kubectl annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  'Set or remove annotations of objects',
)
