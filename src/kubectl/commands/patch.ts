import { ApiError } from '#k8s/api-error.ts'
import { jsonEqual } from '#k8s/patch/json.ts'
import { scaleOf } from '#k8s/scale.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import type { PatchType } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { goJsonError } from '../go-json-error.ts'
import { YamlError } from '../go-yaml/yaml-error.ts'
import { checkSubresource, errorOfPart } from '../subresource.ts'
import { changeCauseOf, changeCausePatch } from '../write/change-cause.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, filenameFlags, hasFiles, localFlag, outputFlags, recordFlag } from '../write/flags.ts'
import { fileInfosOnly, forEachInfo, givenInfos, requireName } from '../write/infos.ts'
import { ownResource, type PatchText, patchedByClient } from '../write/patched-by-client.ts'
import { resultPrinter } from '../write/print-result.ts'
import { warnsOfFields } from '../write/validation.ts'
import { parseYaml } from '../yaml-as-kubectl.ts'

const types = ['json', 'merge', 'strategic']

function readPatch({ io }: KubectlContext, args: Parsed): PatchText {
  const file = args.string('patch-file')
  const text = file ? (file === '-' ? (io.stdin ?? '') : io.readFile(file)) : args.string('patch')
  if (text === undefined) throw new CommandError(`unable to read patch file: open ${file}: no such file or directory`)
  if (text.trimStart().startsWith('{') || args.string('type') === 'json') {
    const wrong = goJsonError(text)
    if (!wrong) return { body: JSON.parse(text) }
    if (text.trimStart().startsWith('{')) return { wrong: wrong.message }
  }
  try {
    return { body: parseYaml(text).value }
  } catch (error) {
    if (error instanceof YamlError) throw new CommandError(`unable to parse ${JSON.stringify(args.string('patch'))}: ${error.message}`)
    throw error
  }
}

/** How the result of patching a scale is named (`scale.autoscaling/web`); -o still shows the workload. */
const scaleResource = { kind: 'Scale', group: 'autoscaling' }

/** `kubectl patch`. @source kubectl/pkg/cmd/patch/patch.go */
export const patch: Verb = {
  name: 'patch',
  summary: 'Change some fields of an object',
  usage: 'kubectl patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  flags: [
    { name: 'patch', shorthand: 'p', kind: 'string', usage: 'The patch, in JSON or YAML' },
    { name: 'patch-file', kind: 'string', usage: 'Document that holds the patch' },
    { name: 'type', kind: 'string', default: 'strategic', usage: 'strategic, merge or json' },
    { name: 'subresource', kind: 'string', usage: 'status, scale or resize: patch only that' },
    ...filenameFlags,
    localFlag,
    dryRunFlag,
    fieldManagerFlag('kubectl-patch'),
    recordFlag,
    ...outputFlags,
  ],
  *run(context, args) {
    const { client } = context
    const dryRun = dryRunOf(args, context)
    // kubectl leaves out the usual `(dry run)` here
    const print = resultPrinter(context, args)
    const local = args.bool('local')
    if (args.string('patch') && args.string('patch-file')) throw new CommandError('cannot specify --patch and --patch-file together')
    if (!args.string('patch') && !args.string('patch-file'))
      throw new CommandError('must specify --patch or --patch-file containing the contents of the patch')
    if (local && args.operands.length) throw new CommandError('cannot specify --local and server resources')
    if (local && dryRun === 'server') throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
    const type = (args.string('type').toLowerCase() || 'strategic') as PatchType
    if (!types.includes(type)) throw new CommandError(`--type must be one of [${types.join(' ')}], not ${JSON.stringify(args.string('type'))}`)
    const text = readPatch(context, args)
    const cause = changeCauseOf(args, 'patch')
    // what a file says of an object is never all that is there
    const fromFile = hasFiles(args) && !local && dryRun !== 'client'
    const given = local ? fileInfosOnly(context, args, [], { isLocal: true }) : givenInfos(context, args)
    const ofPart = <T>(item: T) => (item instanceof Error ? errorOfPart(item, args.string('subresource')) : item)
    const found = { ...given, errors: given.errors.map(ofPart), inOrder: given.inOrder?.map(ofPart) }
    yield* forEachInfo(found, (info) => {
      const { resource, ref, object } = info
      if (!local) requireName(info)
      const subresource = checkSubresource(args.string('subresource'), resource, client)
      let patched: KubeObject
      const isOurs = local || dryRun === 'client'
      if (isOurs) patched = patchedByClient(object, type, text)
      else if (text.wrong !== undefined) throw new ApiError('BadRequest', text.wrong)
      else
        patched = client.patch(ref, type, text.body, {
          dryRun: dryRun === 'server',
          subresource,
          ...warnsOfFields,
        })
      if (cause !== undefined && !local && dryRun === 'none') patched = client.patch(ref, 'merge', changeCausePatch(cause))
      const shown = subresource === 'scale' ? scaleOf(patched as AnyObject) : patched
      const named = isOurs ? ownResource(patched) : resource
      print(subresource === 'scale' ? scaleResource : named, shown, !fromFile && jsonEqual(patched, object) ? 'patched (no change)' : 'patched')
    })
    if (!found.infos.length && !found.errors.length) throw new CommandError('no objects passed to patch')
    return 0
  },
}
