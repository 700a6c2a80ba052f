import { ApiError } from '#k8s/api-error.ts'
import { controllerOf } from '#k8s/owner.ts'
import { resourceOf } from '#k8s/resources.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { ApiClient, ObjectRef } from '#protocol/api-client.ts'
import type { LiveText } from '#protocol/live.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { lineOrigins } from './live/line-origins.ts'
import { writtenPart } from './live/written-part.ts'

/**
 * A stored object as `kubectl get -o yaml --show-managed-fields` prints it, with the origin of its lines; null when there is none.
 * `loadFieldOwners` must have been waited for.
 */
export function yamlOf(client: ApiClient, ref: ObjectRef): LiveText | null {
  let object: AnyObject
  try {
    object = client.get(ref)
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return null
    throw error
  }
  let text = ''
  const namespace = ref.namespace ? ` -n ${ref.namespace}` : ''
  const running = createTerminal(client).run(`kubectl get ${resourceOf(ref.kind).plural} ${ref.name}${namespace} -o yaml --show-managed-fields`, {
    out: (t) => {
      text += t
    },
    err: () => undefined,
    readFile: () => undefined,
  })
  while (!running.next().done);
  return { text, origins: lineOrigins(text, writtenPart(client, object), object.kind === 'Pod' && controllerOf(object) !== undefined) }
}
