import { clientSince } from '../client-version.ts'
import type { KubectlContext, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { toYaml } from '../output/yaml.ts'
import { checkSubresource } from '../subresource.ts'
import { fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag, validateFlag } from '../write/flags.ts'
import { latestInfos } from '../write/infos.ts'
import { resourceName } from '../write/print-result.ts'

/** Text to edit can only be an object as a whole. */
export function checkEditFormat({ client }: KubectlContext, output: string): void {
  const known = ['json', ...(clientSince(client, 'kyaml') ? ['kyaml'] : []), 'yaml']
  if (output === '' || known.includes(output.toLowerCase())) return
  throw new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${known.join(',')}`,
  )
}

/** `kubectl edit`: hands the object to the editor of the page; saving there applies it. */
export const edit: Verb = {
  name: 'edit',
  summary: 'Open an object in the editor',
  usage: 'kubectl edit (RESOURCE/NAME | -f FILENAME)',
  flags: [
    ...filenameFlags,
    validateFlag,
    saveConfigFlag,
    fieldManagerFlag('kubectl-edit'),
    { name: 'subresource', kind: 'string' },
    { name: 'output-patch', kind: 'bool' },
    { name: 'windows-line-endings', kind: 'bool' },
    ...outputFlags,
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    const { io } = context
    checkEditFormat(context, args.string('output'))
    const { infos, errors } = latestInfos(context, args, args.operands, { allowEmptySelector: true })
    const error = aggregate(errors)
    if (error) throw error
    if (!infos.length) throw new CommandError('edit cancelled, no objects found')
    for (const { resource } of infos) checkSubresource(args.string('subresource'), resource, context.client)
    if (!io.edit) throw new CommandError('there is no editor here; use "kubectl patch", or "kubectl get -o yaml" and "kubectl apply -f -"')
    for (const { object, resource, ref } of infos) {
      io.edit(toYaml({ ...object, metadata: { ...object.metadata, managedFields: undefined } }), resourceName(resource, ref.name))
      io.out(`${resourceName(resource, ref.name)} opened in the editor\n`)
    }
    return 0
  },
}
