import { apiVersionOf, resourceOf } from '#k8s/resources.ts'
import type { Kind, KubeObject, Namespace, Pod } from '#k8s/types.ts'
import type { Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { allNamespacesFlag, outputFlags } from '../write/flags.ts'
import { serverUrl } from './kubeconfig.ts'
import { logError } from './logs.ts'

/** What is dumped of each namespace, in this order, behind its events and the ReplicationControllers that there are not. */
const dumped: readonly Kind[] = ['Service', 'DaemonSet', 'Deployment', 'ReplicaSet', 'Pod']

/** A list of one kind. Its items do not say again what they are. */
function listOf({ client }: KubectlContext, kind: Kind, namespace?: string): { items: KubeObject[]; list: object } {
  const { items, resourceVersion } = client.list(kind, namespace === undefined ? {} : { namespace })
  const bare = items.map(({ kind: _kind, apiVersion: _apiVersion, ...rest }) => rest)
  return {
    items: items as KubeObject[],
    list: { kind: `${kind}List`, apiVersion: apiVersionOf(resourceOf(kind)), metadata: { resourceVersion }, items: bare },
  }
}

function namespacesOf(context: KubectlContext, args: Parsed): readonly string[] {
  if (args.bool('all-namespaces')) return (context.client.list('Namespace').items as Namespace[]).map(({ metadata }) => metadata.name)
  const given = args.list('namespaces').filter(Boolean)
  return given.length > 0 ? given : ['kube-system', context.namespace]
}

function writeLogs(context: KubectlContext, pod: Pod): void {
  const { name, namespace } = pod.metadata
  const { containers, initContainers = [] } = pod.spec
  for (const container of [...initContainers, ...containers]) {
    const what = `logs for container ${container.name} of pod ${namespace}/${name} ====\n`
    context.io.out(`==== START ${what}`)
    const error = logError(context, pod, container, false)
    if (error) context.io.out(`Request log error: ${error.message}\n`)
    context.io.out(`==== END ${what}`)
  }
}

/** @source kubectl/pkg/cmd/clusterinfo/clusterinfo_dump.go */
const dump: Verb = {
  name: 'dump',
  summary: 'Print everything that may help to find out what is wrong',
  usage: 'kubectl cluster-info dump',
  flags: [
    ...outputFlags.map((flag) => (flag.name === 'output' ? { ...flag, default: 'json' } : flag)),
    allNamespacesFlag,
    { name: 'namespaces', kind: 'stringSlice', usage: 'Only what is in these namespaces' },
    { name: 'output-directory', kind: 'string', usage: 'Only - : there are no folders' },
    { name: 'pod-running-timeout', kind: 'duration', default: '20s', usage: 'No effect' },
  ],
  *run(context, args): Running {
    const { io } = context
    const folder = args.string('output-directory')
    if (folder && folder !== '-')
      throw new CommandError(`cannot write to ${folder}: there are no files here; leave out --output-directory and read the output in the terminal`)
    const output = args.string('template') && !args.has('output') ? '' : args.string('output')
    const print = objectPrinter(output, args, context, { isTyped: true })
    let printed = 0
    const show = (list: object) => io.out(`${printed++ && output === 'yaml' ? '---\n' : ''}${print(list)}`)
    if (output === 'name') throw new CommandError('list types are not supported by name printing: *v1.NodeList')
    show(listOf(context, 'Node').list)
    const { resourceVersion } = context.client.list('Node')
    for (const namespace of namespacesOf(context, args)) {
      show(listOf(context, 'Event', namespace).list)
      show({ kind: 'ReplicationControllerList', apiVersion: 'v1', metadata: { resourceVersion }, items: [] })
      for (const kind of dumped) show(listOf(context, kind, namespace).list)
      for (const pod of listOf(context, 'Pod', namespace).items) writeLogs(context, pod as unknown as Pod)
    }
    return 0
  },
}

/** `kubectl cluster-info`. @source kubectl/pkg/cmd/clusterinfo/clusterinfo.go */
export const clusterInfo: Verb = {
  name: 'cluster-info',
  summary: 'Say where the cluster is',
  flags: [],
  subcommands: [dump],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run({ io }): Running {
    io.out(
      `Kubernetes control plane is running at ${serverUrl}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`,
    )
    return 0
  },
}
