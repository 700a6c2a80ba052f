import type { Parsed, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { setFlagErrors, setFlags, setTargets } from '../write/pod-template.ts'
import { resourceName, resultPrinter } from '../write/print-result.ts'

/** What is wrong with those that are to be bound. */
function subjectErrors(args: Parsed): Error[] {
  const accounts = args.list('serviceaccount')
  if (!args.has('user') && !args.has('group') && !args.has('serviceaccount'))
    return [new CommandError('you must specify at least one value of user, group or serviceaccount')]
  const isWrong = (account: string) => {
    const [, name, ...more] = account.split(':')
    return !name || more.length > 0
  }
  // one that was given as nothing, too
  const given = accounts.length > 0 || !args.has('serviceaccount') ? accounts : ['']
  return given.filter(isWrong).map(() => new CommandError('serviceaccount must be <namespace>:<name>'))
}

/** `kubectl set subject`: the cluster has no role bindings, and nothing else has subjects. @source kubectl/pkg/cmd/set/set_subject.go */
export const setSubject: Verb = {
  name: 'subject',
  summary: 'Change whom a role binding is for (there are none here)',
  usage: 'kubectl set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
  flags: [
    { name: 'user', kind: 'stringArray', usage: 'Users to bind' },
    { name: 'group', kind: 'stringArray', usage: 'Groups to bind' },
    { name: 'serviceaccount', kind: 'stringArray', usage: 'Service accounts to bind: NAMESPACE:NAME' },
    ...setFlags.filter((f) => f.name !== 'record'),
  ],
  *run(context, args) {
    const dryRun = dryRunOf(args, context)
    resultPrinter(context, args, dryRun)
    if (args.bool('all') && args.string('selector')) throw new CommandError('cannot set --all and --selector at the same time')
    const infos = setTargets(context, args, args.operands)
    const wrong = setFlagErrors(args)[0] ?? aggregate(subjectErrors(args))
    if (wrong) throw wrong
    const refused = infos.map(({ resource, ref }) => {
      const what = args.bool('local') ? `${resourceName(resource, ref.name)}\n` : `${resource.plural}/${ref.name}`
      return new CommandError(`error: ${what} setting subjects is only supported for RoleBinding/ClusterRoleBinding\n`)
    })
    const error = aggregate(refused)
    if (error) throw error
    return 0
  },
}
