import type { Route } from '#k8s/api/route.ts'
import { ApiError } from '#k8s/api-error.ts'
import { goTimeError } from '#k8s/go-time-error.ts'
import { conditionOf } from '#k8s/node.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Container, KubeNode, Pod } from '#k8s/types.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { containersOf, pickContainer, podOrType, podsOf } from '../container-target.ts'
import { CommandError, usageError } from '../error-text.ts'
import { containerStatusOf } from './container-life.ts'
import { followLogs, type LogCut, type LogStream, printLog } from './log-streams.ts'

const usage = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command"

const waitingTexts: Record<string, string> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
}

/** Why the kubelet has no log of a container. @source pkg/kubelet/kubelet_pods.go validateContainerLogStatus */
export function logError({ client }: Pick<KubectlContext, 'client'>, pod: Pod, { name }: Container, previous: boolean): Error | undefined {
  const podName = pod.metadata.name
  if (!pod.spec.nodeName) return new ApiError('BadRequest', `pod ${podName} does not have a host assigned`)
  const node = (client.list('Node').items as KubeNode[]).find((n) => n.metadata.name === pod.spec.nodeName)
  if (node && conditionOf(node, 'Ready')?.status === 'Unknown') {
    const address = `${node.status?.addresses?.find((a) => a.type === 'InternalIP')?.address ?? node.metadata.name}:10250`
    const path = `https://${address}/containerLogs/${pod.metadata.namespace}/${podName}/${name}`
    return new CommandError(`Error from server: Get ${JSON.stringify(path)}: dial tcp ${address}: i/o timeout`)
  }
  const status = containerStatusOf(pod, name)
  const where = `container ${JSON.stringify(name)} in pod ${JSON.stringify(podName)}`
  if (!status) return new ApiError('BadRequest', `${where} is not available`)
  if (previous && !status.lastState?.terminated) return new ApiError('BadRequest', `previous terminated ${where} not found`)
  if (previous || status.state?.running || status.state?.terminated || status.lastState?.terminated) return undefined
  const reason = status.state?.waiting?.reason
  if (!reason) return new ApiError('BadRequest', `${where} is waiting to start - no logs yet`)
  return new ApiError('BadRequest', `${where} is waiting to start: ${waitingTexts[reason] ?? reason}`)
}

/** The log at a path of the API (its text is empty), or why there is none. Throws ApiError for what is not there. */
export function podLogAt(client: ApiClient, { namespace, name = '' }: Route, query: URLSearchParams): LogStream | Error {
  const pod = client.get({ kind: 'Pod', namespace, name }) as Pod
  const wanted = query.get('container')
  const containers = containersOf(pod).map((c) => c.container)
  const container = wanted ? containers.find((c) => c.name === wanted) : containers[0]
  if (!container) throw new ApiError('BadRequest', `container ${wanted} is not valid for pod ${name}`)
  return logError({ client }, pod, container, query.get('previous') === 'true') ?? { pod, container }
}

function streamsOf(context: KubectlContext, args: Parsed, pod: Pod): LogStream[] {
  if (args.bool('all-containers')) return containersOf(pod).map(({ container }) => ({ pod, container }))
  return [{ pod, container: pickContainer(context, pod, args.string('container') || (args.operands[1] ?? ''), args.bool('all-pods')) }]
}

/** Of several pods the last ten lines of each, when nothing else is said. @source kubectl/pkg/cmd/logs ToLogOptions */
function cutOf({ client }: KubectlContext, args: Parsed): LogCut {
  const sinceTime = args.string('since-time')
  const sinceMs = args.durationMs('since')
  return {
    tail: args.string('selector') && !args.has('tail') ? 10 : args.int('tail'),
    sinceMs: sinceTime ? parseTimestamp(sinceTime) : sinceMs ? client.now() - sinceMs : Number.NEGATIVE_INFINITY,
    prefix: args.bool('prefix') || args.bool('all-pods'),
  }
}

/** False where there is no log and that is no reason to end. @source kubectl/pkg/cmd/logs sequentialConsumeRequest */
function printed(context: KubectlContext, args: Parsed, stream: LogStream, cut: LogCut): boolean {
  const missing = logError(context, stream.pod, stream.container, args.bool('previous'))
  if (!missing) printLog(context, stream, cut)
  else if (args.bool('ignore-errors')) context.io.out(`error: ${missing.message}\n`)
  else throw missing
  return !missing
}

/** Refuses flags that contradict each other or cannot be. @source kubectl/pkg/cmd/logs Validate */
function checkFlags(args: Parsed): void {
  const inline = args.operands[1]
  if (args.string('since-time') && args.durationMs('since')) throw new CommandError('at most one of `sinceTime` or `sinceSeconds` may be specified')
  const container = args.string('container') || inline
  if (args.bool('all-containers') && container)
    throw new CommandError(`--all-containers=true should not be specified with container name ${container}`)
  if (args.has('container') && inline !== undefined) throw new CommandError('only one of -c or an inline [CONTAINER] arg is allowed')
  if (args.int('limit-bytes') < 0) throw new CommandError('--limit-bytes must be greater than 0')
  if (args.durationMs('since') < 0) throw new CommandError('--since must be greater than 0')
  if (args.int('tail') < -1) throw new CommandError('--tail must be greater than or equal to -1')
}

function targets(context: KubectlContext, args: Parsed): Pod[] {
  const selector = args.string('selector')
  if (selector) {
    if (args.operands.length > 0) throw usageError('kubectl logs', 'only a selector (-l) or a POD name is allowed')
    const pods = context.client.list('Pod', { namespace: context.namespace, labelSelector: selector }).items as Pod[]
    if (pods.length === 0) context.io.err(`No resources found in ${context.namespace} namespace.\n`, 'aside')
    checkFlags(args)
    return pods
  }
  const [word] = args.operands
  if (!word || args.operands.length > 2) throw usageError('kubectl logs', usage)
  try {
    const object = podOrType(context, word)
    checkFlags(args)
    const pods = podsOf(object, context, 'get the logs from')
    if (args.bool('all-pods')) return pods
    if (object.kind !== 'Pod' && pods.length > 1) context.io.err(`Found ${pods.length} pods, using pod/${pods[0]?.metadata.name}\n`, 'aside')
    if (!pods[0]) throw new CommandError('timed out waiting for the condition')
    return [pods[0]]
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error
    throw new CommandError(`error from server (NotFound): ${error.message} in namespace ${JSON.stringify(context.namespace)}`)
  }
}

export const logs: Verb = {
  name: 'logs',
  summary: 'Tell the life of a container (no programs run here, so nothing is in its log)',
  usage: 'kubectl logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  flags: [
    { name: 'container', shorthand: 'c', kind: 'string', usage: 'Which container of the pod' },
    { name: 'all-containers', kind: 'bool', usage: 'All containers of the pod' },
    { name: 'all-pods', kind: 'bool', usage: 'All pods of TYPE/NAME' },
    { name: 'previous', shorthand: 'p', kind: 'bool', usage: 'Of the run before the last restart' },
    { name: 'selector', shorthand: 'l', kind: 'string', usage: 'Of all pods whose labels match' },
    { name: 'follow', shorthand: 'f', kind: 'bool', usage: 'Go on telling until the container ends' },
    { name: 'tail', kind: 'int', default: '-1', usage: 'The last so many lines' },
    { name: 'since', kind: 'duration', default: '0s', usage: 'Not what is older, like 5m' },
    { name: 'since-time', kind: 'string', usage: 'Not what was before, like 2026-01-01T00:00:00Z' },
    { name: 'timestamps', kind: 'bool' },
    { name: 'prefix', kind: 'bool', usage: 'Each line begins with its pod and container' },
    { name: 'ignore-errors', kind: 'bool' },
    { name: 'insecure-skip-tls-verify-backend', kind: 'bool' },
    { name: 'limit-bytes', kind: 'int' },
    { name: 'max-log-requests', kind: 'int', default: '5' },
    { name: 'pod-running-timeout', kind: 'duration', default: '20s' },
  ],
  *run(context, args): Running {
    const isAbout = args.operands.length > 0 || args.string('selector') !== ''
    if (isAbout && args.durationMs('pod-running-timeout') <= 0) throw new CommandError('--pod-running-timeout must be higher than zero')
    const sinceTime = args.string('since-time')
    const error = sinceTime ? goTimeError(sinceTime) : undefined
    if (error) throw new CommandError(error)
    const pods = targets(context, args)
    const streams = pods.flatMap((pod) => streamsOf(context, args, pod))
    const most = args.int('max-log-requests')
    if (args.bool('follow') && streams.length > most)
      throw new CommandError(
        `you are attempting to follow ${streams.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      )
    const cut = cutOf(context, args)
    const there = streams.filter((stream) => printed(context, args, stream, cut))
    if (args.bool('follow')) yield* followLogs(context, there, cut)
    return 0
  },
}
