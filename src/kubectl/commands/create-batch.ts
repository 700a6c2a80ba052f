import type { Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { requireFlags } from '../write/flags.ts'
import { nameOperand } from './create-kinds.ts'
import { showMade, shownFlags, zeroTime } from './create-shown.ts'

interface PodMaker {
  image: string
  command: string[]
  restartPolicy: string
}

const podOf = (name: string, { image, command, restartPolicy }: PodMaker): object => ({
  containers: [{ name, image, ...(command.length > 0 && { command }), resources: {} }],
  restartPolicy,
})

const commandOf = (args: Parsed): string[] => (args.dashAt < 0 ? [] : args.operands.slice(args.dashAt))

/** `kubectl create job`. @source kubectl/pkg/cmd/create/create_job.go */
export const job: Verb = {
  name: 'job',
  summary: 'Show a Job (with --dry-run=client: there are none here)',
  usage: 'kubectl create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  flags: [
    { name: 'image', kind: 'string', usage: 'The image of the container' },
    { name: 'from', kind: 'string', usage: 'A CronJob to take it from; there are none here' },
    ...shownFlags,
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    const name = nameOperand(args, 'kubectl create job')
    const [image, from] = [args.string('image'), args.string('from')]
    if (Boolean(image) === Boolean(from)) throw new CommandError('either --image or --from must be specified')
    if (from) throw new CommandError(`the server doesn't have a resource type ${JSON.stringify(from.split('/')[0])}`)
    const spec = podOf(name, { image, command: commandOf(args), restartPolicy: 'Never' })
    showMade(context, args, { kind: 'Job', group: 'batch' }, name, {
      spec: { template: { metadata: zeroTime(context.client), spec } },
      status: {},
    })
    return 0
  },
}

/** `kubectl create cronjob`. @source kubectl/pkg/cmd/create/create_cronjob.go */
export const cronJob: Verb = {
  name: 'cronjob',
  aliases: ['cj'],
  summary: 'Show a CronJob (with --dry-run=client: there are none here)',
  usage: "kubectl create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  flags: [
    { name: 'image', kind: 'string', usage: 'The image of the container' },
    { name: 'schedule', kind: 'string', usage: 'When it is to run' },
    { name: 'restart', kind: 'string', usage: 'Never or OnFailure' },
    ...shownFlags,
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    requireFlags(args, 'image', 'schedule')
    const name = nameOperand(args, 'kubectl create cronjob')
    const time = zeroTime(context.client)
    const spec = podOf(name, { image: args.string('image'), command: commandOf(args), restartPolicy: args.string('restart') || 'OnFailure' })
    const jobTemplate = { metadata: { name, ...time }, spec: { template: { metadata: time, spec } } }
    showMade(context, args, { kind: 'CronJob', group: 'batch' }, name, { spec: { schedule: args.string('schedule'), jobTemplate }, status: {} })
    return 0
  },
}
