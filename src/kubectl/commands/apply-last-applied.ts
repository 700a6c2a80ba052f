import { ApiError } from '#k8s/api-error.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { KubectlContext, Verb } from '../command.ts'
import { addSourceToError, aggregate, CommandError, usageError } from '../error-text.ts'
import { marshalJson } from '../go-format.ts'
import { goJsonError } from '../go-json-error.ts'
import { YamlError } from '../go-yaml/yaml-error.ts'
import { toYaml } from '../output/yaml.ts'
import { getLatest, nothingNamed } from '../resource-args.ts'
import { dryRunOf } from '../write/dry-run.ts'
import {
  allFlag,
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  filesOnlyFlags,
  hasFiles,
  outputFlags,
  selectorFlag,
  validateFlag,
} from '../write/flags.ts'
import { fileInfos, forEachInfo, type Info, infoText, latestInfos, requireName } from '../write/infos.ts'
import { lastAppliedAnnotation, lastAppliedOf } from '../write/last-applied.ts'
import { resourceName, resultPrinter } from '../write/print-result.ts'
import { parseYaml } from '../yaml-as-kubectl.ts'
import { checkEditFormat } from './edit.ts'

/** The annotation's text as YAML. Somebody may have written it by hand: as kubectl does, it is read as the YAML that all JSON is. */
function asYaml(text: string): string {
  try {
    return toYaml(parseYaml(text).value)
  } catch (error) {
    throw error instanceof YamlError ? new CommandError(error.message) : error
  }
}

function asJson(text: string): string {
  const problem = goJsonError(text)
  if (problem) throw new CommandError(problem.message)
  return marshalJson(JSON.parse(text), 2) + (text.endsWith('\n') ? '\n' : '')
}

const view: Verb = {
  name: 'view-last-applied',
  summary: 'Show what was applied last',
  usage: 'kubectl apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: [{ name: 'output', shorthand: 'o', kind: 'string', default: 'yaml', usage: 'yaml or json' }, selectorFlag, allFlag, ...filenameFlags],
  *run(context, args) {
    const [selector, selectAll] = [args.string('selector'), args.bool('all')]
    if (selector && selectAll)
      throw new CommandError(`found non-empty label selector ${JSON.stringify(selector)} with previously set 'all' parameter. `)
    const found = latestInfos(context, args, args.operands, {
      labelSelector: selector,
      selectAll,
    })
    const error = aggregate(found.errors)
    if (error) throw error
    const format = args.string('output')
    if (format !== 'yaml' && format !== 'json')
      throw usageError('kubectl apply view-last-applied', `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`)
    yield* forEachInfo(found, ({ object }) => {
      const text = lastAppliedOf(object)
      // kubectl wants to say that there is none, and says nothing
      if (text === undefined) return
      context.io.out(format === 'json' ? asJson(text) : asYaml(text))
    })
    return 0
  },
}

interface Change {
  readonly info: Info
  readonly current: AnyObject
  readonly patch: object
}

/** What set-last-applied would write, or undefined once it has been said that it is so already. @source kubectl/pkg/cmd/apply SetLastAppliedOptions.Validate */
function changeOf({ client, io }: KubectlContext, info: Info, mayCreate: boolean): Change | undefined {
  const { object, ref, source } = info
  let current: AnyObject
  try {
    requireName(info)
    current = getLatest(client, ref)
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') throw error
    throw addSourceToError(`retrieving current configuration of:\n${infoText(info)}\nfrom server for:`, source, error)
  }
  const last = lastAppliedOf(current)
  if (last === undefined && !mayCreate)
    throw new CommandError(
      `no last-applied-configuration annotation found on resource: ${ref.name}, to create the annotation, run the command with --create-annotation`,
    )
  const configuration = marshalJson(object)
  if (last !== undefined && last.trim() === configuration) {
    io.out(`set-last-applied ${ref.name}: no changes required.\n`)
    return undefined
  }
  return { info, current, patch: { metadata: { annotations: { [lastAppliedAnnotation]: `${configuration}\n` } } } }
}

const set: Verb = {
  name: 'set-last-applied',
  summary: 'Replace what was applied last by what a document says',
  usage: 'kubectl apply set-last-applied -f FILENAME',
  flags: [
    { name: 'create-annotation', kind: 'bool', usage: 'Also when the object has no such annotation yet' },
    dryRunFlag,
    ...filesOnlyFlags.filter(({ name }) => name !== 'recursive'),
    ...outputFlags,
  ],
  *run(context, args) {
    if (!hasFiles(args)) throw new CommandError(nothingNamed)
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun)
    const { infos, errors } = fileInfos(context, args)
    const unread = aggregate(errors)
    if (unread) throw unread
    const changes = infos.flatMap((info) => changeOf(context, info, args.bool('create-annotation')) ?? [])
    yield* forEachInfo({ infos: changes.map(({ info }) => info), errors: [] }, (info) => {
      const { current, patch } = changes.find((change) => change.info === info) as Change
      const object = dryRun === 'client' ? current : context.client.patch(info.ref, 'merge', patch, { dryRun: dryRun === 'server' })
      print(info.resource, object, 'configured')
    })
    return 0
  },
}

const edit: Verb = {
  name: 'edit-last-applied',
  summary: 'Open what was applied last in the editor',
  usage: 'kubectl apply edit-last-applied (RESOURCE/NAME | -f FILENAME)',
  flags: [
    fieldManagerFlag('kubectl-client-side-apply'),
    { name: 'windows-line-endings', kind: 'bool' },
    ...filenameFlags,
    validateFlag,
    ...outputFlags,
  ],
  *run(context, args) {
    checkEditFormat(context, args.string('output'))
    const { infos, errors } = latestInfos(context, args, args.operands, { allowEmptySelector: true })
    const error = aggregate(errors)
    if (error) throw error
    const opened = infos.flatMap(({ object, resource, ref }) => {
      const text = lastAppliedOf(object)
      return text === undefined ? [] : [{ name: resourceName(resource, ref.name), document: asYaml(text) }]
    })
    if (opened.length === 0)
      throw new CommandError(
        'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
      )
    const { io } = context
    if (!io.edit) throw new CommandError('there is no editor here; use "kubectl apply view-last-applied" and "kubectl apply set-last-applied -f -"')
    for (const { name, document } of opened) {
      const file = `${name}.last-applied.yaml`
      io.edit(document, file)
      io.out(`${name}: what was applied last is open in the editor; "kubectl apply set-last-applied -f ${file}" keeps what you make of it\n`)
    }
    return 0
  },
}

/** `kubectl apply view-last-applied`, `set-last-applied`, `edit-last-applied`. */
export const lastAppliedVerbs: readonly Verb[] = [view, set, edit]
