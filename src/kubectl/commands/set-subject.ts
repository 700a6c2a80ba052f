import { jsonEqual } from '#k8s/patch/json.ts'
import type { KubeObject } from '#k8s/types.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import type { Manifest } from '../manifest.ts'
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

const bindingKinds = ['RoleBinding', 'ClusterRoleBinding']
const rbac = 'rbac.authorization.k8s.io'

type Subject = Record<'kind' | 'name', string> & Partial<Record<'apiGroup' | 'namespace', string>>

interface Binding {
  kind: string
  metadata?: KubeObject['metadata']
  roleRef?: object
  subjects?: Subject[]
}

/** Whom the flags name, each notion in order. */
function subjectsOf(args: Parsed): Subject[] {
  const each = (flag: string): string[] => [...new Set(args.list(flag))].sort()
  const accounts = each('serviceaccount').map((account) => account.split(':') as [string, string])
  return [
    ...each('user').map((name) => ({ apiGroup: rbac, kind: 'User', name })),
    ...each('group').map((name) => ({ apiGroup: rbac, kind: 'Group', name })),
    ...accounts.map(([namespace, name]) => ({ kind: 'ServiceAccount', name, namespace })),
  ]
}

/** The binding with those that it has not, as kubectl writes it after it has held it in a Go struct; undefined when it has all. */
function bound({ client }: KubectlContext, binding: Binding, added: readonly Subject[]): (Binding & { metadata: object }) | undefined {
  const { metadata, subjects = [] } = binding
  const missing = added.filter((a) => !subjects.some((s) => jsonEqual({ ...s }, { ...a })))
  if (missing.length === 0) return undefined
  const time = clientSince(client, 'noNullTimestamps') ? {} : { creationTimestamp: null }
  return { ...binding, metadata: { ...time, ...metadata } as KubeObject['metadata'], subjects: [...subjects, ...missing] }
}

/** `kubectl set subject`: the cluster has no role bindings, so they can only be changed in documents, and nothing else has subjects. @source kubectl/pkg/cmd/set/set_subject.go */
export const setSubject: Verb = {
  name: 'subject',
  summary: 'Change whom a role binding is for (with --local: there are none here)',
  usage: 'kubectl set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
  flags: [
    { name: 'user', kind: 'stringArray', usage: 'Users to bind' },
    { name: 'group', kind: 'stringArray', usage: 'Groups to bind' },
    { name: 'serviceaccount', kind: 'stringArray', usage: 'Service accounts to bind: NAMESPACE:NAME' },
    ...setFlags.filter((f) => f.name !== 'record'),
  ],
  *run(context, args) {
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun, { isTyped: true })
    if (args.bool('all') && args.string('selector')) throw new CommandError('cannot set --all and --selector at the same time')
    const bindings: Binding[] = []
    const unmodelled = ({ value }: Manifest) => {
      if (bindingKinds.includes(String(value.kind))) bindings.push(value as unknown as Binding)
    }
    const infos = setTargets(context, args, args.operands, { unmodelled })
    const wrong = setFlagErrors(args)[0] ?? aggregate(subjectErrors(args))
    if (wrong) throw wrong
    for (const binding of bindings) {
      const changed = bound(context, binding, subjectsOf(args))
      if (changed) print({ kind: binding.kind, group: rbac }, changed, 'subjects updated')
    }
    const refused = infos.map(({ resource, ref }) => {
      const what = args.bool('local') ? `${resourceName(resource, ref.name)}\n` : `${resource.plural}/${ref.name}`
      return new CommandError(`error: ${what} setting subjects is only supported for RoleBinding/ClusterRoleBinding\n`)
    })
    const error = aggregate(refused)
    if (error) throw error
    return 0
  },
}
