import { notFound } from '#k8s/api-error.ts'
import { jsonEqual } from '#k8s/patch/json.ts'
import type { KubeObject } from '#k8s/types.ts'
import type { KubectlContext, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import type { Manifest } from '../manifest.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { nullTimestamp } from '../write/null-timestamp.ts'
import { setFlagErrors, setFlags, setTargets } from '../write/pod-template.ts'
import { resourceName, resultPrinter } from '../write/print-result.ts'
import { leftOut } from '../write/unmodelled.ts'
import { rbacGroup, type Subject, subjectErrors, subjectFlags, subjectsOf } from './subjects.ts'

const bindingKinds: Record<string, string> = { RoleBinding: 'rolebindings', ClusterRoleBinding: 'clusterrolebindings' }

interface Binding {
  kind: string
  metadata?: KubeObject['metadata']
  roleRef?: object
  subjects?: Subject[]
}

/** The binding with those that it has not, as kubectl writes it after it has held it in a Go struct; undefined when it has all. */
function bound({ client }: KubectlContext, binding: Binding, added: readonly Subject[]): (Binding & { metadata: object }) | undefined {
  const { metadata, subjects = [] } = binding
  const missing = added.filter((a) => !subjects.some((s) => jsonEqual({ ...s }, { ...a })))
  if (missing.length === 0) return undefined
  const time = nullTimestamp(client)
  return { ...binding, metadata: { ...time, ...metadata } as KubeObject['metadata'], subjects: [...subjects, ...missing] }
}

/** What kubectl says of a binding that the cluster has not; why it has none is told beside it. */
function notThere({ io }: KubectlContext, plural: string, { kind, metadata }: Binding): Error {
  if (!metadata?.name) return new CommandError('resource name may not be empty')
  io.err(`the playground keeps no objects of kind ${kind}; --local shows what the document would become\n`, 'aside')
  return notFound(`${plural}.${rbacGroup}`, metadata.name)
}

/** `kubectl set subject`: the cluster has no role bindings, so they can only be changed in documents, and nothing else has subjects. @source kubectl/pkg/cmd/set/set_subject.go */
export const setSubject: Verb = {
  name: 'subject',
  summary: 'Change whom a role binding is for (with --local: there are none here)',
  usage: 'kubectl set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
  flags: [...subjectFlags, ...setFlags.filter((f) => f.name !== 'record')],
  *run(context, args) {
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun, { isTyped: true })
    if (args.bool('all') && args.string('selector')) throw new CommandError('cannot set --all and --selector at the same time')
    const bindings: Binding[] = []
    const unmodelled = ({ value }: Manifest) => {
      const binding = value as unknown as Binding
      const plural = bindingKinds[binding.kind]
      if (!plural) context.io.err(leftOut(binding.kind, binding.metadata?.name ?? ''), 'aside')
      else if (args.bool('local')) bindings.push(binding)
      else throw notThere(context, plural, binding)
    }
    const infos = setTargets(context, args, args.operands, { unmodelled })
    const isEmpty = !subjectFlags.some((flag) => args.has(flag.name))
    const none = isEmpty ? [new CommandError('you must specify at least one value of user, group or serviceaccount')] : subjectErrors(args)
    const wrong = setFlagErrors(args)[0] ?? aggregate(none)
    if (wrong) throw wrong
    for (const binding of bindings) {
      const changed = bound(context, binding, subjectsOf(args))
      if (changed) print({ kind: binding.kind, group: rbacGroup }, changed, 'subjects updated')
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
