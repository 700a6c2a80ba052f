import type { Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { contextName } from '../context-name.ts'
import { CommandError } from '../error-text.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { alignTable } from '../table.ts'
import { unsupported } from './unsupported.ts'

/** The one cluster, user and context there is. */
const name = contextName
const server = 'https://127.0.0.1:6443'

function verb(own: string, summary: string, flags: Verb['flags'], run: (context: KubectlContext, args: Parsed) => void): Verb {
  return {
    name: own,
    summary,
    flags,
    // biome-ignore lint/correctness/useYield: a verb is a generator
    *run(context, args): Running {
      run(context, args)
      return 0
    },
  }
}

function kubeconfig({ namespace }: KubectlContext): object {
  return {
    apiVersion: 'v1',
    clusters: [{ cluster: { server }, name }],
    contexts: [{ context: { cluster: name, ...(namespace === 'default' ? {} : { namespace }), user: 'you' }, name }],
    'current-context': name,
    kind: 'Config',
    preferences: {},
    users: [{ name: 'you', user: {} }],
  }
}

function setContext(context: KubectlContext, args: Parsed): void {
  const current = args.bool('current') || args.operands[0] === name
  if (!current)
    throw new CommandError(
      args.operands.length === 0 ? 'you must specify a non-empty context name or --current' : `the playground has one context, "${name}"`,
    )
  const namespace = args.string('namespace')
  if (!context.setNamespace) throw new CommandError('the namespace cannot be changed here')
  if (args.has('namespace')) context.setNamespace(namespace || 'default')
  context.io.out(`Context "${name}" modified.\n`)
}

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
    verb('get-contexts', 'List the contexts', [noHeaders, output], (context, args) => {
      const unknown = args.operands.find((o) => o !== name)
      if (unknown !== undefined) throw new CommandError(`context ${unknown} not found`)
      if (args.string('output') === 'name') {
        context.io.out(`${name}\n`)
        return
      }
      const row = ['*', name, name, 'you', context.namespace === 'default' ? '' : context.namespace].join('\t')
      context.io.out(alignTable([...(args.bool('no-headers') ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE']), row]))
    }),
    verb('get-users', 'List the users', [], ({ io }) => io.out('NAME\nyou\n')),
    verb(
      'set-context',
      'Change the context: --current --namespace=NAME',
      [{ name: 'current', kind: 'bool', usage: 'The current context' }],
      setContext,
    ),
    verb('use-context', 'Switch to a context', [], ({ io }, args) => {
      const [wanted = ''] = args.operands
      if (wanted !== name) throw new CommandError(`no context exists with the name: ${JSON.stringify(wanted)}`)
      io.out(`Switched to context "${name}".\n`)
    }),
    verb(
      'view',
      'Show the configuration',
      [output, { name: 'minify', kind: 'bool' }, { name: 'raw', kind: 'bool' }, { name: 'template', kind: 'string' }],
      (context, args) => context.io.out(objectPrinter(args.string('output') || 'yaml', args, context)(kubeconfig(context))),
    ),
    ...['delete-cluster', 'delete-context', 'delete-user', 'rename-context', 'set', 'set-cluster', 'set-credentials', 'unset'].map(
      (other): Verb => ({ ...unsupported(`config ${other}`), name: other }),
    ),
  ],
}

export const clusterInfo: Verb = {
  name: 'cluster-info',
  summary: 'Say where the cluster is',
  flags: [],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run({ io }): Running {
    io.out(`Kubernetes control plane is running at ${server}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`)
    return 0
  },
}
