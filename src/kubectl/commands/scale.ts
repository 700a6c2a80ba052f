import { noSuchPath } from '#k8s/api/request-object.ts'
import { hasScale } from '#k8s/resources.ts'
import type { Deployment, KubeObject } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { changeCauseOf, changeCausePatch } from '../write/change-cause.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { allFlag, dryRunFlag, filenameFlags, outputFlags, recordFlag, requireFlags, selectorFlag } from '../write/flags.ts'
import { givenInfos, NamelessList, requireName } from '../write/infos.ts'
import { resultPrinter } from '../write/print-result.ts'
import { untilChange } from '../write/until.ts'

function nothingToScale(client: ApiClient, error: Error | undefined): Error {
  if (!error) return new CommandError('no objects passed to scale')
  if (error instanceof NamelessList || clientSince(client, 'scaleNotFound')) return error
  return new CommandError(`no objects passed to scale ${error.message}`)
}

function checkPreconditions({ spec, metadata }: Deployment, expected: number, version: string): void {
  const now = spec.replicas ?? 1
  if (expected !== -1 && now !== expected) throw new CommandError(`Expected replicas to be ${expected}, was ${now}`)
  if (version && metadata.resourceVersion !== version)
    throw new CommandError(`Expected resource version to be ${version}, was ${metadata.resourceVersion}`)
}

/** `kubectl scale`. @source kubectl/pkg/cmd/scale/scale.go, kubectl/pkg/scale; DS-11.6 */
export const scale: Verb = {
  name: 'scale',
  summary: 'Set how many pods a Deployment, ReplicaSet or StatefulSet has',
  usage: 'kubectl scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  flags: [
    { name: 'replicas', kind: 'int', default: '0', usage: 'The new number' },
    { name: 'current-replicas', kind: 'int', default: '-1', usage: 'Only if this is the number now' },
    { name: 'resource-version', kind: 'string', usage: 'Only if this is still the version of the object' },
    { name: 'timeout', kind: 'duration', default: '0s', usage: 'How long to wait until there are so many; 0 = do not wait' },
    allFlag,
    selectorFlag,
    ...filenameFlags,
    dryRunFlag,
    recordFlag,
    ...outputFlags,
  ],
  *run(context, args) {
    requireFlags(args, 'replicas')
    const { client } = context
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun)
    const replicas = args.int('replicas')
    const cause = changeCauseOf(args, 'scale')
    const expected = args.int('current-replicas')
    const version = args.string('resource-version')
    if (replicas < 0) throw new CommandError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
    if (expected < -1) throw new CommandError('The --current-replicas must specify an integer of -1 or greater')
    const { infos, errors } = givenInfos(context, args, { labelSelector: args.string('selector'), selectAll: args.bool('all') })
    const error = aggregate(errors)
    if (version && infos.length > 1) throw new CommandError('cannot use --resource-version with multiple resources')
    if (!infos.length) throw nothingToScale(client, error)
    for (const info of infos) {
      const { ref, resource, object } = info
      requireName(info)
      if (dryRun !== 'client') {
        if (!hasScale(resource.kind)) throw noSuchPath()
        if (expected !== -1 || version) checkPreconditions(client.get(ref) as Deployment, expected, version)
        client.patch(ref, 'merge', { spec: { replicas } }, { subresource: 'scale', dryRun: dryRun === 'server' })
      }
      const timeoutMs = args.durationMs('timeout')
      if (timeoutMs && dryRun === 'none') {
        const done = yield* untilChange(client, timeoutMs, () => {
          const { spec, status } = client.get(ref) as Deployment
          return spec.replicas !== replicas || (status.replicas ?? 0) === replicas || undefined
        })
        if (!done) throw new CommandError(`timed out waiting for ${JSON.stringify(ref.name)} to be synced`)
      }
      if (cause !== undefined && dryRun === 'none') client.patch(ref, 'merge', changeCausePatch(cause))
      const shown = clientSince(client, 'scaleShown') ? ({ ...object, spec: { ...(object as Deployment).spec, replicas } } as KubeObject) : object
      print(resource, shown, 'scaled')
    }
    if (error) throw error
    return 0
  },
}
