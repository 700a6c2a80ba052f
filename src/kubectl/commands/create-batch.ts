import type { Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { nullTimestamp } from '../write/null-timestamp.ts'
import { commandOf } from './create-kinds.ts'
import { shownVerb } from './create-shown.ts'

/** The pod of a job: one container, named as the job. */
const podOf = (name: string, args: Parsed, restartPolicy: string): object => {
  const command = commandOf(args)
  return { containers: [{ name, image: args.string('image'), ...(command.length > 0 && { command }), resources: {} }], restartPolicy }
}

/** `kubectl create job`. @source kubectl/pkg/cmd/create/create_job.go */
export const job = shownVerb({
  kind: 'Job',
  group: 'batch',
  words: 'job',
  usage: '--image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  flags: [
    { name: 'image', kind: 'string', usage: 'The image of the container' },
    { name: 'from', kind: 'string', usage: 'A CronJob to take it from; there are none here' },
  ],
  make(args, { client }, name) {
    const from = args.string('from')
    if (Boolean(args.string('image')) === Boolean(from)) throw new CommandError('either --image or --from must be specified')
    if (from) throw new CommandError(`the server doesn't have a resource type ${JSON.stringify(from.split('/')[0])}`)
    return { spec: { template: { metadata: nullTimestamp(client), spec: podOf(name, args, 'Never') } }, status: {} }
  },
})

/** `kubectl create cronjob`. @source kubectl/pkg/cmd/create/create_cronjob.go */
export const cronJob = shownVerb({
  kind: 'CronJob',
  group: 'batch',
  words: 'cronjob',
  aliases: ['cj'],
  usage: "--image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  flags: [
    { name: 'image', kind: 'string', usage: 'The image of the container' },
    { name: 'schedule', kind: 'string', usage: 'When it is to run' },
    { name: 'restart', kind: 'string', usage: 'Never or OnFailure' },
  ],
  required: ['image', 'schedule'],
  make(args, { client }, name) {
    const time = nullTimestamp(client)
    const template = { metadata: time, spec: podOf(name, args, args.string('restart') || 'OnFailure') }
    return { spec: { schedule: args.string('schedule'), jobTemplate: { metadata: { name, ...time }, spec: { template } } }, status: {} }
  },
})
