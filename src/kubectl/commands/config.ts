import type { Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { contextName, userName } from '../context-name.ts'
import { CommandError, usageError } from '../error-text.ts'
import { verbHelp } from '../help-text.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { alignTable } from '../table.ts'
import { kubeconfig } from './kubeconfig.ts'
import { unsupported } from './unsupported.ts'

const name = contextName

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

function setNamespace(context: KubectlContext, namespace: string): void {
  if (!context.setNamespace) throw new CommandError('the namespace cannot be changed here')
  context.setNamespace(namespace || 'default')
}

function setContext(context: KubectlContext, args: Parsed): void {
  const [asked] = args.operands
  const current = args.bool('current')
  if (asked === undefined && !current) throw new CommandError('you must specify a non-empty context name or --current')
  if (asked !== undefined && current) throw new CommandError('you cannot specify both a context name and --current')
  if (!current && asked !== name)
    throw new CommandError(`the playground has one context, "${name}"; set-context --current --namespace=NAME sets its namespace`)
  if (args.has('namespace')) setNamespace(context, args.string('namespace'))
  context.io.out(`Context "${name}" modified.\n`)
}

/** @source kubectl/pkg/cmd/config/get_contexts.go */
function getContexts(context: KubectlContext, args: Parsed): void {
  const output = args.string('output')
  if (output && output !== 'name')
    throw new CommandError(`--output ${output} is not available in kubectl config get-contexts; resetting to default output format`)
  const unknown = args.operands.find((o) => o !== name)
  const isShown = args.operands.length === 0 || args.operands.includes(name)
  const row = output ? name : ['*', name, name, userName, context.namespace === 'default' ? '' : context.namespace].join('\t')
  const header = args.bool('no-headers') || output ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE']
  context.io.out(alignTable([...header, ...(isShown ? [row] : [])]))
  if (unknown !== undefined) throw new CommandError(`context ${unknown} not found`)
}

function view(context: KubectlContext, args: Parsed): void {
  if (args.operands.length > 0) throw usageError('kubectl config view', `unexpected arguments: [${args.operands.join(' ')}]`)
  const print = objectPrinter(args.string('output') || 'yaml', args, context, { isTyped: true })
  if (args.has('merge') && !args.bool('merge')) throw new CommandError('if merge==false a precise file must be specified')
  const asked = args.string('context')
  if (args.bool('minify') && asked && asked !== name) throw new CommandError(`cannot locate context ${asked}`)
  context.io.out(print(kubeconfig(context)))
}

const namespaceProperty = `contexts.${name}.namespace`

/** The only property that can be changed is the namespace; what is so already may be said again. */
function setProperty(context: KubectlContext, args: Parsed): void {
  const [property, value = ''] = args.operands
  if (args.operands.length !== 2) throw wrongWords(setVerb, args)
  if (property === namespaceProperty) setNamespace(context, value)
  else if (property !== 'current-context' || value !== name)
    throw new CommandError(
      `the playground has one context, "${name}", of which only the namespace can be set: kubectl config set ${namespaceProperty} NAME`,
    )
  context.io.out(`Property "${property}" set.\n`)
}

const setVerb = verb('set', `Change the configuration: ${namespaceProperty} NAME`, [], setProperty)

const unsetVerb = verb('unset', `Take back what was set: ${namespaceProperty}`, [], (context, args) => {
  if (args.operands.length !== 1) throw wrongWords(unsetVerb, args)
  if (args.operands[0] !== namespaceProperty) throw new CommandError(`only "${namespaceProperty}" can be unset in the playground`)
  setNamespace(context, '')
  context.io.out(`Property "${namespaceProperty}" unset.\n`)
})

const useContext = verb(
  'use-context',
  'Switch to a context',
  [],
  ({ io }, args) => {
    const [wanted] = args.operands
    if (args.operands.length !== 1) throw wrongWords(useContext, args)
    if (wanted !== name) throw new CommandError(`no context exists with the name: ${JSON.stringify(wanted)}`)
    io.out(`Switched to context "${name}".\n`)
  },
  { aliases: ['use'] },
)

const noHeaders = { name: 'no-headers', kind: 'bool', usage: 'No header line' } as const
const output = { name: 'output', shorthand: 'o', kind: 'string' } as const

export const config: Verb = {
  name: 'config',
  summary: 'Show the connection, or set the default namespace',
  usage: 'kubectl config SUBCOMMAND',
  flags: [],
  subcommands: [
    verb('current-context', 'Print the name of the context', [], ({ io }) => io.out(`${name}\n`)),
    verb('get-clusters', 'List the clusters', [], ({ io }) => io.out(`NAME\n${name}\n`)),
    verb('get-contexts', 'List the contexts', [noHeaders, output], getContexts),
    verb('get-users', 'List the users', [], ({ io }) => io.out(`NAME\n${userName}\n`)),
    setVerb,
    verb(
      'set-context',
      'Change the context: --current --namespace=NAME',
      [{ name: 'current', kind: 'bool', usage: 'The current context' }],
      setContext,
    ),
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
    ...['delete-cluster', 'delete-context', 'delete-user', 'rename-context', 'set-cluster', 'set-credentials'].map(
      (other): Verb => ({ ...unsupported(`config ${other}`), name: other }),
    ),
  ],
}
