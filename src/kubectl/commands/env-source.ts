import type { KubectlContext, Parsed } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { findObjects, parseResourceArgs } from '../resource-args.ts'
import { hasFiles } from '../write/flags.ts'
import { setTargets } from '../write/pod-template.ts'

/**
 * What `set env --from` says: variables come from ConfigMaps and Secrets, of which the cluster has none, and from nothing else.
 * @source kubectl/pkg/cmd/set/set_env.go RunEnv
 */
export function checkEnvSource(context: KubectlContext, args: Parsed): void {
  const from = args.string('from')
  if (!from) {
    if (args.list('keys').some(Boolean)) throw new CommandError('when specifying --keys, a configmap or secret must be provided with --from')
    return
  }
  if (args.bool('local') && hasFiles(args)) setTargets(context, args, [])
  else {
    if (hasFiles(args)) throw new CommandError('resource/name arguments cannot be provided when a path is specified')
    const error = aggregate(findObjects(context.client, parseResourceArgs(args.bool('local') ? [] : [from], { namespace: context.namespace })).errors)
    if (error) throw error
  }
  throw new CommandError('unsupported resource specified in --from')
}
