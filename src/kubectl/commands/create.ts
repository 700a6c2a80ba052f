import type { Verb } from '../command.ts'
import { addSourceToError, CommandError, usageError } from '../error-text.ts'
import { changeCauseOf, withChangeCause } from '../write/change-cause.ts'
import { dryRunOf } from '../write/dry-run.ts'
import {
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  outputFlags,
  recordFlag,
  requireFiles,
  saveConfigFlag,
  selectorFlag,
  validateFlag,
} from '../write/flags.ts'
import { fileInfos, forEachInfo, requireKind } from '../write/infos.ts'
import { labelFilter } from '../write/label-filter.ts'
import { refreshLastApplied } from '../write/last-applied.ts'
import { resultPrinter } from '../write/print-result.ts'
import { validationOf } from '../write/validation.ts'
import { cronJob, job } from './create-batch.ts'
import { configMap, serviceAccount } from './create-config.ts'
import { ingress } from './create-ingress.ts'
import { createVerbs } from './create-kinds.ts'
import { podDisruptionBudget, quota } from './create-policy.ts'
import { clusterRole, clusterRoleBinding, role, roleBinding } from './create-rbac.ts'
import { secret } from './create-secret.ts'
import { token } from './create-token.ts'
import { sendRaw } from './send-raw.ts'

/** `kubectl create -f`. @source kubectl/pkg/cmd/create/create.go */
export const create: Verb = {
  name: 'create',
  summary: 'Create objects from documents',
  usage: 'kubectl create -f FILENAME',
  subcommands: [
    ...createVerbs,
    clusterRole,
    clusterRoleBinding,
    configMap,
    cronJob,
    ingress,
    job,
    podDisruptionBudget,
    quota,
    role,
    roleBinding,
    secret,
    serviceAccount,
    token,
  ],
  flags: [
    ...filenameFlags,
    validateFlag,
    { name: 'edit', kind: 'bool', usage: 'Not available in the playground' },
    { name: 'windows-line-endings', kind: 'bool', usage: 'No effect' },
    { name: 'raw', kind: 'string', usage: 'Send the document to this path of the API' },
    saveConfigFlag,
    dryRunFlag,
    selectorFlag,
    fieldManagerFlag('kubectl-create'),
    recordFlag,
    ...outputFlags,
  ],
  *run(context, args) {
    const { client } = context
    if (args.operands.length) throw usageError('kubectl create', `Unexpected args: [${args.operands.join(' ')}]`)
    requireFiles(args)
    if (args.string('raw')) return yield* sendRaw(context, args, 'POST')
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun)
    const validation = validationOf(context, args)
    const cause = changeCauseOf(args, 'create')
    const fits = labelFilter(args.string('selector'))
    const { infos, errors } = fileInfos(context, args, validation.check)
    const found = { infos: infos.filter((info) => fits(info.object)), errors }
    yield* forEachInfo(found, (info) => {
      const { object, source, resource } = info
      const sent = withChangeCause(refreshLastApplied(object, args.bool('save-config')), cause)
      try {
        if (dryRun !== 'client') requireKind(info)
        print(resource, dryRun === 'client' ? sent : client.create(sent, { ...validation.options, dryRun: dryRun === 'server' }), 'created')
      } catch (error) {
        throw addSourceToError('creating', source, error)
      }
    })
    if (!found.infos.length) throw new CommandError('no objects passed to create')
    return 0
  },
}
