import type { Verb } from '../command.ts'
import { addSourceToError, CommandError } from '../error-text.ts'
import { exists } from '../exists.ts'
import { checkSubresource } from '../subresource.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, requireFiles, saveConfigFlag, validateFlag } from '../write/flags.ts'
import { fileInfos, forEachInfo, requireKind, requireName, requirePath } from '../write/infos.ts'
import { refreshLastApplied } from '../write/last-applied.ts'
import { resultPrinter } from '../write/print-result.ts'
import { untilChange } from '../write/until.ts'
import { validationOf } from '../write/validation.ts'
import { deleteFlags, deleteInfos, propagationOf } from './delete.ts'
import { sendRaw } from './send-raw.ts'

/** `kubectl replace`. @source kubectl/pkg/cmd/replace/replace.go */
export const replace: Verb = {
  name: 'replace',
  summary: 'Replace objects by what documents say',
  usage: 'kubectl replace -f FILENAME',
  flags: [
    ...filenameFlags,
    ...deleteFlags.map((f) => (f.name === 'wait' ? { ...f, default: 'false' } : f)),
    validateFlag,
    saveConfigFlag,
    dryRunFlag,
    fieldManagerFlag('kubectl-replace'),
    { name: 'raw', kind: 'string', usage: 'Send the document to this path of the API' },
    { name: 'subresource', kind: 'string', usage: 'status, scale or resize: replace only that' },
    ...outputFlags,
  ],
  *run(context, args) {
    const { client } = context
    const validation = validationOf(context, args)
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun)
    const propagationPolicy = propagationOf(args)
    requireFiles(args)
    const grace = args.int('grace-period') === 0 ? 1 : args.int('grace-period')
    const force = args.bool('force')
    if (args.string('raw')) return yield* sendRaw(context, args, 'PUT')
    if (grace >= 0 && !force) throw new CommandError('--grace-period must have --force specified')
    if (args.durationMs('timeout') && !force) throw new CommandError('--timeout must have --force specified')
    const subresource = args.string('subresource')
    if (force && dryRun !== 'none') throw new CommandError('--dry-run can not be used when --force is set')
    if (force) {
      const { infos, errors } = fileInfos(context, args)
      const gracePeriodSeconds = grace < 0 ? undefined : grace
      const timeoutMs = args.durationMs('timeout')
      yield* deleteInfos(
        context,
        infos,
        {
          propagationPolicy,
          gracePeriodSeconds,
          ignoreNotFound: true,
          wait: args.bool('wait') || grace === 1,
          timeoutMs,
          dryRun,
          nameOnly: args.string('output') === 'name',
          warnClusterScope: false,
        },
        errors,
      )
      for (const info of dryRun === 'none' ? infos : []) {
        const { ref } = info
        requirePath(info)
        const gone = yield* untilChange(client, timeoutMs || 300_000, () => !exists(client, ref) || undefined)
        if (!gone) throw new CommandError('timed out waiting for the condition')
      }
    }
    const found = fileInfos(context, args, validation.check)
    yield* forEachInfo(found, (info) => {
      const { object, source, resource } = info
      const sent = refreshLastApplied(object, args.bool('save-config'))
      try {
        const options = { ...validation.options, dryRun: dryRun === 'server', subresource: checkSubresource(subresource, resource, client) }
        if (!force) requireName(info)
        if (dryRun !== 'client') requireKind(info)
        print(resource, dryRun === 'client' ? sent : force ? client.create(sent, options) : client.update(sent, options), 'replaced')
      } catch (error) {
        throw force ? error : addSourceToError('replacing', source, error)
      }
    })
    if (force && !found.infos.length) throw new CommandError('no objects passed to replace')
    return 0
  },
}
