import { ApiError } from '#k8s/api-error.ts'
import { formatGoDuration } from '#k8s/duration.ts'
import { resourceOf } from '#k8s/resources.ts'
import type { Pod } from '#k8s/types.ts'
import type { Wait } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { AggregateFailure, CommandError } from '../error-text.ts'
import { type DrainOptions, getPodsForDeletion, isSkipped } from '../write/drain-filters.ts'
import { type DryRun, dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, selectorFlag } from '../write/flags.ts'
import { resultPrinter } from '../write/print-result.ts'
import { cordonNodes, nodesOf } from './cordon.ts'

const pollMs = 1000
const retryMs = 5000

/** `kubectl drain`: cordon, then evict what may go and wait for it. @source kubectl/pkg/cmd/drain, kubectl/pkg/drain; NL-10 */
export const drain: Verb = {
  name: 'drain',
  summary: 'Cordon a node and evict its pods, except those of DaemonSets',
  usage: 'kubectl drain NODE',
  flags: [
    { name: 'force', kind: 'bool', usage: 'Also delete pods that nothing will create again' },
    { name: 'ignore-daemonsets', kind: 'bool', usage: 'Go on although there are pods of DaemonSets; they stay' },
    { name: 'delete-emptydir-data', kind: 'bool', usage: 'Also delete pods that keep data in an emptyDir' },
    { name: 'grace-period', kind: 'int', default: '-1', usage: 'Seconds to end in; negative: as the pod says' },
    { name: 'timeout', kind: 'duration', default: '0s', usage: 'How long to wait; 0 for ever' },
    selectorFlag,
    { name: 'pod-selector', kind: 'string', usage: 'Only pods whose labels match' },
    { name: 'disable-eviction', kind: 'bool', usage: 'Delete instead of evict' },
    {
      name: 'skip-wait-for-delete-timeout',
      kind: 'int',
      default: '0',
      usage: 'Do not wait for pods that have been terminating for longer, in seconds',
    },
    { name: 'chunk-size', kind: 'int', default: '500', usage: 'No effect' },
    dryRunFlag,
  ],
  *run(context, args) {
    const { io } = context
    const dryRun = dryRunOf(args, context)
    const nodes = nodesOf(context, args, 'drain')
    cordonNodes(context, args, nodes, true, dryRun)
    const print = resultPrinter(context, args, dryRun)
    const failed: { name: string; errors: DrainErrors }[] = []
    for (const node of nodes) {
      const { name } = node.metadata
      const errors = yield* drainNode(context, args, name, dryRun)
      if (!errors.length) print(resourceOf('Node'), node, 'drained')
      else {
        failed.push({ name, errors })
        io.err(`error: unable to drain node ${JSON.stringify(name)} due to error: ${summary(errors)}, continuing command...\n`)
      }
    }
    if (!failed.length) return 0
    io.err(`There are pending nodes to be drained:\n${failed.map((f) => ` ${f.name}\n`).join('')}`)
    const only = failed.length === 1 ? failed[0]?.errors : undefined
    if (typeof only === 'string') throw new CommandError(only)
    throw new AggregateFailure((only ?? failed.map((f) => summary(f.errors))).map((line) => new CommandError(line)))
  },
}

/** What went wrong on a node: a list, or one error that is none. They are told differently. */
type DrainErrors = readonly string[] | string

function summary(errors: DrainErrors): string {
  if (typeof errors === 'string') return errors
  return errors.length === 1 ? (errors[0] as string) : `[${errors.join(', ')}]`
}

/** Empties one node; gives what went wrong. */
function* drainNode(context: KubectlContext, args: Parsed, nodeName: string, dryRun: DryRun): Generator<Wait, DrainErrors, void> {
  const { client, io } = context
  const options: DrainOptions = {
    force: args.bool('force'),
    ignoreDaemonSets: args.bool('ignore-daemonsets'),
    deleteEmptyDirData: args.bool('delete-emptydir-data'),
    podSelector: args.string('pod-selector'),
    skipDeletedSeconds: args.int('skip-wait-for-delete-timeout'),
  }
  const list = getPodsForDeletion(client, nodeName, options)
  if (list.errors.length) return list.errors
  if (list.warnings) io.err(`Warning: ${list.warnings}\n`, 'aside')
  if (dryRun === 'client') {
    for (const { metadata } of list.pods) io.out(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`)
    return []
  }
  const errors = yield* deleteOrEvictPods(context, args, list.pods, options, dryRun)
  if (!errors.length) return []
  const pending = getPodsForDeletion(client, nodeName, options)
  if (pending.pods.length) {
    io.err(`There are pending pods in node ${JSON.stringify(nodeName)} when an error occurred: ${summary(errors)}\n`)
    for (const pod of pending.pods) io.err(`pod/${pod.metadata.name}\n`)
  }
  return errors
}

const deadlineExceeded = 'context deadline exceeded'

interface PendingPod {
  pod: Pod
  /** When to ask for the eviction (again); undefined once it was granted. */
  evictAtMs?: number
}

function* deleteOrEvictPods(
  context: KubectlContext,
  args: Parsed,
  pods: readonly Pod[],
  options: DrainOptions,
  dryRun: DryRun,
): Generator<Wait, DrainErrors, void> {
  const { client, io } = context
  const evicts = !args.bool('disable-eviction')
  const timeoutMs = args.durationMs('timeout')
  const grace = args.int('grace-period')
  const deleteOptions = { gracePeriodSeconds: grace < 0 ? undefined : grace, dryRun: dryRun === 'server' }
  const print = resultPrinter(context, args, dryRun)
  const startMs = client.now()
  const errors: string[] = []
  let pending: PendingPod[] = pods.map((pod) => ({ pod, evictAtMs: startMs }))
  for (;;) {
    const nowMs = client.now()
    const isLate = timeoutMs > 0 && nowMs - startMs >= timeoutMs
    const reached = `global timeout reached: ${formatGoDuration(timeoutMs)}`
    const rest: PendingPod[] = []
    for (const item of pending) {
      if (item.evictAtMs === undefined || item.evictAtMs > nowMs) continue
      const { name, namespace } = item.pod.metadata
      const where = `pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`
      if (evicts) io.out(`evicting pod ${namespace}/${name}${dryRun === 'server' ? ' (server dry run)' : ''}\n`)
      try {
        const ref = { kind: 'Pod' as const, namespace, name }
        if (evicts) client.evict(ref, deleteOptions)
        else client.delete(ref, deleteOptions)
        item.evictAtMs = undefined
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        item.evictAtMs = error.reason === 'TooManyRequests' ? nowMs + retryMs : undefined
        if (error.reason === 'TooManyRequests') io.err(`error when evicting ${where} (will retry after 5s): ${error.message}\n`)
        else if (error.reason !== 'NotFound') {
          errors.push(`error when evicting ${where}: ${error.message}`)
          pending = pending.filter((p) => p !== item)
        }
      }
    }
    if (dryRun === 'server') return errors
    for (const item of pending) {
      const { name, namespace, uid } = item.pod.metadata
      const now = item.evictAtMs === undefined ? currentPod(context, item.pod) : item.pod
      if (item.evictAtMs === undefined && now?.metadata.uid !== uid) print(resourceOf('Pod'), item.pod, evicts ? 'evicted' : 'deleted')
      else if (now && item.evictAtMs === undefined && isSkipped(now, client, options))
        io.out(`pod ${JSON.stringify(name)} has DeletionTimestamp older than ${options.skipDeletedSeconds} seconds, skipping\n`)
      else if (isLate && item.evictAtMs !== undefined)
        errors.push(`error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}: ${reached}`)
      else if (isLate)
        errors.push(`error when waiting for pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)} to terminate: ${deadlineExceeded}`)
      else rest.push(item)
    }
    // deletions are waited for together
    if (isLate && !evicts && errors.length) return deadlineExceeded
    pending = rest
    if (!pending.length) return errors
    yield { kind: 'sleep', ms: timeoutMs > 0 ? Math.min(pollMs, timeoutMs - (nowMs - startMs)) : pollMs }
  }
}

function currentPod({ client }: KubectlContext, { metadata }: Pod): Pod | undefined {
  try {
    return client.get({ kind: 'Pod', namespace: metadata.namespace, name: metadata.name }) as Pod
  } catch {
    return undefined
  }
}
