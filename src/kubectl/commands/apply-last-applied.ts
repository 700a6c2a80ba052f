import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { marshalJson } from '../go-format.ts'
import { toYaml } from '../output/yaml.ts'
import { getLatest } from '../resource-args.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { allFlag, dryRunFlag, filenameFlags, filesOnlyFlags, outputFlags, requireFiles, selectorFlag } from '../write/flags.ts'
import { fileInfos, forEachInfo, latestInfos } from '../write/infos.ts'
import { configurationOf, lastAppliedAnnotation } from '../write/last-applied.ts'
import { resultPrinter } from '../write/print-result.ts'
import { unsupported } from './unsupported.ts'

const view: Verb = {
  name: 'view-last-applied',
  summary: 'Show what was applied last',
  usage: 'kubectl apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: [{ name: 'output', shorthand: 'o', kind: 'string', default: 'yaml', usage: 'yaml or json' }, selectorFlag, allFlag, ...filenameFlags],
  *run(context, args) {
    const format = args.string('output')
    if (format !== 'yaml' && format !== 'json')
      throw new CommandError(`Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`)
    const found = latestInfos(context, args, args.operands, {
      labelSelector: args.string('selector'),
      selectAll: args.bool('all'),
      allowEmptySelector: true,
    })
    yield* forEachInfo(found, ({ object }) => {
      const text = object.metadata.annotations?.[lastAppliedAnnotation]
      // kubectl wants to say that there is none, and says nothing
      if (text === undefined) return
      const value = JSON.parse(text) as object
      context.io.out(format === 'json' ? `${marshalJson(value, 2)}\n` : toYaml(value))
    })
    return 0
  },
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
    requireFiles(args)
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun)
    yield* forEachInfo(fileInfos(context, args), ({ object, ref, resource }) => {
      const current = getLatest(context.client, ref)
      if (!args.bool('create-annotation') && current.metadata.annotations?.[lastAppliedAnnotation] === undefined)
        throw new CommandError(
          `no last-applied-configuration annotation found on resource: ${ref.name}, to create the annotation, run the command with --create-annotation`,
        )
      const patch = { metadata: { annotations: { [lastAppliedAnnotation]: configurationOf(object) } } }
      print(resource, dryRun === 'client' ? current : context.client.patch(ref, 'merge', patch, { dryRun: dryRun === 'server' }), 'configured')
    })
    return 0
  },
}

const edit: Verb = {
  ...unsupported('apply edit-last-applied', 'there is no editor for it here; "kubectl apply set-last-applied -f FILENAME" sets the annotation'),
  name: 'edit-last-applied',
}

/** `kubectl apply view-last-applied`, `set-last-applied`. */
export const lastAppliedVerbs: readonly Verb[] = [view, set, edit]
