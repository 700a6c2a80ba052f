import type { Container, Pod } from '#k8s/types.ts'
import type { Wait } from '#protocol/api-client.ts'
import type { KubectlContext } from '../command.ts'
import { exists } from '../exists.ts'
import { containerLife, containerStatusOf, type Moment, momentLine } from './container-life.ts'
import { type Watching, watchChanges } from './watch-changes.ts'

/** The log of one container. */
export interface LogStream {
  readonly pod: Pod
  readonly container: Container
}

/** What of a log is asked for. */
export interface LogCut {
  /** The last so many lines; negative = all. */
  readonly tail: number
  /** ms since 1970; what was before is left out. */
  readonly sinceMs: number
  readonly prefix: boolean
}

function print({ io }: KubectlContext, { pod, container }: LogStream, moments: readonly Moment[], { prefix }: LogCut): void {
  const before = prefix ? `[pod/${pod.metadata.name}/${container.name}] ` : ''
  for (const moment of moments) io.err(`${before}${momentLine(moment)}\n`, 'aside')
}

/** Tells why there is no text, and the life of the container so far. */
export function printLog(context: KubectlContext, stream: LogStream, cut: LogCut): void {
  const { pod, container } = stream
  const since = containerLife(context.client, pod, container.name).filter(({ atMs }) => atMs >= cut.sinceMs)
  const told = cut.tail < 0 ? since : since.slice(Math.max(0, since.length - cut.tail))
  const silence = `no program runs here, so container ${container.name} of pod ${pod.metadata.name} has written nothing`
  context.io.err(told.length ? `(${silence}; its life so far:)\n` : `(${silence})\n`, 'aside')
  print(context, stream, told, cut)
}

interface Followed extends LogStream {
  readonly changes: readonly Watching[]
  readonly told: Set<string>
}

function follow({ client }: KubectlContext, stream: LogStream): Followed {
  const { pod, container } = stream
  const { namespace, name, uid = '' } = pod.metadata
  const changes = [
    watchChanges(client, 'Pod', { namespace, fieldSelector: `metadata.name=${name}` }),
    watchChanges(client, 'Event', { namespace, fieldSelector: `involvedObject.uid=${uid}` }),
  ]
  return { ...stream, changes, told: new Set(containerLife(client, pod, container.name).map(momentLine)) }
}

/** A log ends with the run that it is of, or with its pod (`now` = the pod as it is, undefined when it is gone). */
export function hasLogEnded({ pod, container }: LogStream, now: Pod | undefined): boolean {
  const before = containerStatusOf(pod, container.name)
  const status = now?.metadata.uid === pod.metadata.uid ? now && containerStatusOf(now, container.name) : undefined
  return !status?.state?.running || status.restartCount !== before?.restartCount
}

/** Tells what has happened to a followed container since it was last asked. Returns whether its log goes on. */
function goOn(context: KubectlContext, stream: Followed, cut: LogCut): boolean {
  const { client } = context
  const { pod, container, changes, told } = stream
  const { namespace, name, uid } = pod.metadata
  if (changes.map((c) => c.take().length).every((count) => count === 0)) return true
  const ref = { kind: 'Pod' as const, namespace, name }
  const now = exists(client, ref, uid) ? (client.get(ref) as Pod) : undefined
  const moments = containerLife(client, now ?? pod, container.name).filter((moment) => !told.has(momentLine(moment)))
  for (const moment of moments) told.add(momentLine(moment))
  print(context, stream, moments, cut)
  return !hasLogEnded(stream, now)
}

/** `logs --follow`: what happens to the containers from now on, until the last of their runs has ended. */
export function* followLogs(context: KubectlContext, streams: readonly LogStream[], cut: LogCut): Generator<Wait, void, void> {
  const all = streams.map((stream) => follow(context, stream))
  const stop = (stream: Followed) => stream.changes.forEach((c) => void c.stop())
  let open = all.filter((stream) => !hasLogEnded(stream, stream.pod))
  try {
    while (open.length > 0) {
      yield { kind: 'change' }
      open = open.filter((stream) => goOn(context, stream, cut))
    }
  } finally {
    all.forEach(stop)
  }
}
