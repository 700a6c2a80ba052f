import { isTerminal } from '#k8s/pod.ts'
import type { AnyObject, Pod } from '#k8s/types.ts'
import type { Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { pickContainer, podOrType, podsOf } from '../container-target.ts'
import { aggregate, CommandError, usageError } from '../error-text.ts'
import { noNamesWithFiles } from '../resource-args.ts'
import { hasFiles } from '../write/flags.ts'
import { fileInfos } from '../write/infos.ts'

/** The one object of the document that -f names, as it stands there. */
function objectInFile(context: KubectlContext, args: Parsed, word: string | undefined): AnyObject {
  if (word) throw new CommandError(noNamesWithFiles)
  const { infos, errors } = fileInfos(context, args, undefined, { isTyped: true })
  const error = aggregate(errors)
  if (error) throw error
  if (infos.length !== 1) throw new CommandError('cannot exec into multiple objects at a time')
  return infos[0]?.object as AnyObject
}

/** `kubectl exec`. @source kubectl/pkg/cmd/exec/exec.go */
export const exec: Verb = {
  name: 'exec',
  summary: 'Run a program in a container (not possible here: no programs run)',
  usage: 'kubectl exec (POD | TYPE/NAME) [-c CONTAINER] -- COMMAND [args…]',
  flags: [
    { name: 'container', shorthand: 'c', kind: 'string', usage: 'Which container of the pod' },
    { name: 'stdin', shorthand: 'i', kind: 'bool' },
    { name: 'tty', shorthand: 't', kind: 'bool' },
    { name: 'quiet', shorthand: 'q', kind: 'bool' },
    { name: 'filename', shorthand: 'f', kind: 'stringSlice', default: '' },
    { name: 'pod-running-timeout', kind: 'duration', default: '1m0s' },
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args): Running {
    const word = args.dashAt === 0 ? undefined : args.operands[0]
    const isFile = hasFiles(args)
    if (args.dashAt < 0 && args.operands.length > (isFile ? 0 : 1)) {
      throw usageError('kubectl exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
    }
    if (args.durationMs('pod-running-timeout') <= 0) throw usageError('kubectl exec', '--pod-running-timeout must be higher than zero')
    if (!word && !isFile) throw new CommandError('pod, type/name or --filename must be specified')
    if (args.dashAt < 0 || args.operands.length === args.dashAt) throw new CommandError('you must specify at least one command for the container')
    const pod = podsOf(isFile ? objectInFile(context, args, word) : podOrType(context, word as string), context, 'attach to')[0] as Pod
    if (isTerminal(pod)) throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`)
    const container = pickContainer(context, pod, args.string('container'), args.bool('quiet'))
    context.client.get({ kind: 'Pod', namespace: pod.metadata.namespace, name: pod.metadata.name })
    throw new CommandError(`the playground runs no programs, so nothing can be run in container ${container.name} of pod ${pod.metadata.name}`)
  },
}
