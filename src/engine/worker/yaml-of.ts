import { ApiError } from '#k8s/api-error.ts'
import { resourceOf } from '#k8s/resources.ts'
import type { ApiClient, ObjectRef } from '#protocol/api-client.ts'
import { createTerminal } from '#scenario/terminal.ts'

/** A stored object as `kubectl get -o yaml` prints it; null when there is none. */
export function yamlOf(client: ApiClient, ref: ObjectRef): { text: string } | null {
  try {
    client.get(ref)
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return null
    throw error
  }
  let text = ''
  const namespace = ref.namespace ? ` -n ${ref.namespace}` : ''
  const running = createTerminal(client).run(`kubectl get ${resourceOf(ref.kind).plural} ${ref.name}${namespace} -o yaml`, {
    out: (t) => {
      text += t
    },
    err: () => undefined,
    readFile: () => undefined,
  })
  while (!running.next().done);
  return { text }
}
