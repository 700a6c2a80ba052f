import { ApiError } from '#k8s/api-error.ts'
import type { Pod } from '#k8s/types.ts'
import { logError } from '#kubectl/commands/logs.ts'
import { containersOf } from '#kubectl/container-target.ts'
import { type Answer, failure } from './answer.ts'
import type { ApiRequest, Backend } from './request.ts'

/** `pods/log`: no programs run here, so a log is empty text or the kubelet's reason for having none. */
export function podLog({ cluster }: Backend, { route, query }: ApiRequest): Answer {
  const pod = cluster.client.get({ kind: 'Pod', namespace: route.namespace, name: route.name ?? '' }) as Pod
  const containers = containersOf(pod).map((c) => c.container)
  const name = query.get('container') ?? ''
  const container = name ? containers.find((c) => c.name === name) : containers[0]
  if (!container) return failure(400, 'BadRequest', `container ${name} is not valid for pod ${pod.metadata.name}`)
  const error = logError(cluster, pod, container, query.get('previous') === 'true')
  if (error instanceof ApiError) throw error
  // kubectl puts `Error from server: ` before it again
  if (error) return failure(500, '', error.message.replace(/^Error from server: /, ''))
  return { code: 200, body: '', contentType: 'text/plain' }
}
