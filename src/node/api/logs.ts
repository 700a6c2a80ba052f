import { ApiError } from '#k8s/api-error.ts'
import { podLogError } from '#kubectl/commands/logs.ts'
import { type Answer, failure } from './answer.ts'
import type { ApiRequest, Backend } from './request.ts'

/** `pods/log`: no programs run here, so a log is empty text or the kubelet's reason for having none. */
export function podLog({ cluster }: Backend, { route, query }: ApiRequest): Answer {
  const error = podLogError(cluster.client, route, query)
  if (error instanceof ApiError) throw error
  // kubectl puts `Error from server: ` before it again
  if (error) return failure(500, '', error.message.replace(/^Error from server: /, ''))
  return { code: 200, body: '', contentType: 'text/plain' }
}
