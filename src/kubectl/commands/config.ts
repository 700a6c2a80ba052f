import type { Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { contextName, userName } from '../context-name.ts'
import { type ContextSettings, type Contexts, createContexts } from '../contexts.ts'
import { CommandError, usageError } from '../error-text.ts'
import { verbHelp } from '../help-text.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { alignTable } from '../table.ts'
import { kubeconfig, kubeconfigFile } from './kubeconfig.ts'
import { unsupported } from './unsupported.ts'

function verb(
  own: string,
  summary: string,
  flags: Verb['flags'],
  run: (context: KubectlContext, args: Parsed) => void,
  more: Partial<Verb> = {},
): Verb {
  return {
    name: own,
    summary,
    flags,
    ...more,
    // biome-ignore lint/correctness/useYield: a verb is a generator
    *run(context, args): Running {
      run(context, args)
      return 0
    },
  }
}

/** A line with too few or too many words is answered with help, and what was there. */
function wrongWords(of: Verb, args: Parsed): CommandError {
  return new CommandError(`Unexpected args: [${args.operands.join(' ')}]`, 1, verbHelp(of, `kubectl config ${of.name}`))
}

/** Those of the session; where they are fixed, as they are at the start. */
const contextsOf = ({ contexts, namespace }: KubectlContext): Contexts => contexts ?? createContexts(namespace === 'default' ? '' : namespace)

/** @source kubectl/pkg/cmd/config/set_context.go */
function setContext(context: KubectlContext, args: Parsed): void {
  const [asked] = args.operands
  const isCurrent = args.bool('current')
  if (args.operands.length > 1) throw wrongWords(setContextVerb, args)
  if (asked === undefined && !isCurrent) throw new CommandError('you must specify a non-empty context name or --current')
  if (asked !== undefined && isCurrent) throw new CommandError('you cannot specify both a context name and --current')
  const contexts = contextsOf(context)
  const name = asked ?? contexts.current
  const known = contexts.named.get(name)
  if (isCurrent && !known) throw new CommandError(`no current context is set`)
  const given = (flag: keyof ContextSettings): Partial<ContextSettings> => (args.has(flag) ? { [flag]: args.string(flag) } : {})
  contexts.named.set(name, { cluster: '', user: '', namespace: '', ...known, ...given('cluster'), ...given('user'), ...given('namespace') })
  context.io.out(`Context ${JSON.stringify(name)} ${known ? 'modified' : 'created'}.\n`)
}

/** @source kubectl/pkg/cmd/config/get_contexts.go */
function getContexts(context: KubectlContext, args: Parsed): void {
  const output = args.string('output')
  if (output && output !== 'name')
    throw new CommandError(`--output ${output} is not available in kubectl config get-contexts; resetting to default output format`)
  const { current, named } = contextsOf(context)
  const asked = args.operands.length > 0 ? args.operands : [...named.keys()]
  const unknown = asked.find((name) => !named.has(name))
  const rows = asked.flatMap((name) => {
    const settings = named.get(name)
    if (!settings) return []
    return [output ? name : [name === current ? '*' : '', name, settings.cluster, settings.user, settings.namespace].join('\t')]
  })
  const header = args.bool('no-headers') || output ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE']
  context.io.out(alignTable([...header, ...rows.sort()]))
  if (unknown !== undefined) throw new CommandError(`context ${unknown} not found`)
}

function view(context: KubectlContext, args: Parsed): void {
  if (args.operands.length > 0) throw usageError('kubectl config view', `unexpected arguments: [${args.operands.join(' ')}]`)
  const print = objectPrinter(args.string('output') || (args.string('template') ? '' : 'yaml'), args, context, { isTyped: true })
  if (args.has('merge') && !args.bool('merge')) throw new CommandError('if merge==false a precise file must be specified')
  const contexts = contextsOf(context)
  const asked = args.string('context') || contexts.current
  if (args.bool('minify') && !contexts.named.has(asked)) throw new CommandError(`cannot locate context ${asked}`)
  context.io.out(print(kubeconfig(context, contexts, args.bool('minify') ? asked : undefined)))
}

/** Changes what a property names: the current context, or a field of one. */
function setProperty(context: KubectlContext, property: string, value: string): void {
  const contexts = contextsOf(context)
  const [, name = '', field = ''] = /^contexts\.(.+)\.(cluster|user|namespace)$/.exec(property) ?? []
  if (property === 'current-context') contexts.current = value
  else if (field) contexts.named.set(name, { ...(contexts.named.get(name) ?? { cluster: '', user: '', namespace: '' }), [field]: value })
  else throw new CommandError('in the playground only "current-context" and "contexts.NAME.namespace" can be set')
}

const setVerb = verb('set', 'Change the configuration: contexts.NAME.namespace NAMESPACE', [], (context, args) => {
  const [property = '', value = ''] = args.operands
  if (args.operands.length !== 2) throw wrongWords(setVerb, args)
  setProperty(context, property, value)
  context.io.out(`Property "${property}" set.\n`)
})

const unsetVerb = verb('unset', 'Take back what was set: contexts.NAME.namespace', [], (context, args) => {
  const [property = ''] = args.operands
  if (args.operands.length !== 1) throw wrongWords(unsetVerb, args)
  setProperty(context, property, '')
  context.io.out(`Property "${property}" unset.\n`)
})

const setContextVerb = verb(
  'set-context',
  'Make a context, or change one: NAME or --current, --namespace=NAMESPACE',
  [{ name: 'current', kind: 'bool', usage: 'The current context' }],
  setContext,
)

const useContext = verb(
  'use-context',
  'Switch to a context',
  [],
  (context, args) => {
    const [wanted = ''] = args.operands
    if (args.operands.length !== 1) throw wrongWords(useContext, args)
    const contexts = contextsOf(context)
    if (!contexts.named.has(wanted)) throw new CommandError(`no context exists with the name: ${JSON.stringify(wanted)}`)
    contexts.current = wanted
    context.io.out(`Switched to context ${JSON.stringify(wanted)}.\n`)
  },
  { aliases: ['use'] },
)

/** @source kubectl/pkg/cmd/config/rename_context.go */
const renameContext = verb('rename-context', 'Give a context another name', [], (context, args) => {
  const [from = '', to = ''] = args.operands
  if (args.operands.length !== 2) throw wrongWords(renameContext, args)
  const contexts = contextsOf(context)
  const settings = contexts.named.get(from)
  if (!settings) throw new CommandError(`cannot rename the context ${JSON.stringify(from)}, it's not in ${kubeconfigFile}`)
  if (contexts.named.has(to))
    throw new CommandError(`cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${kubeconfigFile}`)
  contexts.named.delete(from)
  contexts.named.set(to, settings)
  if (contexts.current === from) contexts.current = to
  context.io.out(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`)
})

/** @source kubectl/pkg/cmd/config/delete_context.go */
const deleteContext: Verb = verb('delete-context', 'Forget a context', [], (context, args) => {
  const [name = ''] = args.operands
  if (args.operands.length !== 1) return context.io.out(verbHelp(deleteContext, `kubectl config ${deleteContext.name}`))
  const contexts = contextsOf(context)
  if (!contexts.named.has(name)) throw new CommandError(`cannot delete context ${name}, not in ${kubeconfigFile}`)
  if (contexts.current === name)
    context.io.err('warning: this removed your active context, use "kubectl config use-context" to select a different one\n', 'aside')
  contexts.named.delete(name)
  context.io.out(`deleted context ${name} from ${kubeconfigFile}\n`)
})

/** @source kubectl/pkg/cmd/config/current_context.go */
const currentContext = verb('current-context', 'Print the name of the context', [], (context) => {
  const { current } = contextsOf(context)
  if (!current) throw new CommandError('current-context is not set')
  context.io.out(`${current}\n`)
})

const noHeaders = { name: 'no-headers', kind: 'bool', usage: 'No header line' } as const
const output = { name: 'output', shorthand: 'o', kind: 'string' } as const

export const config: Verb = {
  name: 'config',
  summary: 'Show the connection; make and choose contexts, each with its namespace',
  usage: 'kubectl config SUBCOMMAND',
  flags: [],
  subcommands: [
    currentContext,
    deleteContext,
    verb('get-clusters', 'List the clusters', [], ({ io }) => io.out(`NAME\n${contextName}\n`)),
    verb('get-contexts', 'List the contexts', [noHeaders, output], getContexts),
    verb('get-users', 'List the users', [], ({ io }) => io.out(`NAME\n${userName}\n`)),
    renameContext,
    setVerb,
    setContextVerb,
    unsetVerb,
    useContext,
    verb(
      'view',
      'Show the configuration',
      [
        output,
        { name: 'minify', kind: 'bool' },
        { name: 'raw', kind: 'bool' },
        { name: 'flatten', kind: 'bool' },
        { name: 'merge', kind: 'string', default: 'true', noOptDefault: 'true' },
        { name: 'template', kind: 'string' },
        { name: 'allow-missing-template-keys', kind: 'bool', default: 'true' },
      ],
      view,
    ),
    ...['delete-cluster', 'delete-user', 'set-cluster', 'set-credentials'].map((other): Verb => ({ ...unsupported(`config ${other}`), name: other })),
  ],
}
