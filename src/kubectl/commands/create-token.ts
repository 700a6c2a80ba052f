import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { outputFlags } from '../write/flags.ts'
import { resultPrinter } from '../write/print-result.ts'
import { nameOperand } from './create-kinds.ts'

/** The account that a cluster has in every namespace. */
const everywhere = 'default'

const boundKinds = ['Node', 'Pod', 'Secret']

/** `kubectl create token`: reads its line as kubectl does; there is no one who would believe a token. @source kubectl/pkg/cmd/create/create_token.go */
export const token: Verb = {
  name: 'token',
  summary: 'Ask for the token of a ServiceAccount (there are none here)',
  usage: 'kubectl create token SERVICE_ACCOUNT_NAME',
  flags: [
    ...outputFlags,
    { name: 'audience', kind: 'stringArray', usage: 'Whom it is for' },
    { name: 'duration', kind: 'duration', default: '0s', usage: 'How long it is good' },
    { name: 'bound-object-kind', kind: 'string', usage: 'It ends with an object of this kind: Node, Pod or Secret' },
    { name: 'bound-object-name', kind: 'string', usage: 'The name of that object' },
    { name: 'bound-object-uid', kind: 'string', usage: 'The UID of that object' },
  ],
  *run(context, args) {
    const name = nameOperand(args, 'kubectl create token')
    resultPrinter(context, args)
    const duration = args.durationMs('duration')
    if (duration < 0) throw new CommandError('--duration must be greater than or equal to 0')
    if (duration % 1000) throw new CommandError('--duration cannot be expressed in units less than seconds')
    if (args.list('audience').includes('')) throw new CommandError('--audience must not be an empty string')
    const [kind, object, uid] = ['kind', 'name', 'uid'].map((what) => args.string(`bound-object-${what}`))
    if (!kind && object) throw new CommandError('--bound-object-name can only be set if --bound-object-kind is provided')
    if (!kind && uid) throw new CommandError('--bound-object-uid can only be set if --bound-object-kind is provided')
    if (kind && !boundKinds.includes(kind)) throw new CommandError(`supported --bound-object-kind values are ${boundKinds.join(', ')}`)
    if (kind && !object) throw new CommandError('--bound-object-name is required if --bound-object-kind is provided')
    const why =
      name === everywhere
        ? `the playground keeps no ServiceAccounts, not even ${JSON.stringify(name)}; its API asks nobody for a token`
        : `serviceaccounts ${JSON.stringify(name)} not found`
    throw new CommandError(`failed to create token: ${why}`)
  },
}
