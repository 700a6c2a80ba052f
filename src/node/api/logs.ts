import type { ServerResponse } from 'node:http'
import { ApiError } from '#k8s/api-error.ts'
import type { Pod } from '#k8s/types.ts'
import { hasLogEnded, type LogStream } from '#kubectl/commands/log-streams.ts'
import { podLogAt } from '#kubectl/commands/logs.ts'
import { type Answer, failure, ok } from './answer.ts'
import { isTrue } from './read.ts'
import type { ApiRequest, Backend } from './request.ts'

const contentType = 'text/plain'

/** A followed log says nothing, and ends as the run of its container does. */
function follow({ log }: Backend, followed: LogStream): Answer {
  const { namespace, name } = followed.pod.metadata
  const stream = (response: ServerResponse): void => {
    const stop = log.listen('Pod', ({ type, object }) => {
      const { metadata } = object
      if (metadata.name !== name || metadata.namespace !== namespace) return
      if (hasLogEnded(followed, type === 'DELETED' ? undefined : (object as Pod))) response.end()
    })
    response.on('close', stop)
  }
  return { ...ok(undefined), contentType, stream }
}

/** `pods/log`: no programs run here, so a log is empty text or the kubelet's reason for having none. */
export function podLog(backend: Backend, { route, query }: ApiRequest): Answer {
  const found = podLogAt(backend.cluster.client, route, query)
  if (found instanceof ApiError) throw found
  // kubectl puts `Error from server: ` before it again
  if (found instanceof Error) return failure(500, '', found.message.replace(/^Error from server: /, ''))
  if (isTrue(query.get('follow')) && !hasLogEnded(found, found.pod)) return follow(backend, found)
  return { code: 200, body: '', contentType }
}
