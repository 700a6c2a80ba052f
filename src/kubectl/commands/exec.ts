import { isTerminal } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import type { Running } from '#protocol/api-client.ts'
import type { Verb } from '../command.ts'
import { pickContainer, podOrType, podsOf } from '../container-target.ts'
import { CommandError, usageError } from '../error-text.ts'

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
    const [word] = args.operands
    if (!word || args.dashAt === 0) throw new CommandError('pod, type/name or --filename must be specified')
    if (args.dashAt !== 1 && args.operands.length > 1) {
      throw usageError('kubectl exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
    }
    if (args.operands.length < 2) throw new CommandError('you must specify at least one command for the container')
    const pod = podsOf(podOrType(context, word), context, 'attach to')[0] as Pod
    if (isTerminal(pod)) throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`)
    const container = pickContainer(context, pod, args.string('container'), args.bool('quiet'))
    throw new CommandError(`the playground runs no programs, so nothing can be run in container ${container.name} of pod ${pod.metadata.name}`)
  },
}
